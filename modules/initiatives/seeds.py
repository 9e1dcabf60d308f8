"""Demonstration initiatives of the Vidin region: invented proposals, people and numbers."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from obshto.modules.initiatives.models import Initiative
from obshto.modules.initiatives.services.committee import COMMITTEE
from obshto.modules.initiatives.services.initiatives import (
    FIRST_DAY,
    InitiativeWords,
    Minutes,
    StepWords,
    take_step,
    write_initiative,
)
from obshto.modules.initiatives.services.moderation import flag_initiative, hide_initiative
from obshto.modules.initiatives.services.petition import PETITION
from obshto.modules.initiatives.services.states import ACTS, COUNCIL, DRAFT, MAYOR
from obshto.platform.clock import SOFIA, day_of
from obshto.platform.moderation.rules import INSULT, OFF_TOPIC
from obshto.platform.moderation.services import Reason
from obshto.platform.petitions.signatures import SignatureWords
from obshto.platform.unit_of_work import UnitOfWork

MARK = "Пример за демонстрацията."
QUARRY = InitiativeWords(
    addressee=COUNCIL,
    question="Общината да не дава пътя през гората за камионите на кариерата",
    reasons=f"{MARK} Пътят минава край чешмата и училището, а прахът стига до къщите.",
)
BUS = InitiativeWords(
    addressee=MAYOR,
    question="Автобусът в петък следобед да спира и при здравната служба",
    reasons=f"{MARK} Възрастните хора вървят пеша от площада, зиме по леда.",
)
POOL = InitiativeWords(
    addressee=MAYOR,
    question="Старата баня да стане обществена пералня с ниски цени",
    reasons=f"{MARK} Комитетът още търси хора за събранието.",
)
SHADE = InitiativeWords(
    addressee=COUNCIL,
    question="На площада да се засадят двадесет липи вместо новите плочки",
    reasons=f"{MARK} Лятото няма сянка и пейките са празни.",
)
NEIGHBOURS = InitiativeWords(
    addressee=MAYOR,
    question="Пред блока да не се спират коли, а който спира, да си ходи в гората",
    reasons=f"{MARK} Който спира там, е по-прост от колата си.",
)
# Invented: the days of birth exist, the people do not.
PEOPLE = (
    ("Проба Пробова Първа", "7552010005"),
    ("Проба Пробов Втори", "7501020018"),
    ("Проба Пробова Трета", "8032056031"),
)
SIGNED = ("6101057509", "7111019200", "6101057510", "7111019200")  # a wrong one, a double


def seed(uow: UnitOfWork) -> None:
    """Their request ids are made of their keys, so seeding twice is harmless."""
    today = day_of(uow.now)
    evening = max(today - timedelta(days=1), FIRST_DAY)
    quarry = _founded(uow, QUARRY, "quarry", evening)
    _answered(uow, today)
    lime = _founded(uow, SHADE, "shade", evening)
    if lime.state == "collecting":
        _step(uow, lime, "file", today)
        _step(uow, lime, "send", today)
    _moderated(uow, quarry, evening)
    draft = _write(uow, POOL, "pool")
    if draft.state == DRAFT:
        _member(uow, draft, "pool", 0)


def _moderated(uow: UnitOfWork, quarry: Initiative, met_on: date) -> None:
    """A reader says that one belongs elsewhere; another was hidden, and its committee gave up."""
    flag_initiative(uow, quarry, OFF_TOPIC, request_id=_key(uow, "quarry/flag"))
    row = _founded(uow, NEIGHBOURS, "neighbours", met_on)
    if row.state != "collecting":
        return
    why = Reason(rule=INSULT, words="Обижда хората, които спират пред блока.")
    hide_initiative(uow, row, why, expected_version=row.version)
    uow.session.flush()
    _step(uow, row, "withdraw", day_of(uow.now), words="Ще я напишем без обиди.")


def _answered(uow: UnitOfWork, today: date) -> None:
    row = _founded(uow, BUS, "bus", max(today - timedelta(days=20), FIRST_DAY))
    if row.state != "collecting":
        return
    _step(uow, row, "file", today)
    answer = "Спирката се добавя в разписанието от първи февруари. Отговаря отдел „Транспорт“."
    _step(uow, row, "answer", today, words=answer, outcome="accepted")


def _founded(uow: UnitOfWork, words: InitiativeWords, key: str, met_on: date) -> Initiative:
    row = _write(uow, words, key)
    if row.state != DRAFT:
        return row
    for number in range(len(PEOPLE)):
        _member(uow, row, key, number)
    minutes = Minutes(
        at=datetime.combine(met_on, time(18, 0), SOFIA),
        place="Читалището (пример)",
        chair="Проба Пробова Първа",
        attended=63,
        collects_until=met_on + timedelta(days=45),
        places="Пред магазина, пред читалището",
    )
    _step(uow, row, "meet", met_on, minutes=minutes)
    PETITION.print_sheets(uow, row, 2, request_id=row.id)  # one printing, its number known
    uow.session.flush()
    for line, egn in enumerate(SIGNED, start=1):
        signed = SignatureWords(name="Проба Пробова", egn=egn, address="ул. „Примерна“ 2")
        request_id = _key(uow, f"{key}/row/{line}")
        PETITION.enter_row(uow, row, signed, place=(1, line), request_id=request_id)
    uow.session.flush()
    return row


def _member(uow: UnitOfWork, row: Initiative, key: str, number: int) -> None:
    name, egn = PEOPLE[number]
    COMMITTEE.add_member(
        uow,
        row,
        name=name,
        egn=egn,
        address="ул. „Примерна“ 1",
        is_chair=number == 0,
        is_me=number == 0,
        request_id=_key(uow, f"{key}/member/{number}"),
    )


def _write(uow: UnitOfWork, words: InitiativeWords, key: str) -> Initiative:
    row = write_initiative(uow, words, request_id=_key(uow, key), by_staff=True)
    uow.session.flush()
    return row


def _step(uow: UnitOfWork, row: Initiative, name: str, on: date, **more: Any) -> None:
    take_step(uow, row, ACTS[name], StepWords(happened_on=on, **more), expected_version=row.version)
    uow.session.flush()


def _key(uow: UnitOfWork, name: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"initiatives/{uow.scope.slug}/{name}")
