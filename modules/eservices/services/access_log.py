"""Who looks at a case, and what for: recorded each time, shown to the person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from flask_babel import LazyString, lazy_gettext
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from obshto.modules.eservices.events import ApplicationLookedAt
from obshto.modules.eservices.models import Case, Look
from obshto.modules.eservices.services.states import record
from obshto.platform.unit_of_work import UnitOfWork

WORKING, ENTERED, SIGNS, CONTROL = "working", "entered", "signs", "control"
PURPOSES: Mapping[str, LazyString] = {
    WORKING: lazy_gettext("Работи по заявлението"),
    ENTERED: lazy_gettext("Въведе заявлението вместо заявителя"),
    SIGNS: lazy_gettext("Подписва решението втори"),
    "substitute": lazy_gettext("Замества колега"),
    "question": lazy_gettext("Отговаря на въпрос на заявителя"),
    CONTROL: lazy_gettext("Контрол по служба"),
}
# What is asked for: the others follow from what somebody does.
CHOSEN = tuple(purpose for purpose in PURPOSES if purpose not in (WORKING, ENTERED, SIGNS))
# One look is one sitting: turning pages and pressing buttons is not looking again.
SITTING = timedelta(minutes=30)


def is_looking(uow: UnitOfWork, case: Case) -> bool:
    """Whether this member of staff said a purpose in this sitting."""
    latest = select(Look.id).where(
        Look.case_id == case.id,
        Look.by_id == uow.principal.person_id,
        Look.at > uow.now - SITTING,
    )
    return uow.session.scalar(latest.limit(1)) is not None


def look(uow: UnitOfWork, case: Case, purpose: str, *, request_id: UUID | None = None) -> None:
    """Write down that somebody looks, unless this sitting is written down already."""
    if is_looking(uow, case):
        return
    row = Look(
        request_id=request_id,
        case_id=case.id,
        at=uow.now,
        by_id=uow.principal.person_id,
        by_name=uow.principal.name,
        purpose=purpose,
    )
    try:
        with uow.session.begin_nested():
            uow.session.add(row)
    except IntegrityError:  # the same form, in the same instant
        return
    record(uow, case, ApplicationLookedAt)


def opens(uow: UnitOfWork, case: Case) -> bool:
    """Whether what the person wrote is shown: the one who works on it looks by that alone."""
    if case.assignee_id == uow.principal.person_id:
        look(uow, case, WORKING)
        return True
    return is_looking(uow, case)
