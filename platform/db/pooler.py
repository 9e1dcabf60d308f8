"""Check for a connection pooler that confuses prepared statements or loses the search path.

Hosts are looked up by prepared statements. A pooler in transaction mode hands each transaction to
any server connection. Before version 1.21, or with `max_prepared_statements = 0`, pgbouncer does
not carry statements along: one client runs the statement of another, with its rows.

The queue's connection names its schema in the start-up parameter `options`. A pooler refuses that
parameter or, told to ignore it, drops it: the tables of the queue are then not found.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import psycopg

CLIENTS, ROUNDS = 2, 8  # no more: a small pool by sessions would let a third one wait
SENTENCE = (
    "DATABASE_URL leads through a pooler that loses prepared statements, so one municipality's"
    " page could show another's rows: use pgbouncer 1.21 or newer with max_prepared_statements"
    " above 0 (100 is good), or an address past the pooler."
)

PATH_LOST = (
    "{name} leads through a pooler that drops the search path, so the queue's tables would not be"
    " found and no job would run: give an address past the pooler as {name}."
)
UNSUPPORTED = "unsupported startup parameter"  # pgbouncer, where it is not told to ignore it


class PoolerRefused(Exception):
    """The pooler mixes up statements or drops the search path; says what to change."""


def check_pooler(conninfo: str) -> None:
    """Try it: several clients prepare statements of one name and text of their own, in turns.

    Without a pooler each has a server to itself and nothing can differ. Raises PoolerRefused;
    a database that does not answer is no finding here.
    """
    try:
        with ExitStack() as stack:
            clients = [
                stack.enter_context(psycopg.connect(conninfo, autocommit=True, prepare_threshold=0))
                for _ in range(CLIENTS)
            ]
            for right in _answers(clients):
                if not right:
                    raise PoolerRefused(SENTENCE)
    except (psycopg.errors.DuplicatePreparedStatement, psycopg.errors.InvalidSqlStatementName):
        raise PoolerRefused(SENTENCE) from None
    except (psycopg.OperationalError, psycopg.errors.ProtocolViolation) as error:
        if "prepared statement" in str(error):  # that of another client, with other parameters
            raise PoolerRefused(SENTENCE) from None


def check_search_path(conninfo: str, schema: str, name: str) -> None:
    """Look whether a connection that asks for `schema` has it; `name` is the setting to change.

    Raises PoolerRefused; a database that does not answer is no finding here.
    """
    try:
        with psycopg.connect(conninfo, autocommit=True) as connection:
            found = connection.execute("SHOW search_path").fetchone()
    except psycopg.OperationalError as error:
        if UNSUPPORTED not in str(error):
            return
        found = None
    if found != (schema,):
        raise PoolerRefused(PATH_LOST.format(name=name))


def _answers(clients: list[psycopg.Connection]) -> Iterator[bool]:
    for _ in range(ROUNDS):
        for number, client in enumerate(clients):
            # The names are the driver's: the first statement of each client is called the same.
            row = client.execute(f"SELECT {number} + %s::int", (100,)).fetchone()
            yield row == (number + 100,)
