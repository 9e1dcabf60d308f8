"""Demonstration content of open data: invented numbers, invented people."""

from __future__ import annotations

from uuid import NAMESPACE_URL, uuid5

from obshto.modules.opendata.models import InformationRequest
from obshto.modules.opendata.services.catalogue import CC_ZERO
from obshto.modules.opendata.services.editions import refresh_all
from obshto.modules.opendata.services.request_actions import (
    OutcomeWords,
    ask_sender,
    decide_request,
    take_request,
)
from obshto.modules.opendata.services.request_states import ANSWER, IN_WORK, RECEIVED, REFUSED
from obshto.modules.opendata.services.request_submission import InformationWords, send_request
from obshto.modules.opendata.services.upload_reader import read_table
from obshto.modules.opendata.services.uploads import SetWords, publish_set, write_set
from obshto.platform.cases.channels import COUNTER, POST
from obshto.platform.cases.control_case import control_case
from obshto.platform.clock import day_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.api import villages_here

SPENT = [
    ["Година", "Дейност", "Изразходвани средства, евро"],
    *(
        [str(year), name, f"{amount + step * at},00"]
        for at, year in enumerate(range(2021, 2026))
        for name, amount, step in (
            ("Образование", 1_240_000, 61_000),
            ("Пътища и осветление", 386_000, 24_500),
            ("Социални услуги", 522_000, 38_200),
            ("Чистота", 214_000, 9_800),
        )
    ),
]
TREES = [
    ["Населено място", "Засадени дървета", "Година"],
    *(["Старопатица", str(30 + at), str(2014 + at)] for at in range(11)),
    ["Цар Петрово", "няма данни", "2025"],
]
ASKED = (
    ("information", COUNTER, "Колко е струвал ремонтът на читалищния покрив през 2025 г.?"),
    ("data", POST, "Искам списък на кладенците и чешмите с координати."),
    ("information", COUNTER, "Договорите за зимно почистване."),
    ("information", COUNTER, "Колко улични лампи са сменени?"),
)
TOPIC = "Разходи за ремонта на покрива на читалището"
REPLY = (
    "Ремонтът е струвал 18 460,00 евро с ДДС, платени на 14 ноември 2025 г. от общинския бюджет."
    " Договорът и протоколът са в профила на купувача."
)


def seed(uow: UnitOfWork) -> None:
    """Request ids are made of their places, so seeding twice is harmless."""
    slug = uow.scope.slug
    spent = SetWords(
        title="Разходи по дейности",
        about="Колко е изразходвала общината за основните си дейности по години.",
        source="Годишни отчети, примерни данни",
        theme="ECON",
        licence=CC_ZERO,
    )
    table = read_table(SPENT, today=day_of(uow.now))
    row = write_set(uow, spent, table, request_id=uuid5(NAMESPACE_URL, f"opendata/{slug}/spent"))
    uow.session.flush()
    if row.published_at is None:
        publish_set(uow, row, expected_version=row.version)
    trees = SetWords(
        title="Засадени дървета", about="Чернова.", source="", theme="ENVI", licence=CC_ZERO
    )
    table = read_table(TREES, today=day_of(uow.now))
    write_set(uow, trees, table, request_id=uuid5(NAMESPACE_URL, f"opendata/{slug}/trees"))
    _springs(uow, slug)
    _requests(uow, slug)
    refresh_all(uow)


def _springs(uow: UnitOfWork, slug: str) -> None:
    """A set with a map: half of the villages' springs with a point, half by the village alone."""
    villages = villages_here(uow, "bg")[:8]
    if not villages:
        return
    words = SetWords(
        title="Чешми и кладенци",
        about="Къде има вода за пиене край пътя.",
        source="Примерни данни",
        theme="ENVI",
        licence=CC_ZERO,
    )
    rows = [["Име", "Населено място", "Ширина", "Дължина"]]
    for at, village in enumerate(villages):
        north, east = village.point
        point = [f"{north + 0.012:.4f}", f"{east + 0.02:.4f}"] if at % 2 else ["", ""]
        rows.append([f"Чешма „{village.name}“", village.name, *point])
    table = read_table(rows, today=day_of(uow.now))
    row = write_set(uow, words, table, request_id=uuid5(NAMESPACE_URL, f"opendata/{slug}/springs"))
    uow.session.flush()
    if row.published_at is None:
        publish_set(uow, row, expected_version=row.version)


def _requests(uow: UnitOfWork, slug: str) -> None:
    for number, (kind, channel, words) in enumerate(ASKED):
        told = InformationWords(
            kind=kind, words=words, name="Проба Пробова", address="с. Пример", channel=channel
        )
        key = uuid5(NAMESPACE_URL, f"opendata/{slug}/request/{number}")
        row = send_request(uow, told, request_id=key)
        uow.session.flush()
        if number in (0, 2, 3) and row.state == RECEIVED:
            take_request(uow, row, expected_version=row.version)
            uow.session.flush()
        if number == 0 and row.state == IN_WORK:
            said = OutcomeWords(answer=REPLY, topic=TOPIC, public_words=ASKED[0][2], is_public=True)
            decide_request(uow, row, ANSWER, said, expected_version=row.version)
        if number == 2 and row.state == IN_WORK:
            question = "За кои зими и за кои пътища?"
            ask_sender(uow, row, question, expected_version=row.version)
        uow.session.flush()


def plant(uow: UnitOfWork, mark: str) -> None:
    """A request with that number, sent and handled by who plants it. Twice is once."""
    own = {"state": REFUSED, "starts_on": day_of(uow.now), "kind": "data", "form": "electronic"}
    if row := control_case(uow, InformationRequest, mark, **own, language="bg"):
        row.applicant = row.words = row.assignee = f"Контролно искане {mark}"
