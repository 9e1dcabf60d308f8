"""Demonstration of assistants: invented people of each municipality's own villages."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5
from zlib import crc32

from obshto.modules.assistants.models import Assistant, HelpRequest
from obshto.modules.assistants.permissions import AssistantsPermission
from obshto.modules.assistants.services.check_ins import ARRIVED, LEFT, CheckInAct, take_act
from obshto.modules.assistants.services.kinds import AFTERNOON
from obshto.modules.assistants.services.problems import hand_over
from obshto.modules.assistants.services.staff_records import AssistantEntry, write_assistant
from obshto.modules.assistants.services.states import RECEIVED
from obshto.modules.assistants.services.submission import HelpWords, send_request
from obshto.modules.assistants.services.visit_plans import VisitPlan, plan_visit
from obshto.platform.cases.channels import COUNTER, PHONE
from obshto.platform.clock import SOFIA, day_of
from obshto.platform.notify.sms.phones import read_phone
from obshto.platform.storage.samples import sample_picture
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.api import people_who_may, settlements_here

# Name, who asks, phone, subjects, needs, times, age, words.
TOLD = (
    (
        *("Проба Първанова", "Дете Първанов", "0888 100 201", ("video", "phone")),
        *(("hearing",), ("afternoon",), "65+", "Искам да виждам внуците."),
    ),
    (
        *("Проба Каменов", "", "0938 10 203", ("bills",)),
        *(("walking", "dog"), ("tue", "thu", "morning"), "65+", "Дворът е отзад."),
    ),
    (
        *("Проба Ценова", "", "0888 100 204", ("safety", "phone")),
        *((), (), "45-64", "Обаждат ми се да искат кодове."),
    ),
    (
        *("Проба Влахов", "Съсед Маринов", "0888 100 205", ("services", "health")),
        *(("sight", "no-internet"), ("wed",), "65+", "Електронната рецепта."),
    ),
)


LANGUAGES = (("bg", "ro"), ("bg", "rom"))


def seed(uow: UnitOfWork) -> None:
    """Their request ids are made of their places, so seeding twice is harmless."""
    codes = list(settlements_here(uow)) or [""]
    start = crc32(uow.scope.slug.encode()) % len(codes)
    rows = []
    for number, (name, asked_by, phone, subjects, needs, times, age, words) in enumerate(TOLD):
        told = HelpWords(
            name=name,
            asked_by=asked_by,
            phone=read_phone(phone) or "",
            settlement=codes[(start + number) % len(codes)],
            address=f"ул. Примерна {number + 3}",
            directions="зелената порта",
            subjects=subjects,
            needs=needs,
            times=times,
            age=age,
            at_home="family" if asked_by else "alone",
            words=words,
            channel=PHONE if number % 2 == 0 else COUNTER,
        )
        rows.append(send_request(uow, told, request_id=_key(uow, f"request/{number}")))
        uow.session.flush()
    if assistant := _assistant(uow, codes[0]):
        _visits(uow, rows, assistant)


def _key(uow: UnitOfWork, word: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"assistants/{uow.scope.slug}/{word}")


def _assistant(uow: UnitOfWork, seat: str) -> Assistant | None:
    """Whoever of the demonstration staff may visit people is one; the last by name visits."""
    row = None
    for number, (person_id, name) in enumerate(_holders(uow, AssistantsPermission.VISIT)):
        entry = AssistantEntry(
            person_id=person_id, name=name, settlement=seat, languages=LANGUAGES[number % 2]
        )
        key = _key(uow, f"assistant/{person_id}")
        row = write_assistant(uow, entry, request_id=key, photo=sample_picture())
    return row


def _holders(uow: UnitOfWork, permission: AssistantsPermission) -> list[tuple[UUID, str]]:
    return list(people_who_may(uow, permission).items())[:3]


def _visits(uow: UnitOfWork, rows: list[HelpRequest], assistant: Assistant) -> None:
    """One took place and left a problem, two are ahead; the last person waits for a day."""
    tomorrow = day_of(uow.now) + timedelta(days=1)
    _ended(uow, rows[2], assistant)
    afternoon = VisitPlan(starts_at=datetime.combine(tomorrow, time(14), SOFIA), half=AFTERNOON)
    _ahead(uow, rows[0], assistant, afternoon, "visit/0")
    local = uow.now.astimezone(SOFIA)
    soon = local.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    hour = soon if 7 < soon.hour < 18 else datetime.combine(tomorrow, time(10), SOFIA)
    _ahead(uow, rows[1], assistant, VisitPlan(starts_at=hour), "visit/1")


def _ahead(
    uow: UnitOfWork, row: HelpRequest, assistant: Assistant, plan: VisitPlan, word: str
) -> None:
    if row.state == RECEIVED:
        plan_visit(uow, row, assistant, plan, request_id=_key(uow, word))
        uow.session.flush()


def _ended(uow: UnitOfWork, row: HelpRequest, assistant: Assistant) -> None:
    if row.state != RECEIVED:
        return
    starts_at = datetime.combine(day_of(uow.now) - timedelta(days=1), time(10), SOFIA)
    before = replace(uow, now=starts_at - timedelta(hours=1))
    plan = VisitPlan(starts_at=starts_at)
    visit = plan_visit(before, row, assistant, plan, request_id=_key(uow, "visit/ended"))
    for kind, minutes in ((ARRIVED, 5), (LEFT, 55)):
        then = replace(uow, now=starts_at + timedelta(minutes=minutes))
        act = CheckInAct(kind=kind, at=then.now)
        take_act(then, visit, row, act, request_id=_key(uow, f"act/{kind}"))
    visit.taught, visit.notes = ["fraud", "call"], "Да повторим как се блокира номер."
    for official in _holders(uow, AssistantsPermission.ANSWER)[-1:]:
        words = "Иска да спре поща на стария адрес, а формулярът не го приема."
        key = _key(uow, "problem")
        hand_over(uow, visit, row, words, official=official, request_id=key)
    uow.session.flush()
