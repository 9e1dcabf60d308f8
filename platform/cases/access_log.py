"""Looks of staff at a case, each with its purpose: recorded each time, shown to the person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from obshto.platform.cases.models import LookRow
from obshto.platform.unit_of_work import UnitOfWork

# One look is one sitting: turning pages and pressing buttons is not looking again.
SITTING = timedelta(minutes=30)


def is_looking(uow: UnitOfWork, table: type[LookRow], case_id: UUID) -> bool:
    """Whether this member of staff said a purpose in this sitting."""
    latest = select(table.id).where(
        table.case_id == case_id,
        table.by_id == uow.principal.person_id,
        table.at > uow.now - SITTING,
    )
    return uow.session.scalar(latest.limit(1)) is not None


def add_look(
    uow: UnitOfWork,
    table: type[LookRow],
    case_id: UUID,
    purpose: str,
    *,
    request_id: UUID | None = None,
) -> bool:
    """Write down that somebody looks; False where this sitting is written down already."""
    if is_looking(uow, table, case_id):
        return False
    new: Callable[..., LookRow] = table
    row = new(
        request_id=request_id,
        case_id=case_id,
        at=uow.now,
        by_id=uow.principal.person_id,
        by_name=uow.principal.name,
        purpose=purpose,
    )
    try:
        with uow.session.begin_nested():
            uow.session.add(row)
    except IntegrityError:  # the same form, in the same instant
        return False
    return True
