"""Lost database nodes: the connection over which one failed is dropped, and its pool with it.

One address may stand for several machines. The server behind it keeps connections of its own to
the others, as the role in force. They go stale when a machine starts anew, or when a municipality
is removed and comes back under the same name. A new connection has none of them.
"""

from __future__ import annotations

import psycopg
from psycopg.errors import (
    AdminShutdown,
    CannotConnectNow,
    CrashShutdown,
    InsufficientPrivilege,
    InternalError_,
    ProtocolViolation,
)
from sqlalchemy import Engine, ExceptionContext, event

from obshto.platform.db.base import TENANT

CONNECTION_EXCEPTION = "08"  # the class of SQLSTATE
NO_RESOURCES, OWN_LIMIT = "53", "53400"  # 53100 is a full disk, 53200 no memory
NO_TURN = ("55P03", "57014")  # waited too long for a lock; took too long
GONE = (AdminShutdown, CannotConnectNow, CrashShutdown)
# Citus says so, with no state of its own, when a connection dies that a transaction stands on.
ESSENTIAL = "failure on connection marked as essential"


def is_node_loss(error: BaseException | None, schema: str | None = None) -> bool:
    """Whether a server is away behind the one that answered, as opposed to having refused.

    `schema` is that of the municipality at work. It may always use its own: refused there, the
    connection still stands for a role of that name which has been removed.
    """
    if not isinstance(error, psycopg.Error):
        return False
    if isinstance(error, InsufficientPrivilege):
        return schema is not None and f"for schema {schema}" in str(error)
    if isinstance(error, ProtocolViolation):
        return False  # of that class by its number alone: a fault of ours, to be seen as one
    is_essential = isinstance(error, InternalError_) and ESSENTIAL in str(error)
    state = error.sqlstate or ""
    return is_essential or isinstance(error, GONE) or state.startswith(CONNECTION_EXCEPTION)


def is_out_of_resources(error: BaseException | None) -> bool:
    """Whether the server had no disk, no memory, no turn for it in time: nothing was written.

    Classes 53 and single states of 55 and 57 of PostgreSQL's appendix A. A query that exceeds its
    own limit of temporary files (53400) is a fault of ours, to be seen as one.
    """
    state = getattr(error, "sqlstate", None) or ""
    return state in NO_TURN or (state.startswith(NO_RESOURCES) and state != OWN_LIMIT)


@event.listens_for(Engine, "handle_error")
def _drop_connection(context: ExceptionContext) -> None:
    connection = context.connection
    options = connection.get_execution_options() if connection else {}
    names = options.get("schema_translate_map") or {}
    if is_node_loss(context.original_exception, names.get(TENANT)):
        context.is_disconnect = True
