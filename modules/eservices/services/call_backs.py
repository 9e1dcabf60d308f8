"""Calls back: who fills in a form leaves a phone, staff call; once for each draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask_babel import LazyString, gettext, lazy_gettext
from sqlalchemy import Select, select
from sqlalchemy.orm import undefer

from obshto.modules.eservices.errors import NoSuchApplication
from obshto.modules.eservices.events import CallBackAsked, CallBackCancelled, CallBackEnded
from obshto.modules.eservices.models import CallBack, Draft
from obshto.modules.eservices.permissions import ServicesPermission
from obshto.modules.eservices.services.access_log import (
    PART,
    look_at_called_draft,
    look_to_call,
    opened_to_call,
)
from obshto.modules.eservices.services.catalogue import service_behind
from obshto.modules.eservices.services.departments import within_services
from obshto.modules.eservices.services.own_services import definition_behind
from obshto.platform.calls.desk import CallDesk, Callee
from obshto.platform.calls.services import call_of
from obshto.platform.calls.states import OWED, TO_CALL
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE, speaking

LISTED = timedelta(days=14)  # so long it stands among the calls to be made
TIMES: Mapping[str, LazyString] = {
    "any": lazy_gettext("По всяко време"),
    "morning": lazy_gettext("Преди обяд"),
    "afternoon": lazy_gettext("След обяд"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedCall:
    """What the person left; `step` is the id of the page where they stopped."""

    phone: str
    name: str
    time: str
    shows_draft: bool
    step: str


def call_back_of(uow: UnitOfWork, draft: Draft) -> CallBack | None:
    """The call that was asked for while this draft was filled in; name and phone are not read."""
    return uow.session.scalar(select(CallBack).where(CallBack.draft_id == draft.id))


def ask_call_back(uow: UnitOfWork, draft: Draft, asked: AskedCall, *, request_id: UUID) -> CallBack:
    """Put it on the list of staff, or change what was left; one that was made is owed again.

    The draft is locked.
    """
    row = call_back_of(uow, draft)
    if row is not None and row.cause == request_id:
        return row
    is_new = row is None or row.state not in TO_CALL
    row = row or CallBack(draft_id=draft.id, service=draft.service)
    row.cause, row.phone, row.name = request_id, asked.phone, asked.name
    row.time, row.shows_draft = asked.time, asked.shows_draft
    row.step = _title_of(draft, asked.step)
    row.words = service_behind(uow, draft).title
    if is_new:
        row.state, row.owed_at, row.until = OWED, uow.now, uow.now + LISTED
        uow.emit(CallBackAsked(subject_id=draft.id, service=draft.service))
    uow.session.add(row)
    return row


def cancel_call_back(uow: UnitOfWork, draft: Draft) -> None:
    """It is wanted no more; twice is once. The draft is locked."""
    row = call_back_of(uow, draft)
    if row is not None:
        uow.session.delete(row)
        uow.emit(CallBackCancelled(subject_id=draft.id, service=draft.service))


def shown_draft(uow: UnitOfWork, call_id: UUID) -> Draft:
    """What somebody let staff read who call; that is recorded.

    Raises NoSuchCall, NoSuchApplication where they did not.
    """
    call = call_of(uow, CALL_DESK.rows(uow), CallBack, call_id)
    if not call.shows_draft:
        raise NoSuchApplication
    draft = uow.session.get_one(Draft, call.draft_id)
    look_at_called_draft(uow, draft)
    return draft


@dataclass(frozen=True, kw_only=True)
class CallBackDesk(CallDesk[CallBack]):
    """Whoever works on applications calls about the services that are theirs."""

    part: str = PART
    permission: ServicesPermission = ServicesPermission.HANDLE
    model: type[CallBack] = CallBack
    intro: LazyString = lazy_gettext(
        "Тези хора попълват заявление и поискаха да им се обадите. Помогнете им и запишете как е"
        " минало."
    )
    by: LazyString = lazy_gettext("Обадете се до:")
    reached: LazyString = lazy_gettext("Говорихме")
    waits: LazyString = lazy_gettext(
        "Който попълва заявление и поиска помощ по телефона, идва тук."
    )

    def rows(self, uow: UnitOfWork) -> Select[CallBack]:
        return select(CallBack).where(*within_services(uow, CallBack.service))

    def callees(self, uow: UnitOfWork, calls: Sequence[CallBack]) -> Mapping[UUID, Callee]:
        opened = opened_to_call(uow, {call.draft_id for call in calls})
        ids = [call.id for call in calls if call.draft_id in opened]
        wanted = select(CallBack).where(CallBack.id.in_(ids))
        to_read = wanted.options(undefer(CallBack.name), undefer(CallBack.phone))
        reach = {call.id: call for call in uow.session.scalars(to_read)} if ids else {}
        with speaking(SOURCE):
            return {call.id: _callee(call, reach.get(call.id)) for call in calls}

    def look(self, uow: UnitOfWork, call: CallBack) -> None:
        draft = uow.session.get_one(Draft, call.draft_id)
        look_to_call(uow, draft, phone=call.phone)

    def tell_ended(self, uow: UnitOfWork, call: CallBack) -> None:
        uow.emit(CallBackEnded(subject_id=call.draft_id, service=call.service))


def _callee(call: CallBack, reach: CallBack | None) -> Callee:
    """`reach` is the same call with name and phone read, where they were opened."""
    about = gettext(
        "Стъпка „%(step)s“. Кога е удобно: %(time)s.", step=call.step, time=str(TIMES[call.time])
    )
    endpoint, arguments = "eservices_citizen.service", dict[str, Any](key=call.service)
    if call.shows_draft:
        more = gettext("Разреши да видите попълненото: натиснете името на услугата.")
        about = f"{about} {more}"
        endpoint, arguments = "eservices_console.called_draft", {"call_id": call.id}
    return Callee(
        endpoint=endpoint,
        arguments=arguments,
        about=about,
        is_opened=reach is not None,
        name=reach.name if reach else "",
        phone=reach.phone if reach else "",
    )


def _title_of(draft: Draft, step: str) -> str:
    """The title of a page in Bulgarian; of the one where the draft stands if there is none such."""
    titles = {page.id: page.title[SOURCE] for page in definition_behind(draft).pages}
    return titles.get(step) or titles[draft.page]


CALL_DESK = CallBackDesk()
