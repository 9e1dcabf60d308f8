"""A real cluster, given by the address of its coordinator's superuser; nothing here starts one.

`CITUS_URL=postgresql://postgres:…@coordinator/postgres` and `DATABASE_NODES` for its workers. What
is tried lies in databases of names of its own, which go with it.
"""

import os
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import pytest
from psycopg import sql
from sqlalchemy import URL, Engine, create_engine, make_url

from obshto.ops.bootstrap_db import Logins, connected
from obshto.ops.compose import chain_of
from obshto.ops.config import read_config
from obshto.ops.migrate import migrate_shared
from obshto.ops.nodes import node_url, prepare_nodes
from obshto.platform.db.migrations import Target
from obshto.tenants.municipalities.provision import NewMunicipality, provision, remove

CITUS_URL = os.environ.get("CITUS_URL", "")
PASSWORDS = dict.fromkeys(("app_login", "migrator", "backup"), "trial-of-a-cluster")


@dataclass(frozen=True)
class Cluster:
    """A database on it, prepared and migrated."""

    coordinator: URL
    nodes: tuple[str, ...]
    logins: Logins
    migrator: Engine


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.is_relative_to(os.path.dirname(__file__)):
            item.add_marker("citus")
            if not CITUS_URL:
                item.add_marker(
                    pytest.mark.skip(reason="CITUS_URL is not set: no cluster was given")
                )


@pytest.fixture(scope="session")
def prepared(tmp_path_factory):
    """prepared(database): a context in which it is there on each machine."""
    folder = tmp_path_factory.mktemp("nodes")
    named = {"DATABASE_NODES": os.environ.get("DATABASE_NODES", ""), "DATA_DIR": str(folder)}

    @contextmanager
    def begin(database):
        url = make_url(CITUS_URL).set(drivername="postgresql+psycopg")
        nodes = read_config(named).database_nodes
        let_go(url, nodes, database)  # of a run that was killed
        prepare_nodes(url, database, nodes, PASSWORDS)
        join(url.set(database=database), nodes)
        prepare_nodes(url, database, nodes, PASSWORDS)
        logins, said = prepare_nodes(url, database, nodes, PASSWORDS)
        assert all(line.endswith("nothing to do") for line in said), said
        engine = create_engine(logins.migrator)
        migrate_shared(engine)
        yield Cluster(url, nodes, logins, engine)
        engine.dispose()
        let_go(url, nodes, database)

    return begin


@pytest.fixture(scope="session")
def cluster(prepared):
    with prepared("obshto_trial") as begun:
        yield begun


@pytest.fixture(scope="module")
def municipality(cluster):
    """Its schema; a test may have let it go."""
    new = NewMunicipality(
        slug="trial", titles={"bg": "Проба"}, names={"bg": "Проба"}, modules=("news",)
    )
    with cluster.migrator.begin() as connection:
        provision(connection, new, chain_of(Target.TENANT), by="trial")
    yield "t_trial"
    with suppress(ValueError), cluster.migrator.begin() as connection:
        remove(connection, "trial", by="trial")


def join(address, nodes):
    """What the handbook says to be done by hand."""
    with connected(address) as coordinator:
        here = (address.host, address.port or 5432)
        coordinator.execute("SELECT citus_set_coordinator_host(%s, %s)", here)
        for node in nodes:
            host, _, port = node.rpartition(":")
            coordinator.execute("SELECT citus_add_node(%s, %s)", (host, int(port)))


def let_go(url, nodes, database):
    """The database on each machine, with the roles of whatever municipality was tried."""
    for place in (url, *(node_url(url, node) for node in nodes)):
        with connected(place) as server:
            name = sql.Identifier(database)
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
            roles = server.execute("SELECT rolname FROM pg_roles WHERE rolname ~ '^[tro]_trial'")
            for (role,) in roles.fetchall():
                server.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(role)))
