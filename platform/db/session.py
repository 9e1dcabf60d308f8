"""A session belongs to one municipality from birth to death, or to the region."""

from __future__ import annotations

from typing import Any

from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import Connection, Engine, Executable, event, inspect
from sqlalchemy.engine.interfaces import DBAPICursor, ExecutionContext
from sqlalchemy.orm import Session, SessionTransaction

from obshto.platform.db import node_loss  # noqa: F401  it listens to every engine
from obshto.platform.db.base import TENANT, SharedModel
from obshto.platform.db.engine import BEGIN_AS, ENGINE_OPTIONS
from obshto.platform.scope import Scope


class NoTenant(RuntimeError):
    """A municipality's table was touched with no municipality in scope."""


class TransactionBegun(RuntimeError):
    """Something was to come first, and something else has."""


class TenantSession(FlaskSession):
    """Born with a scope: its schema and its role. Born without: the region's tables only."""

    def __init__(self, db: SQLAlchemy, *, scope: Scope | None = None, **kw: Any) -> None:
        super().__init__(db, **kw)
        self.info["scope"] = scope
        engine = db.engine
        if scope:
            engine = engine.execution_options(schema_translate_map={TENANT: scope.schema})
        self._engine = engine

    def get_bind(
        self, mapper: Any = None, clause: Any = None, bind: Any = None, **kw: Any
    ) -> Engine | Connection:
        """Always the same engine object, so that one transaction is one connection."""
        owned = mapper is not None and inspect(mapper).local_table.schema == TENANT
        if owned and self.info["scope"] is None:
            raise NoTenant(str(mapper))
        return bind if bind is not None else self._engine


FIRST, FOUND = "obshto.first", "obshto.found"  # in `info` of a session: `begin_with`
OWNER = "obshto.owner"  # of a connection: `info` of the session whose transaction it carries
WROTE = "obshto.wrote"
UNSEEN = "obshto_unseen"  # option of a statement whose rows no kept page or fragment shows
READS = ("SELECT", "SET LOCAL ROLE", BEGIN_AS.partition('"')[0])


@event.listens_for(Engine, "before_cursor_execute")
def _note_write(
    connection: Connection,
    cursor: DBAPICursor,
    statement: str,
    parameters: object,
    context: ExecutionContext | None,
    executemany: bool,
) -> None:
    """Whatever is not plainly a read counts as a write: a `WITH` may hold either."""
    if statement.startswith(READS) or (owner := connection.info.get(OWNER)) is None:
        return
    if context is None or not context.execution_options.get(UNSEEN):
        owner[WROTE] = True


def has_written(session: Session) -> bool:
    """Whether the session has changed anything, flushed or not: others do not see it yet."""
    pending = session.new or session.dirty or session.deleted
    return bool(pending) or session.info.get(WROTE, False)


@event.listens_for(TenantSession, "after_begin")
def _take_role(session: Session, transaction: SessionTransaction, connection: Connection) -> None:
    scope: Scope | None = session.info["scope"]
    connection.info[OWNER] = session.info
    first = session.info.pop(FIRST, None)
    if first is not None:
        session.info[FOUND] = connection.execute(first).scalar()
    if scope and not transaction.nested:
        alone = BEGIN_AS.partition("; ")[2]  # where what came first has begun already
        begin = BEGIN_AS if first is None else alone
        connection.exec_driver_sql(begin.format(role=scope.schema))


def begin_with(session: Session, statement: Executable) -> Any:
    """The one value of a statement upon `shared` that stands or goes with what follows it.

    The municipality's role may do nothing there, so it is taken only after: this comes first of all
    in its transaction. Raises TransactionBegun.
    """
    if session.in_transaction():
        raise TransactionBegun
    session.info[FIRST] = statement
    session.connection()
    return session.info.pop(FOUND)


db = SQLAlchemy(
    model_class=SharedModel,
    engine_options=ENGINE_OPTIONS,
    session_options={"class_": TenantSession, "expire_on_commit": False},
    disable_autonaming=True,
)


def shared_session() -> TenantSession:
    """A session of the region, apart from the request's own; the caller closes it.

    The tenant, the person and the session row are read through it *before* the municipality's
    transaction opens: one transaction never holds both.
    """
    return TenantSession(db, expire_on_commit=False)
