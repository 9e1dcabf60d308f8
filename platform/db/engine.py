"""How the application talks to PostgreSQL: one statement at a time, nothing prepared, watched."""

from __future__ import annotations

import re
from typing import Any

import psycopg
from psycopg import _queries
from psycopg.pq import TransactionStatus
from sqlalchemy import Dialect, Engine, event

from obshto.platform.db.watched_connection import WatchedConnection

# How a transaction of a municipality begins, and nothing but that, from its first letter to its
# last: the two statements are one round trip.
BEGIN_AS = 'BEGIN; SET LOCAL ROLE "{role}"'
_begins = re.compile(BEGIN_AS.format(role=r"[tro]_[a-z0-9_]+")).fullmatch


# psycopg keeps how the placeholders of a statement are numbered where it has 4 KB and 50 values at
# most. That of a queue has 5 to 20 KB, and to number it anew takes longer than PostgreSQL does. The
# last 128 are kept, short and long: 18 MB where all are as long as that, as a rule 2.
_queries.MAX_CACHED_STATEMENT_LENGTH = 24 * 1024
_queries.MAX_CACHED_STATEMENT_PARAMS = 400


class OneStatementCursor(psycopg.Cursor[Any]):
    """Always the extended protocol, whose server refuses `select 1; drop …`; only `BEGIN_AS` goes
    out as it is, where no transaction has begun.

    `_start_query`, `_execute_send` are private to psycopg: tests watch that the refusal still
    happens, and the one round trip.
    """

    _conn: WatchedConnection

    def _start_query(self, query: Any = None) -> Any:
        self._conn.begins_itself = self._may_begin(query)
        return super()._start_query(query)

    def _execute_send(self, query: Any, *, force_extended: bool = False, **kw: Any) -> None:
        is_begin, self._conn.begins_itself = self._conn.begins_itself, False
        super()._execute_send(query, force_extended=not is_begin, **kw)

    def _may_begin(self, query: Any) -> bool:
        is_idle = self._conn.pgconn.transaction_status == TransactionStatus.IDLE
        return is_idle and isinstance(query, str) and _begins(query) is not None


ENGINE_OPTIONS = {
    "pool_recycle": 1800,
    "pool_timeout": 4,  # seconds for a connection that others hold; then 503
    "query_cache_size": 1000,  # compiled; SQLAlchemy's own 500 are fewer than a busy worker asks
    "hide_parameters": True,  # an error's text ends in a log; a bound value may be personal
    "connect_args": {"prepare_threshold": None, "cursor_factory": OneStatementCursor},
}


# A page holds one connection; now and then another for what it writes beside its transaction. That
# one ends without waiting for a third, so one to spare is enough for all threads in turns.
SPARE = 1
# Beside the pool: one looks up hosts and sessions, one writes what was counted for the board, one
# asks at moments whether a server that is silent still lives.
BESIDE = 3


def pool_of(threads: int) -> dict[str, int]:
    """Options of the engine of a process that serves so many pages at once, and never more; for
    one that does not say how many (0), those of SQLAlchemy.
    """
    return {"pool_size": threads + SPARE, "max_overflow": 0} if threads else {}


def most_connections(threads: int) -> int:
    """How many connections such a process has open at once, whatever is asked of it."""
    return threads + SPARE + BESIDE


@event.listens_for(Engine, "do_connect")
def _watch(
    dialect: Dialect, record: object, arguments: list[Any], words: dict[str, Any]
) -> WatchedConnection | None:
    """Connections of engines with these options; those of migrations and backups may wait."""
    if words.get("cursor_factory") is not OneStatementCursor:
        return None
    return WatchedConnection.connect(*arguments, **words)
