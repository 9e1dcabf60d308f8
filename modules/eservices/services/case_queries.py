"""Reading cases: of a person, of the staff, and what may be known of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select, true
from sqlalchemy.orm import defer

from obshto.modules.eservices.errors import NoSuchApplication, WhoseApplication
from obshto.modules.eservices.models import Case, Fee, IssuedDocument, Proposal, Step
from obshto.modules.eservices.services import access_log
from obshto.modules.eservices.services.answers import rule_for
from obshto.modules.eservices.services.codes import opened_by_code
from obshto.modules.eservices.services.departments import HANDLE, within_limits
from obshto.modules.eservices.services.own_services import definition_behind
from obshto.modules.eservices.services.prices import extended, promised
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
from obshto.platform.cases.channels import COUNTER, PORTAL
from obshto.platform.cases.codes import digits
from obshto.platform.cases.queue import Order, sorted_by
from obshto.platform.clock import day_of
from obshto.platform.legal.terms import Term, term
from obshto.platform.notify.sms.phones import read_number
from obshto.platform.notify.sms.short_codes import sends_sms
from obshto.platform.purposes.models import RecordedLook
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.api import holders_of_permission

LISTS = ("new", "mine", "work", "asked", "sign", "late", "hand", "done")
ALL = "all"  # every list at once: what a search begins with
ENDED = ("hand", "done")  # lists in which nothing can be taken or handed over
OF_SERVICE = "of-service"  # what is left of a list when a service was chosen; no list of its own


SORTS: Mapping[str, Order] = {
    "sent": (Case.sent_at.desc(), Case.id),
    "service": (Case.service, Case.due_on.asc().nulls_last(), Case.id),
    "owner": (Case.assignee, Case.due_on.asc().nulls_last(), Case.id),
}
DECIDED, BY_HAND = (ISSUED, REFUSED), ("office", "post")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a clerk looks for in the queue: a list, a service, the number of a case, a person.

    `person` and `words` are keyed indexes in hex: they may stand in an address. `services` are
    those whose title has the words that were typed: a case is found by either.
    """

    list: str = "new"
    service: str = ""
    number: str = ""
    person: str = ""
    words: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    sort: str = ""  # a word of `SORTS`

    @property
    def is_whole_list(self) -> bool:
        return not (self.service or self.is_search)

    @property
    def is_search(self) -> bool:
        """Whether words were typed; then every list says how many it holds."""
        return bool(self.number or self.person or self.words or self.services)

    @property
    def total(self) -> str:
        """Which of `counts_of_lists` says how many rows there are over all pages."""
        is_counted = self.is_whole_list or (self.is_search and not self.service)
        return self.list if is_counted else OF_SERVICE


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
    """For staff, of a service that they work on; `to_change` makes others wait.

    Raises NoSuchApplication. Who sent it is read only where it is asked for.
    """
    return _locked(uow, select(Case).where(Case.id == case_id, *within_limits(uow)), to_change)


def case_of_any(uow: UnitOfWork, case_id: UUID, *, to_change: bool = False) -> Case:
    """The same of whichever service, for who asks by another right. Raises NoSuchApplication."""
    return _locked(uow, select(Case).where(Case.id == case_id), to_change)


def _locked(uow: UnitOfWork, wanted: Select[Case], to_change: bool) -> Case:
    wanted = wanted.options(defer(Case.applicant))
    case = uow.session.scalar(wanted.with_for_update() if to_change else wanted)
    if case is None:
        raise NoSuchApplication
    return case


def expect_case(uow: UnitOfWork, case_id: UUID) -> tuple[str, str]:
    """Service and receiver of a case that staff work on; nothing else is read.

    Raises NoSuchApplication.
    """
    wanted = select(Case.service, Case.goes_to).where(Case.id == case_id, *within_limits(uow))
    found = uow.session.execute(wanted).first()
    if found is None:
        raise NoSuchApplication
    return found.service, found.goes_to


def cases_of(person_id: UUID) -> Select[Case]:
    """What a person sent, newest first."""
    return select(Case).where(Case.person_id == person_id).order_by(Case.sent_at.desc(), Case.id)


def queue(uow: UnitOfWork, wanted: Wanted, *, today: date) -> Select[Case]:
    """The queue by deadline: what is due first stands first; what is done, newest first."""
    unshown = defer(Case.applicant)  # what no list shows is not decrypted for one
    parts = *_of_list(uow, wanted.list, today), *_found(wanted)
    rows = select(Case).options(unshown).where(*parts, *within_limits(uow))
    if wanted.list == "done":
        rows = rows.order_by(Case.ended_at.desc(), Case.id)
    else:
        rows = rows.order_by(Case.due_on.asc().nulls_last(), Case.id)
    return sorted_by(rows, wanted.sort, SORTS)


def queue_rows(
    uow: UnitOfWork, wanted: Wanted, *, today: date
) -> Select[Case, Fee | None, str | None, Sequence[UUID]]:
    """The queue with what stands beside each: its fee, who sent one's own, ids of who may act."""
    able = func.array_agg(holders_of_permission(HANDLE).subquery().c.person_id)
    rows = queue(uow, wanted, today=today).outerjoin(Fee, Fee.case_id == Case.id)
    return rows.add_columns(Fee, access_log.own_name(uow), select(able).scalar_subquery())


def counts_of_lists(uow: UnitOfWork, wanted: Wanted, *, today: date) -> Select[*tuple[int, ...]]:
    """How many each list holds, by its word, of what is looked for where it is; `wanted.total` is
    among them. The table is read once.
    """
    names = (*LISTS, ALL) if wanted.is_search or wanted.list == ALL else LISTS
    lists = {name: _of_list(uow, name, today) for name in names}
    if wanted.total not in lists:
        lists[wanted.total] = (*_of_list(uow, wanted.list, today), *_found(wanted))
    numbers = [_number_within(parts).label(name) for name, parts in lists.items()]
    looked_for = _found(wanted) if wanted.is_search else ()
    return select(*numbers).select_from(Case).where(*looked_for, *within_limits(uow))


def _number_within(parts: Sequence[ColumnElement[bool]]) -> ColumnElement[int]:
    return func.count().filter(*parts or (true(),))


def _found(wanted: Wanted) -> tuple[ColumnElement[bool], ...]:
    """What narrows a list: nothing where it is looked at whole."""
    found: list[ColumnElement[bool]] = []
    if wanted.service:
        found.append(Case.service == wanted.service)
    if wanted.number:
        found.append(_is_numbered(wanted.number))
    if wanted.person:
        found.append(Case.number_index == bytes.fromhex(wanted.person))
    if wanted.words or wanted.services:
        by_words = Case.search_words.contains(list(wanted.words)) if wanted.words else false()
        found.append(or_(by_words, Case.service.in_(wanted.services)))
    return tuple(found)


def steps_of(uow: UnitOfWork, case: Case, *, for_staff: bool) -> Sequence[Step]:
    """What happened, in its order; a person is not told the notes of the staff."""
    wanted = select(Step).where(Step.case_id == case.id)
    wanted = wanted if for_staff else wanted.where(Step.is_internal.is_(False))
    return uow.session.scalars(wanted.order_by(Step.at, Step.id)).all()


def looks_at(uow: UnitOfWork, case: Case) -> Sequence[RecordedLook]:
    """Who looked at it and what for, the last fifty."""
    return uow.session.scalars(access_log.looks_at(case.id).limit(50)).all()


def document_of(uow: UnitOfWork, case: Case) -> IssuedDocument | None:
    """What was issued, or the refusal; of a corrected one the last."""
    rows = select(IssuedDocument).where(IssuedDocument.case_id == case.id)
    return uow.session.scalar(rows.where(IssuedDocument.replaced_at.is_(None)))


def documents_of(uow: UnitOfWork, case: Case) -> tuple[IssuedDocument | None, list[IssuedDocument]]:
    """The one in force, and those whose place a corrected one took, the last first. One query."""
    rows = select(IssuedDocument).where(IssuedDocument.case_id == case.id)
    found = uow.session.scalars(rows.order_by(IssuedDocument.issued_at.desc())).all()
    current = next((one for one in found if not one.is_replaced), None)
    return current, [one for one in found if one.is_replaced]


def reach_of(case: Case) -> Mapping[str, str] | None:
    """Phone and e-mail as the person wrote them, where there is no profile to write to.

    None where the person has a profile: then each news goes there.
    """
    if case.person_id:
        return None
    answers = case.read()
    return {name: answers[name] for name in ("phone", "email") if answers.get(name)}


def is_told_by_sms(uow: UnitOfWork, case: Case) -> bool:
    """Whether its receipt goes to a mobile phone: no profile, no e-mail."""
    reach = reach_of(case)
    if not reach or reach.get("email"):
        return False
    return bool(read_number(reach.get("phone", ""))) and sends_sms(uow)


def term_of(case: Case) -> Term:
    """The term that runs, or ran, with its reasons."""
    return _term_by(case, rule_for(definition_behind(case), case.read()))


def term_unread(case: Case) -> Term | None:
    """The same where it follows from the service alone; None where an answer decides of it."""
    rules = definition_behind(case).terms
    return _term_by(case, rules[0].rule) if len(rules) == 1 else None


def cure_of(case: Case, steps: Sequence[Step]) -> Term | None:
    """Until when what is missing is given, counted from service; None where none waits.

    A request from before the day of service was kept is counted from the day it was made.
    """
    asked = [step for step in steps if step.name == ASK.name]
    if case.cure_until is None or not asked:
        return None
    served_on = case.served_on or day_of(asked[-1].at)
    return term(procedure_of(case)["cure"], starts_on=served_on)


def asked_on(case: Case, steps: Sequence[Step]) -> date | None:
    """The day of the request that waits for service; None where none does."""
    if case.state != ASKED or case.cure_until is not None:
        return None
    return day_of(next(step.at for step in reversed(steps) if step.name == ASK.name))


def appeal_of_silence(case: Case) -> Term | None:
    """Until when silence is appealed, by the law of the case; None while there is no term.

    АПК чл. 84, ал. 2, чл. 149, ал. 2: two months, six where the start was not announced; ДОПК
    чл. 91-94: fourteen days.
    """
    if case.due_on is None:
        return None
    rule = "silence_appeal" if start_was_announced(case) else "silence_appeal_untold"
    return term(procedure_of(case)[rule], starts_on=case.due_on)


def start_was_announced(case: Case) -> bool:
    """Whether the person was told that the procedure began (АПК чл. 26, ал. 1).

    The portal tells who applies there, the counter hands over a receipt; of what came by post or
    by phone only who has a profile or an e-mail was written to.
    """
    if case.channel in (PORTAL, COUNTER) or case.person_id:
        return True
    return bool(case.read().get("email"))


def is_late(case: Case, today: date) -> bool:
    """Whether the term has passed while the clock was running."""
    return case.state in RUNNING and case.due_on is not None and case.due_on < today


def _term_by(case: Case, rule: str) -> Term:
    base = promised(
        rule,
        starts_on=case.starts_on,
        speed=case.speed,
        days=case.speed_days,
    )
    return extended(case.extension, base) if case.extension else base


def _of_list(uow: UnitOfWork, name: str, today: date) -> tuple[ColumnElement[bool], ...]:
    """Which cases stand in a list, of those that whoever works here sees."""
    if name == "mine":
        return Case.state.in_(OPEN), Case.assignee_id == uow.principal.person_id
    if name == "late":
        return Case.state.in_(RUNNING), Case.due_on < today
    return _STEADY_LISTS[name]


def _is_corrected() -> ColumnElement[bool]:
    """Whether a correction of its document waits for a signature."""
    return exists().where(Proposal.id == Case.id, Proposal.is_correction)


_STEADY_LISTS: Mapping[str, tuple[ColumnElement[bool], ...]] = {  # whoever asks, on whatever day
    ALL: (),
    "new": (Case.state == SENT,),
    "work": (Case.state == IN_WORK,),
    "asked": (Case.state == ASKED,),
    "sign": (or_(Case.state == SIGNING, _is_corrected()),),
    "hand": (Case.state.in_(DECIDED), Case.delivery.in_(BY_HAND), Case.handed_at.is_(None)),
    "done": (Case.state.not_in(OPEN),),
}


def is_entry_number(text: str) -> bool:
    """Whether it reads like 2026-00412."""
    parts = text.split("-")
    return len(parts) == 2 and all(
        part.isascii() and part.isdigit() and len(part) < 9 for part in parts
    )


def _is_numbered(number: str) -> ColumnElement[bool]:
    if number.isascii() and number.isdigit() and len(number) < 9:
        return Case.sequence == int(number)  # of whichever year
    if not is_entry_number(number):
        return false()
    year, _, sequence = number.partition("-")
    return and_(Case.year == int(year), Case.sequence == int(sequence))


def _own(uow: UnitOfWork, ref: str) -> tuple[ColumnElement[bool], ...]:
    try:
        case_id = UUID(ref)
    except ValueError:
        return opened_by_code(uow, Case, digits(ref))
    if uow.principal.person_id is None:
        raise WhoseApplication
    return (Case.id == case_id, Case.person_id == uow.principal.person_id)
