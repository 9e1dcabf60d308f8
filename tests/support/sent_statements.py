"""What is sent to the database, with BEGIN, SET and COMMIT."""

import psycopg
import pytest
from psycopg._connection_base import BaseConnection
from psycopg._cursor_base import BaseCursor


@pytest.fixture
def sent(monkeypatch):
    """What psycopg sends, over whichever connection: SQLAlchemy's and the reader's of hosts."""
    heard = []
    execute, command = BaseCursor._execute_gen, BaseConnection._exec_command

    def note_execute(cursor, query, *more, **named):
        heard.append(str(query))
        return execute(cursor, query, *more, **named)

    def note_command(connection, what, *more):
        heard.append(what.decode() if isinstance(what, bytes) else str(what))
        return command(connection, what, *more)

    monkeypatch.setattr(BaseCursor, "_execute_gen", note_execute)
    monkeypatch.setattr(BaseConnection, "_exec_command", note_command)
    assert psycopg.Cursor._execute_gen is note_execute
    return heard
