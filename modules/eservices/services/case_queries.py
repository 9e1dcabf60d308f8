"""Reading cases: of a person, of the staff, and what may be known of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, false, select

from obshto.modules.eservices.errors import NoSuchApplication, WhoseApplication
from obshto.modules.eservices.models import Case, IssuedDocument, Look, Step
from obshto.modules.eservices.services.answers import rule_for
from obshto.modules.eservices.services.codes import digits, opened_by_code
from obshto.modules.eservices.services.control import seen_by
from obshto.modules.eservices.services.definitions import Definition
from obshto.modules.eservices.services.prices import extended, promised
from obshto.modules.eservices.services.publication import definition_of
from obshto.modules.eservices.services.states import (
    ASK,
    ASKED,
    IN_WORK,
    ISSUED,
    OPEN,
    REFUSED,
    RUNNING,
    SENT,
    SIGNING,
    procedure_of,
)
from obshto.modules.eservices.services.terms import Term, day_of, term
from obshto.platform import soft_delete
from obshto.platform.unit_of_work import UnitOfWork

LISTS = ("new", "mine", "work", "asked", "sign", "late", "hand", "done")


DECIDED, BY_HAND = (ISSUED, REFUSED), ("office", "post")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a clerk looks for in the queue: a list, a service, the number of a case, a person.

    `person` is the keyed index of a person's number, in hex: it may stand in an address.
    """

    list: str = "new"
    service: str = ""
    number: str = ""
    person: str = ""

    @property
    def is_whole_list(self) -> bool:
        return not (self.service or self.number or self.person)


def case_at(uow: UnitOfWork, ref: str, *, to_change: bool = False) -> Case:
    """A person's own case, by its id when signed in or by its code.

    Raises NoSuchApplication, WhoseApplication.
    """
    wanted = select(Case).where(*_own(uow, ref))
    case = uow.session.scalar(wanted.with_for_update() if to_change else wanted)
    if case is None:
        raise NoSuchApplication
    return case


def case_of(uow: UnitOfWork, case_id: UUID, *, to_change: bool = False) -> Case:
    """For staff; `to_change` makes others wait. Raises NoSuchApplication."""
    wanted = select(Case).where(Case.id == case_id)
    case = uow.session.scalar(wanted.with_for_update() if to_change else wanted)
    if case is None:
        raise NoSuchApplication
    return case


def cases_of(person_id: UUID) -> Select[Case]:
    """What a person sent, newest first."""
    return select(Case).where(Case.person_id == person_id).order_by(Case.sent_at.desc(), Case.id)


def queue(uow: UnitOfWork, wanted: Wanted, *, today: date) -> Select[Case]:
    """The queue by deadline: what is due first stands first; what is done, newest first."""
    rows = _listed(uow, wanted.list, today)
    if wanted.service:
        rows = rows.where(Case.service == wanted.service)
    if wanted.number:
        rows = _numbered(rows, wanted.number)
    if wanted.person:
        rows = rows.where(Case.number_index == bytes.fromhex(wanted.person))
    if wanted.list == "done":
        return rows.order_by(Case.ended_at.desc(), Case.id)
    return rows.order_by(Case.due_on.asc().nulls_last(), Case.id)


def counts(uow: UnitOfWork, *, today: date) -> dict[str, int]:
    """How many stand in each list. One query."""
    return soft_delete.counts(uow, {name: _listed(uow, name, today) for name in LISTS})


def steps_of(uow: UnitOfWork, case: Case, *, for_staff: bool) -> Sequence[Step]:
    """What happened, in its order; a person is not told the notes of the staff."""
    wanted = select(Step).where(Step.case_id == case.id)
    wanted = wanted if for_staff else wanted.where(Step.is_internal.is_(False))
    return uow.session.scalars(wanted.order_by(Step.at, Step.id)).all()


def looks_at(uow: UnitOfWork, case: Case) -> Sequence[Look]:
    """Who looked at it and what for, the last fifty."""
    wanted = select(Look).where(Look.case_id == case.id).order_by(Look.at.desc()).limit(50)
    return uow.session.scalars(wanted).all()


def document_of(uow: UnitOfWork, case: Case) -> IssuedDocument | None:
    """What was issued, or the refusal."""
    return uow.session.scalar(select(IssuedDocument).where(IssuedDocument.case_id == case.id))


def definition_behind_case(case: Case) -> Definition:
    """The version that it was sent with: a newer one never changes it."""
    return definition_of(case.service, case.definition_version)


def reach_of(case: Case) -> Mapping[str, str] | None:
    """Phone and e-mail as the person wrote them, where there is no profile to write to.

    None where the person has a profile: then each news goes there.
    """
    if case.person_id:
        return None
    answers = case.read()
    return {name: answers[name] for name in ("phone", "email") if answers.get(name)}


def term_of(case: Case) -> Term:
    """The term that runs, or ran, with its reasons."""
    base = promised(
        rule_for(definition_behind_case(case), case.read()),
        starts_on=case.starts_on,
        speed=case.speed,
        days=case.speed_days,
    )
    return extended(case.extension, base) if case.extension else base


def cure_of(case: Case, steps: Sequence[Step]) -> Term | None:
    """Until when what is missing is given, counted from the last request; None where none waits."""
    asked = [step for step in steps if step.name == ASK.name]
    if case.cure_until is None or not asked:
        return None
    return term(procedure_of(case)["cure"], starts_on=day_of(asked[-1].at))


def appeal_of_silence(case: Case) -> Term | None:
    """Until when silence is appealed, by the law of the case; None while there is no term.

    АПК чл. 84, ал. 2, чл. 149, ал. 2: two months; ДОПК чл. 91-94: fourteen days.
    """
    if case.due_on is None:
        return None
    return term(procedure_of(case)["silence_appeal"], starts_on=case.due_on)


def is_late(case: Case, today: date) -> bool:
    """Whether the term has passed while the clock was running."""
    return case.state in RUNNING and case.due_on is not None and case.due_on < today


def _listed(uow: UnitOfWork, name: str, today: date) -> Select[Case]:
    rows = select(Case).where(seen_by(uow))
    if name == "new":
        return rows.where(Case.state == SENT)
    if name == "mine":
        mine = Case.assignee_id == uow.principal.person_id
        return rows.where(Case.state.in_(OPEN), mine)
    if name == "work":
        return rows.where(Case.state == IN_WORK)
    if name == "asked":
        return rows.where(Case.state == ASKED)
    if name == "late":
        return rows.where(Case.state.in_(RUNNING), Case.due_on < today)
    if name == "sign":
        return rows.where(Case.state == SIGNING)
    if name == "hand":
        by_hand = Case.delivery.in_(BY_HAND)
        return rows.where(Case.state.in_(DECIDED), by_hand, Case.handed_at.is_(None))
    return rows.where(Case.state.not_in(OPEN))


def is_entry_number(text: str) -> bool:
    """Whether it reads like 2026-00412."""
    parts = text.split("-")
    return len(parts) == 2 and all(
        part.isascii() and part.isdigit() and len(part) < 9 for part in parts
    )


def _numbered(rows: Select[Case], number: str) -> Select[Case]:
    if not is_entry_number(number):
        return rows.where(false())
    year, _, sequence = number.partition("-")
    return rows.where(Case.year == int(year), Case.sequence == int(sequence))


def _own(uow: UnitOfWork, ref: str) -> tuple[ColumnElement[bool], ...]:
    try:
        case_id = UUID(ref)
    except ValueError:
        return opened_by_code(uow, Case, digits(ref))
    if uow.principal.person_id is None:
        raise WhoseApplication
    return (Case.id == case_id, Case.person_id == uow.principal.person_id)
