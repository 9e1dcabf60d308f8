"""Demonstration applications: invented people, in every state."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import select

from obshto.modules.eservices.models import Case, Proposal
from obshto.modules.eservices.services.attaching import Brought, Owner, attach
from obshto.modules.eservices.services.catalogue import Service, service_of, services
from obshto.modules.eservices.services.channels import PHONE
from obshto.modules.eservices.services.complaining import complain
from obshto.modules.eservices.services.deciding import issue_document, refuse_case
from obshto.modules.eservices.services.dogs.reading import DOG
from obshto.modules.eservices.services.drafts import draft_at, start_draft
from obshto.modules.eservices.services.entering import start_for
from obshto.modules.eservices.services.handling import ask_for_more, take_case
from obshto.modules.eservices.services.offers import UNWRITTEN, Terms, change_offer, offers
from obshto.modules.eservices.services.rating import BAD, comment, rate
from obshto.modules.eservices.services.reading import definition_behind_case
from obshto.modules.eservices.services.sending import send_application
from obshto.modules.eservices.services.signing import propose
from obshto.modules.eservices.services.states import ASKED, ISSUED, OPEN, REFUSED, SENT
from obshto.modules.eservices.services.terms import day_of
from obshto.modules.eservices.services.typesetting import Sheet, typeset
from obshto.modules.eservices.services.wording import Piece
from obshto.platform.work import Work
from obshto.tenants.ports import cashier

KIND = "448007"  # of the demonstration
ON_THE_SPOT = "1998"  # its fee is taken at the counter, outside the portal
FEE_CENTS = 300  # invented: each council sets its own
SIGNS = "Проба Подписваща"


def seed(work: Work) -> None:
    """Every service that can be is online, an application in each state. Twice is harmless."""
    said = offers(work)
    for service in services().values():
        if service.definition and service.key not in said:
            terms = _terms(work, service)
            change_offer(work, service, terms, seen=UNWRITTEN)
    demo = json.loads((Path(__file__).parent / "data" / "demo.json").read_text("utf-8"))
    for told in demo:
        _apply(work, told)
    start_draft(work, service_of("2082"), request_id=_id(work, "draft"))
    _enter(work, demo[0]["answers"])


def _terms(work: Work, service: Service) -> Terms:
    """Paid through the portal where the municipality has the kind of income; one needs two."""
    kinds = cashier().kinds(work)
    return Terms(
        is_online=service.can_be_online,
        fee_cents=FEE_CENTS,
        official=SIGNS,
        fee_kind=KIND if KIND in kinds and service.key != ON_THE_SPOT else "",
        portal_discount=10,
        speeds={"fast": {"days": 3, "cents": 500}} if service.key == "1997" else {},
        needs_second=service.key == "2071",
    )


def _say(work: Work, case: Case) -> None:
    """A complaint and a bad rating, for who answers them."""
    rate(work, case, BAD)
    comment(work, case, "Чаках два пъти на гишето.")
    words = "Документът дойде без подпис."
    complain(work, case, words, request_id=uuid5(case.id, "complaint"))


def _enter(work: Work, answers: Mapping[str, str]) -> None:
    """What somebody of the staff types in, with a scanned paper."""
    request_id = _id(work, "entered")
    draft = start_for(work, service_of("1997"), channel=PHONE, request_id=request_id)
    draft.keep(answers)
    draft.entered_by = draft.entered_by or SIGNS
    work.session.flush()
    _scan(work, draft, "entered")


def _scan(work: Work, owner: Owner, key: str) -> None:
    sheet = Sheet(
        title="Пробен документ",
        municipality="",
        lines=[[Piece("Пробен документ")]],
        foot=[],
        check_url="https://example.com",
        is_trial=True,
    )
    pdf = BytesIO(typeset(sheet, at=work.now))
    paper = "Изрично нотариално заверено пълномощно"
    request_id = _id(work, f"paper/{key}")
    attach(work, owner, Brought(stream=pdf, paper=paper, request_id=request_id, by_staff=True))


def _apply(work: Work, told: dict[str, Any]) -> None:
    request_id = _id(work, told["key"])
    if _is_there(work, request_id):
        return
    ref = start_draft(work, service_of(told["service"]), request_id=request_id)
    draft = draft_at(work, ref)
    draft.id = request_id  # so that a second seeding finds it
    draft.keep(told["answers"])
    work.session.flush()
    case = send_application(work, str(request_id) if draft.person_id else ref, seen=draft.version)
    _lead(work, case, told)


def _lead(work: Work, case: Case, told: dict[str, Any]) -> None:
    state, late = told["state"], timedelta(days=told.get("days_late", 0))
    if state == SENT:
        return
    _scan(work, case, told["key"])
    take_case(work, case, seen=case.version)
    work.session.flush()
    if state == ASKED:
        ask_for_more(work, case, told["words"], seen=case.version)
        case.cure_until = day_of(work.now) - late
    elif state == ISSUED:
        issue_document(work, case, told["official"], seen=case.version)
        work.session.flush()
        if told["service"] != DOG:
            _say(work, case)
    elif state == REFUSED:
        refuse_case(work, case, told["words"], seen=case.version)
    elif case.needs_second and not late:
        definition = definition_behind_case(case)
        official = next(c["official"] for c in definition.cases if "official" in c)
        propose(work, case, official, is_refusal=False, seen=case.version)
        proposal = work.session.get_one(Proposal, case.id)
        proposal.by_id, proposal.by_name = None, SIGNS  # a colleague, so that it can be signed
    elif late and state in OPEN:
        case.due_on = day_of(work.now) - late


def _is_there(work: Work, request_id: UUID) -> bool:
    return work.session.scalar(select(Case.id).where(Case.request_id == request_id)) is not None


def _id(work: Work, key: str) -> UUID:
    assert work.scope
    return uuid5(NAMESPACE_URL, f"eservices/{work.scope.slug}/{key}")
