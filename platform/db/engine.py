"""How the application talks to PostgreSQL: one statement at a time, nothing prepared, watched."""

from __future__ import annotations

from typing import Any

import psycopg
from sqlalchemy import Dialect, Engine, event

from obshto.platform.db.watched_connection import WatchedConnection


class OneStatementCursor(psycopg.Cursor[Any]):
    """Always the extended protocol, whose server refuses `select 1; drop …`.

    `_execute_send` is private to psycopg: a test watches that the refusal still happens.
    """

    def _execute_send(self, query: Any, *, force_extended: bool = False, **kw: Any) -> None:
        super()._execute_send(query, force_extended=True, **kw)


ENGINE_OPTIONS = {
    "pool_recycle": 1800,
    "pool_timeout": 4,  # seconds for a connection that others hold; then 503
    "hide_parameters": True,  # an error's text ends in a log; a bound value may be personal
    "connect_args": {"prepare_threshold": None, "cursor_factory": OneStatementCursor},
}


@event.listens_for(Engine, "do_connect")
def _watch(
    dialect: Dialect, record: object, arguments: list[Any], words: dict[str, Any]
) -> WatchedConnection | None:
    """Connections of engines with these options; those of migrations and backups may wait."""
    if words.get("cursor_factory") is not OneStatementCursor:
        return None
    return WatchedConnection.connect(*arguments, **words)
