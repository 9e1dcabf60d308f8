"""Driver statement: compiled once for each municipality, then sent with its values as they are.

For what stands in the way of very many pages. The compiler's cache and the processing of each value
cost a fifth of such a statement. So no type converts anything here: values are what psycopg takes
(UUID, bytes, lists, text, moments), a JSON value is dumped by who gives it, and a list is asked for
with ANY.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import CursorResult, Executable
from sqlalchemy.orm import Session

from obshto.platform.db.base import TENANT
from obshto.platform.db.session import UNSEEN


class DriverStatement:
    """One statement upon the tables of a municipality. `is_unseen`: no kept page shows its rows."""

    def __init__(self, statement: Executable, *columns: str, is_unseen: bool = False) -> None:
        self._statement: Any = statement
        self._columns = columns or None  # of an INSERT: those that are given
        self._options = {UNSEEN: is_unseen}
        self._texts: dict[str, str] = {}

    def run(self, session: Session, schema: str, values: Mapping[str, Any]) -> CursorResult[Any]:
        """In the transaction of the session, which is at home in that schema."""
        connection = session.connection()
        text = self._texts.get(schema)
        if text is None:
            compiled = self._statement.compile(
                dialect=connection.dialect,
                column_keys=self._columns,
                schema_translate_map={TENANT: schema},
                render_schema_translate=True,
            )
            text = self._texts[schema] = str(compiled)
        return connection.exec_driver_sql(text, dict(values), self._options)
