"""Demonstration applications: invented people, in every state."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import select

from obshto.modules.eservices.models import (
    Case,
    DesignedService,
    Draft,
    PowerOfAttorney,
    Proposal,
)
from obshto.modules.eservices.services.approvals import prepare
from obshto.modules.eservices.services.attachments import Brought, Owner, attach
from obshto.modules.eservices.services.call_backs import AskedCall, ask_call_back
from obshto.modules.eservices.services.case_actions import ask_for_more, serve_request, take_case
from obshto.modules.eservices.services.case_queries import document_of
from obshto.modules.eservices.services.catalogue import (
    Service,
    catalogue_services,
    object_id_of,
    service_of,
    services,
)
from obshto.modules.eservices.services.complaints import complain
from obshto.modules.eservices.services.corrections import (
    Correction,
    issue_corrected,
    issued_text,
)
from obshto.modules.eservices.services.counter_entry import start_for
from obshto.modules.eservices.services.decisions import issue_document, refuse_case
from obshto.modules.eservices.services.departments import make_department
from obshto.modules.eservices.services.design.compiler import Design
from obshto.modules.eservices.services.design.demonstration import (
    OWN_ANSWERS,
    household_service,
    regional_service,
)
from obshto.modules.eservices.services.design.designs import (
    change_design,
    definition_now,
    publish_design,
    start_design,
)
from obshto.modules.eservices.services.design.inheritance import decline_version, taken_services
from obshto.modules.eservices.services.design.origins import blank_design
from obshto.modules.eservices.services.design.recorded import keep_case
from obshto.modules.eservices.services.design.regional import bring_regional
from obshto.modules.eservices.services.design.shared_services import (
    offer_to_others,
    offered_services,
)
from obshto.modules.eservices.services.dogs.queries import DOG
from obshto.modules.eservices.services.drafts import draft_at, found_by, start_draft
from obshto.modules.eservices.services.offers import UNWRITTEN, Terms, change_offer, offers
from obshto.modules.eservices.services.own_services import definition_behind
from obshto.modules.eservices.services.powers.kinds import ACCEPTED, PowerTerms
from obshto.modules.eservices.services.powers.registration import enter_power, send_power
from obshto.modules.eservices.services.ratings import BAD, comment, rate
from obshto.modules.eservices.services.renewals import watch_expiry
from obshto.modules.eservices.services.second_signature import propose
from obshto.modules.eservices.services.states import ASKED, IN_WORK, ISSUED, OPEN, REFUSED, SENT
from obshto.modules.eservices.services.submission import send_application
from obshto.platform.cases.channels import PHONE
from obshto.platform.clock import SOFIA, day_of
from obshto.platform.documents.sheets import DocumentSheet, Piece, typeset
from obshto.platform.permissions import Role
from obshto.platform.questionnaires.values import as_text
from obshto.platform.search.services import index
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.api import holders_of_roles
from obshto.tenants.ports import cashier

if TYPE_CHECKING:
    from obshto.platform.modularity.manifest import EnterMunicipality

DEPARTMENT = "Местни данъци и такси"
KIND = "448007"  # of the demonstration
ON_THE_SPOT = "1998"  # its fee is taken at the counter, outside the portal
FEE_CENTS = 300  # invented: each council sets its own
SIGNS = "Проба Подписваща"
NOT_YET = "Дървата за тази зима вече са разпределени. Ще я приемем за следващата."
DRAFT_TITLE = {"bg": "Почистване на дере"}
POWER = {
    "applicant_id_kind": "egn",
    "email": "gena@villages.example",
    "representative_name": "Проба Пробова",
    "representative_egn": "0307159274",
    "poa_number": "418",
    "poa_date": "2026-11-02",
}
WHO = (
    *("acting_as", "applicant_id_kind", "applicant_name", "applicant_id", "address_settlement"),
    *("address_street", "phone"),
)


def seed(uow: UnitOfWork) -> None:
    """Every service that can be is online, an application in each state. Twice is harmless."""
    own = _own_service(uow)
    said = offers(uow)
    for service in services(uow).values():
        if service.definition and service.key not in said:
            terms = _terms(uow, service)
            change_offer(uow, service, terms, expected_version=UNWRITTEN)
    demo = json.loads((Path(__file__).parent / "data" / "demo.json").read_text("utf-8"))
    for told in demo:
        _apply(uow, told)
    watch_expiry(uow)
    _begin(uow, demo[0]["answers"])
    _enter(uow, demo[0]["answers"])
    _apply(uow, {"key": "own", "service": own, "state": SENT, "answers": _own_answers(demo)})
    _open_register(uow, own, demo)
    _household(uow, demo)
    _represented(uow, demo[1]["answers"])
    _department(uow)


def seed_shared(enter: EnterMunicipality, here: str, there: str) -> None:
    """A service that one makes for the whole region, and that another refused at first."""
    with enter(there) as uow:
        origin = _publish_for_region(uow)
    with enter(there) as uow:
        index(uow, part="eservices", object_id=str(origin))
    with enter(here) as uow:
        bring_regional(uow)
        uow.session.flush()
        for taken, row in taken_services(uow):
            if taken.origin == origin and taken.waits and not taken.number:
                version = taken.version
                decline_version(uow, taken, row, taken.newest, NOT_YET, expected_version=version)


def _publish_for_region(uow: UnitOfWork) -> UUID:
    """As the region's team does, inside this municipality; the thing that the others take over."""
    row = start_design(uow, regional_service(), request_id=_id(uow, "regional-design"))
    uow.session.flush()
    if not row.published:
        due_on, version = day_of(uow.now) + timedelta(days=60), row.version
        publish_design(uow, row, "Първа версия", due_on=due_on, expected_version=version)
        uow.session.flush()
        offer_to_others(uow, row, is_offered=True, expected_version=row.version)
        row.regional_at = uow.now
    return object_id_of(service_of(uow, row.key))


def _represented(uow: UnitOfWork, answers: Mapping[str, str]) -> None:
    """A power of attorney that waits to be checked, and one under which somebody applied."""
    paper, names = _paper(day_of(uow.now)), ("applicant_name", "applicant_id")
    said = {**{name: answers[name] for name in names}, **POWER}
    waiting = PowerTerms(answers={**said, "poa_number": "77"}, services=("1998", "2082"))
    sent = send_power(uow, waiting, BytesIO(paper), request_id=_id(uow, "power-waits"))
    sent.representative_id = None  # an invented person, so that whoever looks may check it
    terms, request_id = PowerTerms(answers=said), _id(uow, "power")
    power = enter_power(uow, terms, BytesIO(paper), request_id=request_id, email="")
    power.representative_id = uow.principal.person_id
    power.checked_by_id, power.checked_by = None, SIGNS
    uow.session.flush()
    told = {"key": "represented", "service": "1998", "state": SENT, "answers": answers}
    if power.state == ACCEPTED:  # until somebody tries the demonstration and ends it
        _apply(uow, told, power)


def _begin(uow: UnitOfWork, answers: Mapping[str, str]) -> None:
    """An application that is begun, and whose author waits for a call about it."""
    ref = start_draft(uow, service_of(uow, "2082"), request_id=_id(uow, "draft"))
    draft = uow.session.scalar(select(Draft).where(*found_by(uow, ref)))
    if draft is None:  # somebody tried the demonstration and sent it
        return
    name, phone = answers["applicant_name"], answers["phone"]
    asked = AskedCall(phone=phone, name=name, time="morning", shows_draft=True, step=draft.page)
    ask_call_back(uow, draft, asked, request_id=_id(uow, "call"))


def _department(uow: UnitOfWork) -> None:
    """One of whoever is here for taxes alone; others go on seeing everything."""
    held = holders_of_roles(uow)
    members = [one for one, roles in held.items() if set(roles) == {Role.FINANCE_OFFICER}]
    taxes = [key for key, service in catalogue_services().items() if service.need == "taxes"]
    make_department(uow, DEPARTMENT, taxes, members, request_id=_id(uow, "department"))


def _own_service(uow: UnitOfWork) -> str:
    """One service that the municipality made itself, in its second version; its key."""
    told = (Path(__file__).parent / "data" / "demo_service.json").read_text("utf-8")
    row = start_design(uow, json.loads(told), request_id=_id(uow, "design"))
    uow.session.flush()
    if not row.published:
        publish_design(uow, row, "Първа версия", expected_version=row.version)
        uow.session.flush()
        change_design(uow, row, _tell_of_key, expected_version=row.version)
        uow.session.flush()
        publish_design(uow, row, "Писмото казва за ключа", expected_version=row.version)
        uow.session.flush()
    begun = blank_design(DRAFT_TITLE, "nature")
    begun["about"]["law"] = "Закон за водите, чл. 140 (пробно)"
    start_design(uow, begun, request_id=_id(uow, "begun-design"))
    return row.key


def _open_register(uow: UnitOfWork, own: str, demo: Sequence[Mapping[str, Any]]) -> None:
    """A document that was issued, for the open register of the municipality's own service."""
    official = {"decision_text": "Залата е свободна и се предоставя."}
    told = {"key": "own-issued", "service": own, "state": ISSUED, "is_quiet": True}
    _apply(uow, {**told, "answers": _own_answers(demo), "official": official})


def _household(uow: UnitOfWork, demo: Sequence[Mapping[str, Any]]) -> None:
    """One with a repeating group and calculations, a recorded case, a decision to be approved."""
    row = start_design(uow, household_service(), request_id=_id(uow, "household-design"))
    uow.session.flush()
    answers = {**_who(demo), **OWN_ANSWERS}
    official = {"decision_text": "Удостоверението се издава, за да послужи където е нужно."}
    told: dict[str, Any] = {"answers": answers, "official": official}
    recorded, definition = _id(uow, "recorded"), definition_now(row)
    keep_case(uow, row, definition, "двама пенсионери", request_id=recorded, **told)
    if not row.published:
        publish_design(uow, row, "Първа версия", expected_version=row.version)
        uow.session.flush()
    _offer(uow, row)
    key = "household"
    _apply(uow, {"key": key, "service": row.key, "state": IN_WORK, "answers": answers})
    case = uow.session.scalars(select(Case).where(Case.request_id == _id(uow, key))).one()
    if case.state == IN_WORK and case.assignee_id is None:
        prepare(uow, case, official, is_refusal=False, expected_version=case.version)
        uow.session.get_one(Proposal, case.id).by_name = SIGNS  # a colleague prepared it


def _offer(uow: UnitOfWork, row: DesignedService) -> None:
    """To the other municipalities, unless one of them offers the same already."""
    if row.title not in {one.title for one in offered_services(uow.scope.slug)}:
        offer_to_others(uow, row, is_offered=True, expected_version=row.version)
        uow.session.flush()


def _tell_of_key(design: Design) -> None:
    design["letters"]["issued"] = "Ключът се взима от портиера в деня на ползването."


def _own_answers(demo: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Who applied for another service asks for this one too."""
    return {
        **_who(demo),
        "za_kakvo_vi_triabva_zalata": "a3",
        "data_na_polzvane": "2027-01-12",
        "za_kolko_chasa": "3",
        "kolko_gosti_ochakvate": "40",
        "koi_otgovaria_za_reda": as_text([{"name": "Проба Примерова", "egn": "0307159274"}]),
        "red_v_zalata": as_text(["a1"]),
    }


def _who(demo: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    who = {name: a for name, a in demo[2]["answers"].items() if name in WHO}
    return {**who, "delivery": "office"}


def _terms(uow: UnitOfWork, service: Service) -> Terms:
    """Paid through the portal where the municipality has the kind of income; one needs two."""
    kinds = cashier().kinds(uow)
    return Terms(
        is_online=service.can_be_online,
        fee_cents=FEE_CENTS,
        official=SIGNS,
        fee_kind=KIND if KIND in kinds and service.key != ON_THE_SPOT else "",
        portal_discount=10,
        speeds={"fast": {"days": 3, "cents": 500}} if service.key == "1997" else {},
        needs_second=service.key == "2071",
    )


def _say(uow: UnitOfWork, case: Case) -> None:
    """A complaint and a bad rating, for who answers them."""
    rate(uow, case, BAD)
    comment(uow, case, "Чаках два пъти на гишето.")
    words = "Документът дойде без подпис."
    complain(uow, case, words, request_id=uuid5(case.id, "complaint"))


def _enter(uow: UnitOfWork, answers: Mapping[str, str]) -> None:
    """What somebody of the staff types in, with a scanned paper."""
    request_id = _id(uow, "entered")
    draft = start_for(uow, service_of(uow, "1997"), channel=PHONE, request_id=request_id)
    draft.keep(answers)
    draft.entered_by = draft.entered_by or SIGNS
    uow.session.flush()
    _scan(uow, draft, "entered")


def _scan(uow: UnitOfWork, owner: Owner, key: str) -> None:
    paper = "Изрично нотариално заверено пълномощно"
    request_id = _id(uow, f"paper/{key}")
    pdf = BytesIO(_paper(day_of(uow.now)))
    attach(uow, owner, Brought(stream=pdf, paper=paper, request_id=request_id, by_staff=True))


@cache
def _paper(day: date) -> bytes:
    """What all have scanned, typeset once."""
    sheet = DocumentSheet(
        title="Пробен документ",
        municipality="",
        lines=[[Piece("Пробен документ")]],
        foot=[],
        check_url="https://example.com",
        is_trial=True,
    )
    return typeset(sheet, at=datetime.combine(day, time(), SOFIA))


def _apply(uow: UnitOfWork, told: dict[str, Any], power: PowerOfAttorney | None = None) -> None:
    request_id = _id(uow, told["key"])
    if _is_there(uow, request_id):
        return
    ref = start_draft(uow, service_of(uow, told["service"]), request_id=request_id, power=power)
    draft = draft_at(uow, ref)
    known = draft.read() if power else {}
    draft.id = request_id  # so that a second seeding finds it
    today, moved = day_of(uow.now), told.get("days", {})
    days = {name: f"{today + timedelta(days=by)}" for name, by in moved.items()}
    draft.keep({**told["answers"], **days, **known})
    uow.session.flush()
    case = send_application(
        uow, str(request_id) if draft.person_id else ref, expected_version=draft.version
    )
    _lead(uow, case, told)


def _lead(uow: UnitOfWork, case: Case, told: dict[str, Any]) -> None:
    state, late = told["state"], timedelta(days=told.get("days_late", 0))
    if state == SENT:
        return
    _scan(uow, case, told["key"])
    take_case(uow, case, expected_version=case.version)
    uow.session.flush()
    if state == ASKED:
        ask_for_more(uow, case, told["words"], expected_version=case.version)
        serve_request(uow, case, on=day_of(uow.now))
        case.cure_until = day_of(uow.now) - late
    elif state == ISSUED:
        _issue(uow, case, told)
    elif state == REFUSED:
        refuse_case(uow, case, told["words"], expected_version=case.version)
    elif case.needs_second and not late:
        definition = definition_behind(case)
        official = next(c["official"] for c in definition.cases if "official" in c)
        propose(uow, case, official, is_refusal=False, expected_version=case.version)
        proposal = uow.session.get_one(Proposal, case.id)
        proposal.by_id, proposal.by_name = None, SIGNS  # a colleague, so that it can be signed
    elif late and state in OPEN:
        case.due_on = day_of(uow.now) - late


def _issue(uow: UnitOfWork, case: Case, told: Mapping[str, Any]) -> None:
    issue_document(uow, case, told["official"], expected_version=case.version)
    uow.session.flush()
    if "corrected" in told:
        _correct(uow, case, told["corrected"])
    if "days" in told:
        _age(uow, case, told["days"]["from_day"])
    elif told["service"] != DOG and not told.get("is_quiet"):
        _say(uow, case)


def _correct(uow: UnitOfWork, case: Case, told: Mapping[str, str]) -> None:
    """One word of the document was wrong."""
    document = document_of(uow, case)
    assert document
    text = issued_text(uow, case, document).replace(told["from"], told["to"])
    said = Correction(text=text, valid_until=document.valid_until, reason=told["reason"])
    issue_corrected(uow, case, said)


def _age(uow: UnitOfWork, case: Case, days: int) -> None:
    """What was issued long ago ends soon."""
    document = document_of(uow, case)
    assert document
    document.issued_at = uow.now + timedelta(days=days)
    uow.session.flush()


def _is_there(uow: UnitOfWork, request_id: UUID) -> bool:
    return uow.session.scalar(select(Case.id).where(Case.request_id == request_id)) is not None


def _id(uow: UnitOfWork, key: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"eservices/{uow.scope.slug}/{key}")
