"""Preparation of a mandate: for whom, who acts, in what, until which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from obshto.modules.mandates.errors import ForThemselves, MandateTooLong, ProfileOfAnother
from obshto.modules.mandates.events import MandatePrepared
from obshto.modules.mandates.models import Mandate, MandateCounter
from obshto.modules.mandates.services.codes import code_of, index_of, viewer_code_of
from obshto.modules.mandates.services.kinds import DRAFT
from obshto.modules.mandates.settings import MandateSettings
from obshto.platform.cases.numbers import next_number
from obshto.platform.clock import day_of
from obshto.platform.db.base import new_id
from obshto.platform.entity import of_request
from obshto.platform.settings.services import settings_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import day
from obshto.tenants.api import is_named, people_with_email


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateWords:
    """A mandate as typed. `assistant` is the id and the name of who acts."""

    name: str
    assistant: tuple[UUID, str]
    acts: tuple[str, ...]
    ends_on: date
    email: str = ""
    phone: str = ""
    language: str = "bg"
    relative: str = ""


def last_day(uow: UnitOfWork) -> date:
    """The longest that a mandate prepared today may be."""
    longest = settings_of(uow, "mandates", MandateSettings).longest_days
    return day_of(uow.now) + timedelta(days=longest)


def prepare_mandate(uow: UnitOfWork, told: MandateWords, *, request_id: UUID) -> Mandate:
    """A draft under the next number; the same `request_id` again finds the first.

    Raises MandateTooLong, ForThemselves, ProfileOfAnother.
    """
    if first := of_request(uow, Mandate, request_id):
        return first
    if not day_of(uow.now) <= told.ends_on <= last_day(uow):
        raise MandateTooLong(day=day(last_day(uow)))
    row = _row(uow, told, request_id=request_id)
    try:
        with uow.session.begin_nested():
            row.year, row.sequence = next_number(uow, MandateCounter, "mandate")
            uow.session.add(row)
    except IntegrityError:  # a second click in the same instant
        if first := of_request(uow, Mandate, request_id):
            return first
        raise
    uow.emit(MandatePrepared(subject_id=row.id, number=row.number))
    return row


def profile_of(name: str, email: str) -> UUID | None:
    """The profile that the e-mail belongs to, if its name has the words that were typed.

    Raises ProfileOfAnother: a slip in an address must not open a stranger's profile.
    """
    found = people_with_email(email) if email else []
    if not found:
        return None
    same = [one for one in found if is_named(one, name)]
    if len(same) != 1:
        raise ProfileOfAnother
    return same[0].id


def _row(uow: UnitOfWork, told: MandateWords, *, request_id: UUID) -> Mandate:
    assistant_id, assistant = told.assistant
    profile = profile_of(told.name, told.email)
    if profile == assistant_id:
        raise ForThemselves
    viewer = index_of(viewer_code_of(request_id)) if told.relative else None
    return Mandate(
        id=new_id(),
        request_id=request_id,
        person_id=profile or new_id(),
        has_profile=profile is not None,
        code_index=index_of(code_of(request_id)),
        viewer_index=viewer,
        name=told.name,
        email=told.email or None,
        phone=told.phone or None,
        language=told.language,
        relative=told.relative or None,
        assistant_id=assistant_id,
        assistant=assistant,
        acts=sorted(told.acts),
        ends_on=told.ends_on,
        state=DRAFT,
        prepared_at=uow.now,
        prepared_by_id=uow.principal.person_id,
        prepared_by=uow.principal.name,
    )
