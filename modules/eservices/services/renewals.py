"""Renewal: a right that ends is told of in time, and asked for again with what is known.

АПК чл. 18а, ал. 12–13: whoever holds a right with a term is told that it ends at the latest one
month before, where an electronic address is known. The rest is told by staff.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import Exists, Select, exists, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import load_only

from obshto.modules.eservices.errors import NoSuchApplication, NotRenewable, StaleVersion
from obshto.modules.eservices.events import ExpiryNears, ExpiryTold
from obshto.modules.eservices.models import Case, ExpiryNotice, IssuedDocument
from obshto.modules.eservices.models.expiry import BY_STAFF, LETTER, NOBODY
from obshto.modules.eservices.services.case_queries import document_of, reach_of
from obshto.modules.eservices.services.catalogue import Service, services
from obshto.modules.eservices.services.definitions import (
    Definition,
    RenewalRule,
    renewal_rules,
)
from obshto.modules.eservices.services.departments import within_limits
from obshto.modules.eservices.services.drafts import start_draft
from obshto.modules.eservices.services.offers import is_online, offer_of
from obshto.modules.eservices.services.own_services import definition_behind
from obshto.modules.eservices.services.powers.queries import power_of
from obshto.modules.eservices.services.states import CLOSED, REFUSED, WITHDRAWN
from obshto.platform import soft_delete
from obshto.platform.clock import day_of
from obshto.platform.datasets.common_columns import day_in_sofia
from obshto.platform.entity import expect_version
from obshto.platform.questionnaires.answers import counting, missing
from obshto.platform.unit_of_work import UnitOfWork

# A letter goes out two weeks before the law's month: post and holidays lie between.
TOLD = timedelta(days=45)
# What lasts shorter, such as a stall at a fair, nobody is reminded of.
LASTING = 90
AT_ONCE = 500
# How long after its last day a document still stands in the lists.
LAPSED = timedelta(days=180)
# Of a case in a list: its number and its service, nothing that a person wrote.
NUMBER = load_only(
    Case.id, Case.year, Case.sequence, Case.service, Case.sent_at, Case.person_id, Case.renews_id
)
Known = Mapping[str, Service]
# An application that led to nothing: the same right may be asked for once more.
IN_VAIN = (REFUSED, WITHDRAWN, CLOSED)
LISTS = ("soon", "untold", "lapsed", "renewed")
_LATER = Case.__table__.alias("later")  # once: its forty columns take a millisecond


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    """A document whose right ends, the case that it came of, what may be done about it."""

    document: IssuedDocument
    case: Case
    service: Service
    rule: RenewalRule
    opens_on: date
    next_case: Case | None
    is_online: bool


def watch_expiry(uow: UnitOfWork) -> None:
    """Job: one letter for each document that ends soon; whom nothing reaches, staff see."""
    today = day_of(uow.now)
    due = _lasting(uow).where(
        IssuedDocument.valid_until.between(today, today + TOLD), ~_is_told(), ~_is_followed()
    )
    documents = uow.session.scalars(due.limit(AT_ONCE)).all()
    of = select(Case).where(Case.id.in_([document.case_id for document in documents]))
    cases = {case.id: case for case in uow.session.scalars(of)}
    for document in documents:
        case = cases[document.case_id]
        reached = case.person_id or (reach_of(case) or {}).get("email")
        row = {"document_id": document.id, "way": LETTER if reached else NOBODY, "told_by": ""}
        told = insert(ExpiryNotice).values(**row, told_at=uow.now if reached else None)
        once = told.on_conflict_do_nothing().returning(ExpiryNotice.document_id)
        if uow.session.scalar(once) and reached:
            uow.emit(ExpiryNears(subject_id=case.id, number=case.number, service=case.service))


def note_told(uow: UnitOfWork, document_id: UUID, *, expected_version: int) -> None:
    """Staff told the holder. Twice is once. Raises NoSuchApplication, StaleVersion."""
    row = uow.session.get(ExpiryNotice, document_id, with_for_update=True)
    of = select(Case).join(IssuedDocument).where(IssuedDocument.id == document_id)
    case = uow.session.scalar(of.where(*within_limits(uow)).options(NUMBER))
    if row is None or case is None:
        raise NoSuchApplication
    if row.way == BY_STAFF:
        return
    expect_version(row, expected_version, StaleVersion)
    row.way, row.told_at = BY_STAFF, uow.now
    row.told_by_id, row.told_by = uow.principal.person_id, uow.principal.name
    uow.emit(ExpiryTold(subject_id=case.id, number=case.number, service=case.service))


def expiring(
    uow: UnitOfWork, name: str, service: str = "", *, known: Known | None = None
) -> Select[IssuedDocument]:
    """The documents of a list (`LISTS`), what ends first stands first. `known`: all services."""
    today = day_of(uow.now)
    ends, rows = IssuedDocument.valid_until, _lasting(uow, known).where(*within_limits(uow))
    if name == "renewed":
        rows = rows.where(_is_followed(), ends >= today - LAPSED)
    elif name == "lapsed":
        rows = rows.where(~_is_followed(), ends < today, ends >= today - LAPSED)
    elif name == "untold":
        rows = rows.where(~_is_followed(), ends >= today, _is_untold())
    else:
        rows = rows.where(~_is_followed(), ends.between(today, today + 2 * TOLD))
    return rows.where(Case.service == service) if service else rows


def untold(uow: UnitOfWork) -> Select[UUID]:
    """Those whose holder staff must tell: no address is known."""
    return expiring(uow, "untold").with_only_columns(IssuedDocument.id)


def counts(uow: UnitOfWork, known: Known) -> dict[str, int]:
    """How many stand in each list. One query."""
    lists = {name: expiring(uow, name, known=known) for name in LISTS}
    return soft_delete.counts(uow, lists)


def cases_of(uow: UnitOfWork, documents: Sequence[IssuedDocument]) -> dict[UUID, Case]:
    """The cases that these came of."""
    rows = select(Case).where(Case.id.in_([document.case_id for document in documents]))
    rows = rows.options(NUMBER)
    return {case.id: case for case in uow.session.scalars(rows)}


def notices_of(uow: UnitOfWork, documents: list[UUID]) -> dict[UUID, ExpiryNotice]:
    """How the holders of these were told."""
    rows = select(ExpiryNotice).where(ExpiryNotice.document_id.in_(documents))
    return {row.document_id: row for row in uow.session.scalars(rows)}


def followers_of(uow: UnitOfWork, documents: list[UUID]) -> dict[UUID, Case]:
    """The application that asks for each of these again, the last one."""
    asked = Case.renews_id.in_(documents), Case.state.not_in(IN_VAIN)
    rows = select(Case).where(*asked).order_by(Case.sent_at).options(NUMBER)
    return {case.renews_id: case for case in uow.session.scalars(rows) if case.renews_id}


def ending_rights(uow: UnitOfWork, person_id: UUID) -> Sequence[IssuedDocument]:
    """A person's documents that end soon or ended lately and are not asked for again."""
    today = day_of(uow.now)
    ends = IssuedDocument.valid_until.between(today - LAPSED, today + 2 * TOLD)
    rows = _lasting(uow).where(Case.person_id == person_id, ends, ~_is_followed())
    return uow.session.scalars(rows.limit(20)).all()


def right_of(uow: UnitOfWork, case: Case) -> Right:
    """What may be asked for again out of this case. Raises NotRenewable."""
    service, document = services(uow).get(case.service), document_of(uow, case)
    rule = rule_of(service)
    is_right = document and document.valid_until and not document.is_refusal
    if not (service and rule and is_right) or case.is_emptied:
        raise NotRenewable
    assert document and document.valid_until
    return Right(
        document=document,
        case=case,
        service=service,
        rule=rule,
        opens_on=document.valid_until - timedelta(days=rule.opens_days),
        next_case=followers_of(uow, [document.id]).get(document.id),
        is_online=is_online(service, offer_of(uow, case.service)),
    )


def renewal_of(uow: UnitOfWork, case: Case) -> Right | None:
    """The same, or nothing."""
    try:
        return right_of(uow, case)
    except NotRenewable:
        return None


def rule_of(service: Service | None) -> RenewalRule | None:
    """By which rule what this service issues is renewed; None where it is not."""
    if service is None or service.definition is None:
        return None
    return service.definition.renewal or renewal_rules().get(service.key)


def start_renewal(uow: UnitOfWork, right: Right, *, request_id: UUID) -> str:
    """Begin a draft with what is known; answers its id or code, as `start_draft` does.

    Raises NotRenewable before its day, or where it is asked for already; NotOffered.
    """
    if day_of(uow.now) < right.opens_on or right.next_case:
        raise NotRenewable
    known, power_id = carried_answers(right), right.case.power_id
    return start_draft(
        uow,
        right.service,
        request_id=request_id,
        known=known,
        renews_id=right.document.id,
        power=power_of(uow, power_id) if power_id else None,
    )


def carried_answers(right: Right) -> dict[str, str]:
    """Answers of the case that still fit: to the same question, and not to be given anew.

    A declaration is made each time; a file of then is not one of now.
    """
    before, now = definition_behind(right.case), right.service.definition
    assert now
    answers = counting(before.questions, right.case.read())
    return {
        name: answers[name]
        for name, question in now.questions.items()
        if answers.get(name)
        and before.questions.get(name) == question
        and name not in right.rule.again
        and not question.is_declaration
    }


def asked_again(right: Right, language: str) -> list[str]:
    """The pages with questions that are asked anew, by their titles."""
    now = right.service.definition
    assert now
    anew = {
        name
        for name, question in now.questions.items()
        if name in right.rule.again or question.is_declaration
    }
    return [page.title[language] for page in now.pages if anew & set(page.fields)]


def first_page(definition: Definition, answers: Mapping[str, str]) -> str:
    """The first page with something that must still be answered; the first one where none."""
    needed = {question.id for question in missing(definition.questions, answers)}
    pages = (page for page in definition.pages if needed.intersection(page.fields))
    return next(pages, definition.pages[0]).id


def _lasting(uow: UnitOfWork, known: Known | None = None) -> Select[IssuedDocument]:
    """Documents of services that are renewed, which last long enough to be told of."""
    known = services(uow) if known is None else known
    keys = [key for key, service in known.items() if rule_of(service)]
    ends = IssuedDocument.valid_until
    return (
        select(IssuedDocument)
        .join(Case, Case.id == IssuedDocument.case_id)
        .where(
            Case.service.in_(keys),
            Case.is_emptied.is_(False),
            IssuedDocument.is_refusal.is_(False),
            IssuedDocument.replaced_at.is_(None),
            ends - day_in_sofia(IssuedDocument.issued_at) >= LASTING,
        )
        .order_by(ends, IssuedDocument.id)
    )


def _is_told() -> Exists:
    return exists().where(ExpiryNotice.document_id == IssuedDocument.id)


def _is_untold() -> Exists:
    return _is_told().where(ExpiryNotice.way == NOBODY)


def _is_followed() -> Exists:
    renews = _LATER.c.renews_id == IssuedDocument.id
    return exists().where(renews, _LATER.c.state.not_in(IN_VAIN))
