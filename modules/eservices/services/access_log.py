"""Who looks at a case, and what for: recorded each time, shown to the person."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from flask_babel import LazyString, lazy_gettext

from obshto.modules.eservices.events import ApplicationLookedAt
from obshto.modules.eservices.models import Case, Look
from obshto.modules.eservices.services.states import record
from obshto.platform.cases import access_log
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


def is_looking(uow: UnitOfWork, case: Case) -> bool:
    """Whether this member of staff said a purpose in this sitting."""
    return access_log.is_looking(uow, Look, case.id)


def look(uow: UnitOfWork, case: Case, purpose: str, *, request_id: UUID | None = None) -> None:
    """Write down that somebody looks, unless this sitting is written down already."""
    if access_log.add_look(uow, Look, case.id, purpose, request_id=request_id):
        record(uow, case, ApplicationLookedAt)


def opens(uow: UnitOfWork, case: Case) -> bool:
    """Whether what the person wrote is shown: the one who works on it looks by that alone."""
    if case.assignee_id == uow.principal.person_id:
        look(uow, case, WORKING)
        return True
    return is_looking(uow, case)
