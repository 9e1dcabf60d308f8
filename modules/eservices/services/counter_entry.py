"""Entering for somebody: at the counter, by phone, from a letter; on the form of the portal."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ColumnElement, Select, select

from obshto.modules.eservices.errors import NoSuchApplication, NotOffered
from obshto.modules.eservices.models import Case, Draft, PowerOfAttorney
from obshto.modules.eservices.services.access_log import ENTERED, look, look_at_draft
from obshto.modules.eservices.services.catalogue import Service
from obshto.modules.eservices.services.codes import code_of, index_of
from obshto.modules.eservices.services.departments import expect_own
from obshto.modules.eservices.services.drafts import add_draft, draft_at, new_draft
from obshto.modules.eservices.services.powers.use import represent
from obshto.modules.eservices.services.submission import send_draft
from obshto.platform.unit_of_work import UnitOfWork


def start_for(
    uow: UnitOfWork,
    service: Service,
    *,
    channel: str,
    request_id: UUID,
    power: PowerOfAttorney | None = None,
) -> Draft:
    """Begin for somebody; the same `request_id` again finds the first draft.

    Under a `power` of attorney it is for who gave that: who stands there represents them.

    Every service of the catalogue is entered here, whether it is offered online or not. Raises
    NotOffered for one that was withdrawn, NotTheirService.
    """
    if not service.is_listed:
        raise NotOffered
    expect_own(uow, service.key)
    draft = new_draft(uow, service.counter_definition, request_id=request_id)
    draft.code_index = index_of(code_of(draft.id))
    _mark(uow, draft, channel)
    if power:
        represent(draft, service.counter_definition, power)
    return add_draft(uow, draft)


def take_up(uow: UnitOfWork, code: str, *, channel: str) -> Draft:
    """Go on with what somebody began without a profile and says the code of.

    Raises NoSuchApplication, NotTheirService.
    """
    draft = draft_at(uow, code, to_change=True)
    expect_own(uow, draft.service)
    _mark(uow, draft, channel)
    return draft


def entered_draft(uow: UnitOfWork, draft_id: UUID, *, to_change: bool = False) -> Draft:
    """A draft that this member of staff enters. Raises NoSuchApplication."""
    wanted = select(Draft).where(Draft.id == draft_id, *_mine(uow))
    draft = uow.session.scalar(wanted.with_for_update() if to_change else wanted)
    if draft is None:
        raise NoSuchApplication
    return draft


def opened_draft(uow: UnitOfWork, draft_id: UUID, *, to_change: bool = False) -> Draft:
    """The same, where its page shows what was answered: a look. Raises NoSuchApplication."""
    draft = entered_draft(uow, draft_id, to_change=to_change)
    look_at_draft(uow, draft)
    return draft


def entered_drafts(uow: UnitOfWork) -> Select[Draft]:
    """What this member of staff began to enter and has not sent, last saved first."""
    return select(Draft).where(*_mine(uow)).order_by(Draft.saved_at.desc())


def send_entered(
    uow: UnitOfWork, draft_id: UUID, *, expected_version: int, agreed: str = ""
) -> Case:
    """Send it; a second click finds the case that it became. Whoever enters it has looked at it.

    Raises NoSuchApplication, StaleVersion, StillMissing.
    """
    try:
        draft = entered_draft(uow, draft_id, to_change=True)
    except NoSuchApplication:
        return case_entered(uow, draft_id)
    case = send_draft(uow, draft, expected_version=expected_version, agreed=agreed)
    look(uow, case, ENTERED)
    return case


def case_entered(uow: UnitOfWork, draft_id: UUID) -> Case:
    """What a draft of this member of staff became. Raises NoSuchApplication."""
    me = uow.principal.person_id
    wanted = select(Case).where(Case.request_id == draft_id, Case.entered_by_id == me)
    case = uow.session.scalar(wanted) if me else None
    if case is None:
        raise NoSuchApplication
    return case


def code_for(draft_id: UUID, code_index: bytes | None) -> str:
    """The code to be handed to the person; empty where they have one already, or a profile."""
    code = code_of(draft_id)
    return code if code_index == index_of(code) else ""


def _mark(uow: UnitOfWork, draft: Draft, channel: str) -> None:
    draft.channel = channel
    draft.entered_by_id, draft.entered_by = uow.principal.person_id, uow.principal.name


def _mine(uow: UnitOfWork) -> tuple[ColumnElement[bool], ...]:
    if uow.principal.person_id is None:
        raise NoSuchApplication
    return (Draft.entered_by_id == uow.principal.person_id,)
