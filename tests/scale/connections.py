"""Count of connections: the most of each process at one moment, as PostgreSQL itself sees them."""

from __future__ import annotations

import threading
from collections import Counter
from contextlib import suppress

import psycopg

from obshto.platform.db.engine import most_connections

EVERY = 0.2  # seconds
# Each process says who it is (PGAPPNAME); what the driver itself asks does not count.
ASKED = (
    "SELECT application_name, count(*) FROM pg_stat_activity"
    " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() GROUP BY 1"
)
# Those that the coordinator opens to a worker, as the role of a municipality.
INNER = "SELECT count(*) FROM pg_stat_activity WHERE usename ~ '^t_'"


class ConnectionCount(threading.Thread):
    """Looks until it is told to stop; `most` holds the greatest number of each name."""

    def __init__(self, address, nodes=()):
        super().__init__(name="connections", daemon=True)
        self.address, self.nodes = address, nodes
        self.most, self.looks, self.enough = Counter(), 0, threading.Event()

    def run(self):
        while not self.enough.wait(EVERY):
            with suppress(psycopg.OperationalError):
                self.look()

    def look(self):
        """All servers once. Each look is a connection of its own: servers come and go."""
        with psycopg.connect(self.address) as connection:
            for name, number in connection.execute(ASKED).fetchall():
                self.most[name] = max(self.most[name], number)
        for node, address in self.nodes:
            with psycopg.connect(address) as connection:
                [(number,)] = connection.execute(INNER).fetchall()
                self.most[node] = max(self.most[node], number)
        self.looks += 1

    def stop(self):
        self.enough.set()
        self.join()
        return self.most


def too_many(house, connections):
    """Sentences where a process, or a worker of the cluster, held more than is reckoned."""
    most = house.workers * most_connections(house.config.web_threads)
    held = connections.get("web", 0)
    found = [f"web held {held} connections, reckoned are {most}"] if held > most else []
    nodes = getattr(house, "nodes", ())
    if nodes and not house.kept_inside():  # one for each transaction that is open outside
        most = sum(number for name, number in connections.items() if name not in nodes)
        found += [
            f"{node} held {connections[node]} inner connections, reckoned are {most}"
            for node in nodes
            if connections.get(node, 0) > most
        ]
    return found
