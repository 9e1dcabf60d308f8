"""Sending: a draft becomes an application, once, under the next entry number."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from obshto.modules.eservices.errors import (
    NoSuchApplication,
    NotOffered,
    StaleVersion,
    StillMissing,
    WhoseApplication,
)
from obshto.modules.eservices.models import Case, Draft, Offer, PowerOfAttorney
from obshto.modules.eservices.models.designed import TRIAL
from obshto.modules.eservices.services.answers import fee_due, rule_for
from obshto.modules.eservices.services.attachments import carry_over
from obshto.modules.eservices.services.case_queries import case_at
from obshto.modules.eservices.services.catalogue import service_of
from obshto.modules.eservices.services.codes import applicant_index
from obshto.modules.eservices.services.definitions import Definition
from obshto.modules.eservices.services.destinations import destination_of
from obshto.modules.eservices.services.drafts import draft_at
from obshto.modules.eservices.services.fees import ask_fee
from obshto.modules.eservices.services.numbers import ENTRY, next_number
from obshto.modules.eservices.services.offers import offer_of
from obshto.modules.eservices.services.own_services import definition_behind
from obshto.modules.eservices.services.powers.use import power_to_send
from obshto.modules.eservices.services.prices import price_for, promised
from obshto.modules.eservices.services.search_words import search_words
from obshto.modules.eservices.services.states import SEND, SENT, add_step, procedure_of, record
from obshto.platform.db.base import new_id
from obshto.platform.entity import expect_version
from obshto.platform.legal.terms import received_on
from obshto.platform.questionnaires.answers import Answers, counting, missing
from obshto.platform.unit_of_work import UnitOfWork


def send_application(uow: UnitOfWork, ref: str, *, expected_version: int, agreed: str = "") -> Case:
    """Send what stands in the draft; the answer is the case.

    A second click, another tab, a retry: the draft is gone by then, and the case that it became is
    answered. The draft's row is locked first, so two at once come one after the other. `agreed` is
    the price that the page showed. Raises NoSuchApplication, StaleVersion, StillMissing.
    """
    try:
        draft = draft_at(uow, ref, to_change=True)
    except NoSuchApplication:
        return sent_from(uow, ref)
    return send_draft(uow, draft, expected_version=expected_version, agreed=agreed)


def send_draft(uow: UnitOfWork, draft: Draft, *, expected_version: int, agreed: str = "") -> Case:
    """A draft whose row is locked becomes a case.

    Raises StaleVersion, StillMissing, PowerNotInForce, PowerOfAnother.
    """
    expect_version(draft, expected_version, StaleVersion)
    if draft.definition_version == TRIAL or not service_of(uow, draft.service).is_listed:
        raise NotOffered
    definition = definition_behind(draft)
    answers = counting(definition.questions, draft.read())
    if missing(definition.questions, answers):
        raise StillMissing
    offer = offer_of(uow, draft.service)
    if agreed and agreed != price_shown(definition, answers, offer, draft):
        raise StaleVersion
    case = _case_of(uow, draft, answers, power=power_to_send(uow, draft, answers))
    _price(case, offer, definition, answers)
    case.goes_to = destination_of(uow, definition, answers)
    case.keep(answers)
    uow.session.add(case)
    uow.session.flush()
    carry_over(uow, draft, case)
    uow.session.delete(draft)
    uow.session.flush()
    add_step(uow, case, SEND.name, ground=procedure_of(case)["send"], by_name=case.entered_by)
    record(uow, case, SEND.fact)
    ask_fee(uow, case, offer)
    return case


def case_on_trial(uow: UnitOfWork, draft: Draft) -> Case:
    """The case that a trial would become, inside a savepoint that its caller rolls back.

    It takes no number. Raises StillMissing.
    """
    definition = definition_behind(draft)
    answers = counting(definition.questions, draft.read())
    if missing(definition.questions, answers):
        raise StillMissing
    case = _case_of(uow, draft, answers, number=(uow.now.year, 0))
    case.person_id = uow.principal.person_id
    _price(case, offer_of(uow, draft.service), definition, answers)
    case.goes_to = destination_of(uow, definition, answers)
    case.keep(answers)
    uow.session.add(case)
    uow.session.flush()
    return case


def price_shown(definition: Definition, answers: Answers, offer: Offer | None, draft: Draft) -> str:
    """What the page before sending says of the price: speed, days and cents."""
    price = price_for(definition, answers, offer, draft.channel, draft.speed)
    return f"{price.speed}/{price.days}/{price.cents}"


def sent_from(uow: UnitOfWork, ref: str) -> Case:
    """The case that a draft became: by the draft's id, or by the same code."""
    try:
        wanted = select(Case).where(Case.request_id == UUID(ref))
    except ValueError:
        return case_at(uow, ref)
    if not uow.principal.is_known:
        raise WhoseApplication
    case = uow.session.scalar(wanted.where(Case.person_id == uow.principal.person_id))
    if case is None:
        raise NoSuchApplication
    return case


def _case_of(
    uow: UnitOfWork,
    draft: Draft,
    answers: Answers,
    *,
    number: tuple[int, int] | None = None,
    power: PowerOfAttorney | None = None,
) -> Case:
    year, sequence = number or next_number(uow, ENTRY)
    applicant_number = answers.get("applicant_id", "")
    return Case(
        id=new_id(),
        request_id=draft.id,
        year=year,
        sequence=sequence,
        service=draft.service,
        definition_version=draft.definition_version,
        person_id=draft.person_id,
        code_index=draft.code_index,
        channel=draft.channel,
        entered_by_id=draft.entered_by_id,
        entered_by=draft.entered_by,
        number_index=applicant_index(applicant_number) if applicant_number else None,
        applicant=answers["applicant_name"],
        search_words=search_words(answers["applicant_name"], answers),
        state=SENT,
        sent_at=uow.now,
        starts_on=received_on(uow.now),
        assignee="",
        speed=draft.speed,
        delivery=answers.get("delivery", ""),
        renews_id=draft.renews_id,
        power_id=power.id if power else None,
        represented_id=power.represented_id if power else None,
    )


def _price(case: Case, offer: Offer | None, definition: Definition, answers: Answers) -> None:
    price = price_for(definition, answers, offer, case.channel, case.speed)
    case.speed, case.speed_days = price.speed, price.days
    case.fee_cents = fee_due(definition, answers, price.cents)
    case.pays_first = bool(offer and offer.pays_first)
    case.needs_second = bool(offer and offer.needs_second)
    rule = rule_for(definition, answers)
    case.due_on = promised(
        rule, starts_on=case.starts_on, speed=price.speed, days=price.days
    ).due_on
