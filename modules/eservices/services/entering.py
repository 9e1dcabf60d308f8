"""Entering for somebody: at the counter, by phone, from a letter; on the form of the portal."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ColumnElement, Select, select

from obshto.modules.eservices.errors import NoSuchApplication, NotOffered
from obshto.modules.eservices.models import Case, Draft
from obshto.modules.eservices.services.catalogue import Service
from obshto.modules.eservices.services.codes import code_of, index_of
from obshto.modules.eservices.services.drafts import add_draft, draft_at, new_draft
from obshto.modules.eservices.services.looks import ENTERED, look
from obshto.modules.eservices.services.sending import send_draft
from obshto.platform.work import Work


def start_for(work: Work, service: Service, *, channel: str, request_id: UUID) -> Draft:
    """Begin for somebody; the same `request_id` again finds the first draft. Raises NotOffered.

    A service is entered here whether it is offered online or not.
    """
    if service.definition is None:
        raise NotOffered
    draft = new_draft(work, service.definition, request_id=request_id)
    draft.code_index = index_of(code_of(draft.id))
    _mark(work, draft, channel)
    return add_draft(work, draft)


def take_up(work: Work, code: str, *, channel: str) -> Draft:
    """Go on with what somebody began without a profile and says the code of.

    Raises NoSuchApplication.
    """
    draft = draft_at(work, code, to_change=True)
    _mark(work, draft, channel)
    return draft


def entered_draft(work: Work, draft_id: UUID, *, to_change: bool = False) -> Draft:
    """A draft that this member of staff enters. Raises NoSuchApplication."""
    wanted = select(Draft).where(Draft.id == draft_id, *_mine(work))
    draft = work.session.scalar(wanted.with_for_update() if to_change else wanted)
    if draft is None:
        raise NoSuchApplication
    return draft


def entered_drafts(work: Work) -> Select[Draft]:
    """What this member of staff began to enter and has not sent, last saved first."""
    return select(Draft).where(*_mine(work)).order_by(Draft.saved_at.desc())


def send_entered(work: Work, draft_id: UUID, *, seen: int, agreed: str = "") -> Case:
    """Send it; a second click finds the case that it became. Whoever enters it has looked at it.

    Raises NoSuchApplication, ChangedMeanwhile, StillMissing.
    """
    try:
        draft = entered_draft(work, draft_id, to_change=True)
    except NoSuchApplication:
        return case_entered(work, draft_id)
    case = send_draft(work, draft, seen=seen, agreed=agreed)
    look(work, case, ENTERED)
    return case


def case_entered(work: Work, draft_id: UUID) -> Case:
    """What a draft of this member of staff became. Raises NoSuchApplication."""
    me = work.principal.person_id
    wanted = select(Case).where(Case.request_id == draft_id, Case.entered_by_id == me)
    case = work.session.scalar(wanted) if me else None
    if case is None:
        raise NoSuchApplication
    return case


def code_for(draft_id: UUID, code_index: bytes | None) -> str:
    """The code to be handed to the person; empty where they have one already, or a profile."""
    code = code_of(draft_id)
    return code if code_index == index_of(code) else ""


def _mark(work: Work, draft: Draft, channel: str) -> None:
    draft.channel = channel
    draft.entered_by_id, draft.entered_by = work.principal.person_id, work.principal.name


def _mine(work: Work) -> tuple[ColumnElement[bool], ...]:
    if work.principal.person_id is None:
        raise NoSuchApplication
    return (Draft.entered_by_id == work.principal.person_id,)
