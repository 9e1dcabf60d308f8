"""Call list: owed by a letter that reaches nobody, ended by who called, void when it is moot.

Who called, when and with what result stands on the row; it leaves the list when it is said, or when
it is too late.
"""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Select, update
from sqlalchemy.dialects.postgresql import insert

from obshto.platform.calls.errors import NoSuchCall, StaleCall
from obshto.platform.calls.models import CallRow
from obshto.platform.calls.states import CALLED, OWED, TO_CALL, VOID
from obshto.platform.db.base import new_id
from obshto.platform.unit_of_work import UnitOfWork

C = TypeVar("C", bound=CallRow)


def owe_call(
    uow: UnitOfWork,
    cause: UUID,
    words: str,
    *,
    model: type[CallRow],
    until: datetime,
    **about: UUID,
) -> None:
    """One call for each letter, however often it is tried; none where it is too late already.

    `about` are the columns of the table that say whom to call.
    """
    if until <= uow.now:
        return
    row = {
        **{"id": new_id(), "cause": cause, "words": words, **about},
        **{"until": until, "owed_at": uow.now, "state": OWED, "version": 1},
    }
    uow.session.execute(insert(model).values(row).on_conflict_do_nothing())


def owed_among(uow: UnitOfWork, rows: Select[C], model: type[C]) -> Select[C]:
    """Whom to call now, the most pressing first."""
    owed = rows.where(model.state.in_(TO_CALL), model.until > uow.now)
    return owed.order_by(model.until, model.id)


def ended_among(rows: Select[C], model: type[C]) -> Select[C]:
    """Those that were made, the last first."""
    return rows.where(model.state.in_(CALLED)).order_by(model.called_at.desc(), model.id)


def call_of(
    uow: UnitOfWork, rows: Select[C], model: type[C], call_id: UUID, *, to_change: bool = False
) -> C:
    """One among the calls that somebody may make. Raises NoSuchCall."""
    wanted = rows.where(model.id == call_id)
    if to_change:
        wanted = wanted.with_for_update(of=model)
    found = uow.session.scalar(wanted)
    if found is None:
        raise NoSuchCall
    return found


def end_call(uow: UnitOfWork, call: CallRow, result: str, *, expected_version: int) -> bool:
    """What came of it; „again“ puts it back. False where the same form came twice.

    The call is locked. Raises StaleCall.
    """
    me = uow.principal
    if call.version == expected_version + 1 and (call.state, call.caller_id) == (
        result,
        me.person_id,
    ):
        return False
    refuse_stale(call, expected_version)
    call.state, call.called_at = result, uow.now
    call.caller_id, call.caller = me.person_id, me.name
    uow.session.flush()
    return True


def refuse_stale(call: CallRow, expected_version: int) -> None:
    """Raises StaleCall: somebody called meanwhile, or there is nothing to say any more."""
    if call.version != expected_version or call.state == VOID:
        raise StaleCall


def void_calls(uow: UnitOfWork, model: type[CallRow], about: ColumnElement[bool]) -> None:
    """What was to be said is so no more."""
    owed = update(model).where(about, model.state.in_(TO_CALL))
    uow.session.execute(owed.values(state=VOID, version=model.version + 1))


def forget_caller(uow: UnitOfWork, model: type[CallRow], person_id: UUID) -> None:
    """The name of a member of staff who leaves goes, the result stays."""
    called = update(model).where(model.caller_id == person_id)
    uow.session.execute(called.values(caller_id=None, caller=""))
