"""Many municipalities in little time: what the migrations say is heard once and said again.

A thousand times over, most of the time goes to Alembic and to the disk. So the statements of the
first municipality are kept and sent for each other one in one go, with its name in place of the
first one's, while the server does not wait for the disk. What stands there is the same.
"""

from __future__ import annotations

from contextlib import contextmanager
from unittest.mock import patch

from sqlalchemy import create_engine, event, text

from obshto.tenants.municipalities import provision

IN_HASTE = ("fsync", "synchronous_commit", "full_page_writes")


upgrade = provision.upgrade


class Tape:
    """`with tape.playing():` everybody who joins inside is made so."""

    def __init__(self):
        self.schema, self.said = None, []

    @contextmanager
    def playing(self):
        with patch.object(provision, "upgrade", self._upgrade):
            yield

    def _upgrade(self, connection, schema, chain):
        if self.schema is None:
            self._record(connection, schema, chain)
            return
        said = ";\n".join(self.said).replace(self.schema, schema)
        connection.exec_driver_sql(said)

    def _record(self, connection, schema, chain):
        def hear(_connection, _cursor, statement, parameters, *_more):
            if not statement.lstrip().upper().startswith("SELECT"):
                assert not parameters, statement
                self.said.append(statement)

        event.listen(connection, "before_cursor_execute", hear)
        try:
            upgrade(connection, schema, chain)
        finally:
            event.remove(connection, "before_cursor_execute", hear)
        self.schema = schema


@contextmanager
def haste(superuser):
    """The server does not wait for the disk inside; then all is written and it waits again."""
    engine = create_engine(superuser, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for name in IN_HASTE:
            connection.execute(text(f"ALTER SYSTEM SET {name} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
        try:
            yield
        finally:
            for name in IN_HASTE:
                connection.execute(text(f"ALTER SYSTEM RESET {name}"))
            connection.execute(text("SELECT pg_reload_conf()"))
            connection.execute(text("CHECKPOINT"))
    engine.dispose()
