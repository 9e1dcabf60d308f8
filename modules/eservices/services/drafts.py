"""Drafts: begun, saved page by page, taken up again elsewhere. Save is not send."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID, uuid5

from sqlalchemy import ColumnElement, Select, delete, select

from obshto.modules.eservices.errors import (
    NoSuchApplication,
    NotOffered,
    StaleVersion,
    WhoseApplication,
)
from obshto.modules.eservices.models import Case, Draft, PowerOfAttorney
from obshto.modules.eservices.services.attachments import forget_papers
from obshto.modules.eservices.services.catalogue import Service
from obshto.modules.eservices.services.codes import code_of, index_of, opened_by_code
from obshto.modules.eservices.services.definitions import Definition
from obshto.modules.eservices.services.offers import is_online, offer_of
from obshto.modules.eservices.services.powers.use import represent
from obshto.modules.eservices.services.prefill import known_answers
from obshto.modules.eservices.settings import ServicesSettings
from obshto.platform.cases.channels import PORTAL
from obshto.platform.cases.codes import digits
from obshto.platform.clock import SOFIA
from obshto.platform.db.base import new_id
from obshto.platform.entity import create_once, expect_version
from obshto.platform.questionnaires.questions import QuestionPage
from obshto.platform.settings.services import settings_of
from obshto.platform.unit_of_work import UnitOfWork


def start_draft(
    uow: UnitOfWork,
    service: Service,
    *,
    request_id: UUID,
    known: Mapping[str, str] | None = None,
    renews_id: UUID | None = None,
    power: PowerOfAttorney | None = None,
) -> str:
    """Begin; the answer is where it is found: its id for who is signed in, its code for the rest.

    The same `request_id` again finds the first draft, or by its code the case that it became.
    What is `known` stands in it, else what the person's last application said; under a `power` of
    attorney who gave that. Raises NotOffered.
    """
    definition = service.definition
    if definition is None or not is_online(service, offer_of(uow, service.key)):
        raise NotOffered
    code = None if uow.principal.is_known else code_of(request_id)
    if code and _is_sent(uow, code):  # a late copy of the form that began it
        return code
    draft = new_draft(uow, definition, request_id=_of_this_person(uow, request_id))
    draft.person_id = uow.principal.person_id
    draft.code_index = index_of(code) if code else None
    draft.renews_id = renews_id
    if known is None and draft.person_id and power is None:
        known = known_answers(uow, definition, draft.person_id)
    if known:
        draft.keep(known)
        draft.prefilled = list(known)
    if power:
        represent(draft, definition, power)
    kept = add_draft(uow, draft)
    return code or str(kept.id)


def new_draft(uow: UnitOfWork, definition: Definition, *, request_id: UUID) -> Draft:
    """An empty one that is nobody's yet and is kept nowhere."""
    draft = Draft(
        id=new_id(),
        request_id=request_id,
        service=definition.service,
        definition_version=definition.version,
        channel=PORTAL,
        entered_by="",
        page=definition.pages[0].id,
        prefilled=[],
        saved_at=uow.now,
    )
    draft.keep({})
    return draft


def draft_at(uow: UnitOfWork, ref: str, *, to_change: bool = False) -> Draft:
    """The draft with this id, of who is signed in, or with this code.

    Raises NoSuchApplication, WhoseApplication.
    """
    wanted = select(Draft).where(*found_by(uow, ref))
    draft = uow.session.scalar(wanted.with_for_update() if to_change else wanted)
    if draft is None:
        raise NoSuchApplication
    return draft


def found_by(uow: UnitOfWork, ref: str) -> tuple[ColumnElement[bool], ...]:
    """How a row is found: an id counts only for its person, a code as long as no other has it."""
    try:
        return (Draft.id == UUID(ref), Draft.person_id == _me(uow))
    except ValueError:
        return opened_by_code(uow, Draft, digits(ref))


def keep_in_account(uow: UnitOfWork, ref: str) -> Draft:
    """From now on it is in the account of who is signed in, and its code opens it to nobody else.

    Twice is once. Raises NoSuchApplication.
    """
    draft = draft_at(uow, ref, to_change=True)
    draft.person_id = _me(uow)
    return draft


def drafts_of(person_id: UUID) -> Select[Draft]:
    """What a person began and has not sent, last saved first."""
    return select(Draft).where(Draft.person_id == person_id).order_by(Draft.saved_at.desc())


def kept_until(uow: UnitOfWork, draft: Draft) -> date:
    """The day until which it waits."""
    days = settings_of(uow, "eservices", ServicesSettings).draft_days
    return (draft.saved_at.astimezone(SOFIA) + timedelta(days=days)).date()


def state_of(answers: Mapping[str, str], page: QuestionPage) -> int:
    """A number for what stands on a page: a form says which it saw, so that no late copy wins."""
    told = json.dumps([[name, answers.get(name)] for name in page.fields])
    return zlib.crc32(told.encode())


def save_page(
    uow: UnitOfWork,
    draft: Draft,
    page: QuestionPage,
    typed: Mapping[str, str],
    *,
    expected_version: int,
) -> dict[str, str]:
    """Keep the answers of one page; answers all of them. Raises StaleVersion.

    Nothing is done where the page stands so already.
    """
    answers = draft.read()
    wanted = {**answers, **{name: typed.get(name, "") for name in page.fields}}
    wanted = {name: answer for name, answer in wanted.items() if answer}
    if set(draft.prefilled) & set(page.fields):  # somebody looked at them
        draft.prefilled = [name for name in draft.prefilled if name not in page.fields]
    if wanted == answers:
        return answers
    if state_of(answers, page) != expected_version:
        raise StaleVersion
    draft.keep(wanted)
    draft.page, draft.saved_at = page.id, uow.now
    return wanted


def choose_speed(draft: Draft, speed: str, *, expected_version: int) -> None:
    """How fast it shall go. Raises StaleVersion."""
    if draft.speed == speed:
        return
    expect_version(draft, expected_version, StaleVersion)
    draft.speed = speed


def discard_draft(uow: UnitOfWork, draft: Draft, *, expected_version: int) -> None:
    """Gone at once, nothing is kept. Raises StaleVersion."""
    expect_version(draft, expected_version, StaleVersion)
    forget_papers(uow, drafts=[draft.id])
    uow.session.delete(draft)


def sweep_drafts(uow: UnitOfWork) -> None:
    """Job: what nobody touched for the days that the municipality set is gone."""
    days = settings_of(uow, "eservices", ServicesSettings).draft_days
    old = select(Draft.id).where(Draft.saved_at < uow.now - timedelta(days=days))
    ids = uow.session.scalars(old.with_for_update(skip_locked=True)).all()
    forget_papers(uow, drafts=ids)
    uow.session.execute(delete(Draft).where(Draft.id.in_(ids)))


def add_draft(uow: UnitOfWork, draft: Draft) -> Draft:
    """Keep it; where the same request came before, the first one is answered."""
    if (first := create_once(uow, draft)) is not draft:
        return first
    return draft


def _of_this_person(uow: UnitOfWork, request_id: UUID) -> UUID:
    """Who signs in on the page that is open already begins anew: a draft never changes hands."""
    person_id = uow.principal.person_id
    return uuid5(request_id, person_id.hex) if person_id else request_id


def _is_sent(uow: UnitOfWork, code: str) -> bool:
    sent = select(Case.id).where(Case.code_index == index_of(code))
    return uow.session.scalar(sent) is not None


def _me(uow: UnitOfWork) -> UUID:
    if uow.principal.person_id is None:
        raise WhoseApplication
    return uow.principal.person_id
