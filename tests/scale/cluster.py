"""The house before a cluster that is there already: nothing here makes one.

CITUS_URL is the superuser's address of the coordinator, DATABASE_NODES names the workers as the
cluster spells them. CITUS_KILL is a command that kills the server at $NODE (`host:port`) with
SIGKILL and starts it again; without it nothing of the database is killed. All of it lies in a
database of its own name, and goes with it.
"""

from __future__ import annotations

import os
import subprocess
import threading
import time
from contextlib import contextmanager, suppress

import psycopg
from house import House
from psycopg import sql
from sqlalchemy import make_url
from template import environment_of, new_passwords

from obshto.ops.bootstrap_db import connected
from obshto.ops.config import spelled
from obshto.ops.nodes import node_url, prepare_nodes
from obshto.platform.scope import schema_of

DATABASE = "obshto_scale"
WHERE = (
    "SELECT DISTINCT nodename || ':' || nodeport FROM citus_shards WHERE table_name = %s::regclass"
)
REST = 5  # seconds between two moves


class NoCluster(Exception):
    """What is missing, in a sentence."""


def given_cluster():
    """The superuser's address and the workers; None where no cluster is named."""
    address = os.environ.get("CITUS_URL", "")
    if not address:
        return None
    nodes = [node for node in os.environ.get("DATABASE_NODES", "").split(",") if node]
    if not nodes:
        raise NoCluster("CITUS_URL is given, so DATABASE_NODES must name its workers.")
    return make_url(address).set(drivername="postgresql+psycopg"), nodes


class ClusterHouse(House):
    """Processes of ours before servers of somebody else's."""

    database = DATABASE

    def __init__(self, *args, cluster, **words):
        super().__init__(*args, **words)
        self.coordinator, self.nodes = cluster
        self.command = os.environ.get("CITUS_KILL", "")
        self.moved = []  # seconds of each move

    @property
    def kinds(self):
        """Faults by weight: those of our processes, and those of the servers if we may."""
        ours = {"web_worker": 4, "web_master": 2, "job_worker": 3}
        return ours | ({"node": 3, "coordinator": 2} if self.command else {})

    def kill_node(self, rng):
        return self._kill(rng.choice(self.nodes))

    def kill_coordinator(self, rng):
        return self._kill(f"{self.coordinator.host}:{self.coordinator.port or 5432}")

    def logs(self):
        return sorted(self.folder.glob("*.log"))

    def addresses(self):
        """Of each worker, for whoever counts there."""
        return [(node, _plain(node_url(self.superuser, node))) for node in self.nodes]

    def kept_inside(self):
        """How many connections to each worker the coordinator keeps for each of its own."""
        with connected(self.coordinator) as server:
            [kept] = server.execute("SHOW citus.max_cached_conns_per_worker").fetchone()
        return int(kept)

    @contextmanager
    def moves(self, rng):
        """Municipalities wander from worker to worker while the block lasts."""
        enough = threading.Event()
        mover = threading.Thread(target=self._move, args=(rng, enough))
        mover.start()
        try:
            yield
        finally:
            enough.set()
            mover.join()

    # -- inside ----------------------------------------------------------------------------

    def _begin_server(self):
        self._let_go()  # of a run that was killed
        self.stack.callback(self._let_go)
        return self.coordinator

    def _environment(self, superuser, data):
        passwords = new_passwords()
        prepare_nodes(superuser, DATABASE, self.nodes, passwords)
        with connected(superuser.set(database=DATABASE)) as coordinator:
            here = (superuser.host, superuser.port or 5432)
            coordinator.execute("SELECT citus_set_coordinator_host(%s, %s)", here)
            for node in self.nodes:
                host, _, port = node.rpartition(":")
                coordinator.execute("SELECT citus_add_node(%s, %s)", (host, int(port)))
        logins, _ = prepare_nodes(superuser, DATABASE, self.nodes, passwords)
        return {**environment_of(logins, data), "DATABASE_NODES": ",".join(self.nodes)}

    def _revive_server(self):
        """CITUS_KILL starts what it killed."""

    def _kill(self, node):
        environ = {**os.environ, "NODE": node}
        return not subprocess.run(self.command, shell=True, env=environ, check=False).returncode

    def _move(self, rng, enough):
        while not enough.wait(REST):
            slug = rng.choice(self.villages)
            with suppress(psycopg.Error), psycopg.connect(_plain(self.superuser)) as owner:
                owner.autocommit = True
                [(here,)] = owner.execute(WHERE, [f"{schema_of(slug)}.news_item"]).fetchall()
                there = rng.choice([node for node in self.nodes if node != here] or [here])
                host, _, port = there.rpartition(":")
                began = time.monotonic()
                moved = "SELECT citus_schema_move(%s, %s, %s, 'block_writes')"
                owner.execute(moved, (schema_of(slug), host, int(port)))
                self.moved.append(time.monotonic() - began)

    def _let_go(self):
        """The database on each machine, with the roles of its municipalities."""
        roles = {f"{kind}_{schema_of(slug)[2:]}" for slug in self.villages for kind in "tro"}
        for place in (self.coordinator, *(node_url(self.coordinator, n) for n in self.nodes)):
            with connected(place) as server:
                name = sql.Identifier(DATABASE)
                server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
                for role in sorted(roles):
                    one = sql.Identifier(role)
                    server.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(one))


def _plain(url):
    return spelled(url.set(drivername="postgresql"))
