"""Demonstration reports of the Vidin region: invented, at each municipality's own villages."""

from __future__ import annotations

from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5
from zlib import crc32

from obshto.modules.reports.models import Report
from obshto.modules.reports.permissions import ReportsPermission
from obshto.modules.reports.services.duplicates import merge_report
from obshto.modules.reports.services.escalation import STEPS, reach_step
from obshto.modules.reports.services.outside import OutsideBody, hand_over
from obshto.modules.reports.services.own_kinds import KindEntry, make_kind
from obshto.modules.reports.services.queries import lines_of
from obshto.modules.reports.services.report_actions import (
    Sorting,
    close_report,
    sort_report,
    take_report,
)
from obshto.modules.reports.services.states import FIX, PASS_ON, RECEIVED, REFUSE
from obshto.modules.reports.services.submission import ReportWords, send_report
from obshto.modules.reports.services.teams import make_team, pass_to_team
from obshto.platform.cases.channels import PHONE, PORTAL
from obshto.platform.clock import day_of
from obshto.platform.storage.samples import sample_picture
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE
from obshto.tenants.api import people_who_may, settlements_here, villages_here

# Kind, what was said, where, what everybody reads, the answer of who mended it.
TOLD = (
    ("lamp", "Лампата пред читалището не свети от неделя.", "пред читалището", "", ""),
    (
        "road",
        "Дупка, в която пропада цяла гума.",
        "на завоя след моста",
        "Дупка на завоя след моста",
        "",
    ),
    ("water", "Тече чешмата на площада и замръзва.", "чешмата на площада", "", ""),
    (
        "tree",
        "Клон над пътеката към гробищата е счупен.",
        "пътеката към гробищата",
        "Счупен клон над пътеката",
        "Отрязахме клона и почистихме пътеката.",
    ),
    ("dumping", "Някой изхвърля тухли край реката.", "зад стадиона, край реката", "", ""),
    ("dog", "Две кучета гонят децата към училището.", "пред училището", "", ""),
)


# The same hole, seen by another; what nobody mended in time; what the water company was asked for.
AGAIN = ("Спуках гума на завоя след моста.", "на завоя, веднага след моста")
OVERDUE = ("Три лампи по главната улица не светят.", "главната улица, от моста нагоре")
SIGNAL = ("Съсед изсипва строителни отпадъци в дерето.", "дерето под махалата (пример)")
REASONS = "Проверихме на място на два пъти. Отпадъците са изчистени преди проверката (пример)."
TEAMS = ("Осветление", "Чистота")
POLE = ("Стълбът до магазина се е наклонил към пътя.", "до магазина")
NOT_OURS = "Стълбът е на дружеството. Писмо № 15 (пример)."
LETTER = "Писмо до ВиК № 12 (пример): авария на чешмата."


def seed(uow: UnitOfWork) -> None:
    """Their request ids are made of their places, so seeding twice is harmless."""
    codes = list(settlements_here(uow)) or [""]
    start = crc32(str(uow.scope and uow.scope.slug).encode()) % len(codes)
    sent = []
    for number, (kind, words, place, public, answer) in enumerate(TOLD):
        settlement = codes[(start + number) % len(codes)]
        report = _sent(uow, str(number), kind, settlement, words, place)
        sent.append(report)
        if public and report.state == RECEIVED:
            _handled(uow, report, public, answer)
    _teams(uow, sent[0])
    _own_kind(uow)
    _overdue(uow, codes[start])
    _signal(uow, codes[start])
    _not_ours(uow, codes[start])
    _, hole, tap, *_ = sent
    double = _sent(uow, "again", "road", hole.settlement, *AGAIN)
    if double.state == RECEIVED:
        merge_report(uow, double.id, hole.number, expected_version=double.version)
        uow.session.flush()
    if tap.state == RECEIVED:
        take_report(uow, tap, expected_version=tap.version)
        uow.session.flush()
        to = OutsideBody(body="water", remind_on=day_of(uow.now) + timedelta(days=14))
        hand_over(uow, tap, LETTER, to, expected_version=tap.version)
        uow.session.flush()


def _teams(uow: UnitOfWork, lamp: Report) -> None:
    """Two teams of whoever works on reports here; the first waits for the lamp."""
    members = list(people_who_may(uow, ReportsPermission.FIELD))
    made = [
        make_team(uow, name, members, request_id=uuid5(NAMESPACE_URL, f"{uow.scope.slug}/{name}"))
        for name in TEAMS
    ]
    if lamp.state == RECEIVED:
        pass_to_team(uow, lamp, made[0], "Нужна е стълба.", expected_version=lamp.version)
        uow.session.flush()


def _own_kind(uow: UnitOfWork) -> None:
    """What people of the municipality call by a name of its own."""
    names = {"bg": "Детска площадка", "en": "Playground", "ro": "Loc de joacă"}
    told = KindEntry(kind="other", names=names, icon="alert", days=14)
    make_kind(uow, told, request_id=uuid5(NAMESPACE_URL, f"{uow.scope.slug}/playground"))


def _signal(uow: UnitOfWork, settlement: str) -> None:
    """A signal by law, decided in writing, for somebody whom no letter reaches."""
    report = _sent(uow, "signal", "dumping", settlement, *SIGNAL, is_signal=True)
    if report.state != RECEIVED:
        return
    take_report(uow, report, expected_version=report.version)
    uow.session.flush()
    close_report(uow, report, REFUSE, REASONS, expected_version=report.version)
    uow.session.flush()


def _not_ours(uow: UnitOfWork, settlement: str) -> None:
    """One that another body has, which is asked what became of it."""
    report = _sent(uow, "pole", "lamp", settlement, *POLE)
    if report.state != RECEIVED:
        return
    take_report(uow, report, expected_version=report.version)
    uow.session.flush()
    to = OutsideBody(body="power", remind_on=day_of(uow.now) + timedelta(days=14))
    version = report.version
    close_report(uow, report, PASS_ON, NOT_OURS, expected_version=version, outside=to)
    uow.session.flush()


def _overdue(uow: UnitOfWork, settlement: str) -> None:
    """One that has climbed to the council, a step at a time since its term."""
    report = _sent(uow, "overdue", "lamp", settlement, *OVERDUE)
    if report.state != RECEIVED or report.escalation:
        return
    today = day_of(uow.now)
    report.sent_at, report.due_on = uow.now - timedelta(days=47), today - timedelta(days=40)
    report.public_words = OVERDUE[0]
    for number in STEPS:
        reach_step(uow, report, number)
    uow.session.flush()
    for line, ago in zip(lines_of(uow, report), (47, 39, 32, 25, 11), strict=True):
        line.at = uow.now - timedelta(days=ago)


def _sent(
    uow: UnitOfWork,
    key: str,
    kind: str,
    settlement: str,
    words: str,
    place: str,
    is_signal: bool = False,
) -> Report:
    middle = {village.ekatte: village.point for village in villages_here(uow, SOURCE)}
    told = ReportWords(
        kind=kind,
        settlement=settlement,
        words=words,
        place=place,
        name="Проба Пробова",
        is_signal=is_signal,
        point=middle.get(settlement) if kind == "lamp" else None,  # the lamp of the square
        channel=PHONE if is_signal else PORTAL,  # no letter reaches who told it by phone
    )
    request_id = uuid5(NAMESPACE_URL, f"reports/{uow.scope.slug}/{key}")
    report = send_report(uow, told, request_id=request_id)
    uow.session.flush()
    return report


def _handled(uow: UnitOfWork, report: Report, public: str, answer: str) -> None:
    """Taken, told to everybody, mended where there is an answer."""
    take_report(uow, report, expected_version=report.version)
    uow.session.flush()
    sorting = Sorting(
        kind=report.kind,
        due_on=report.due_on,
        public_words=public,
        is_verified=True,
        shows_photos=False,
    )
    sort_report(uow, report, sorting, expected_version=report.version)
    uow.session.flush()
    if answer:
        version, photos = report.version, [sample_picture()]
        close_report(uow, report, FIX, answer, expected_version=version, photos=photos)
        uow.session.flush()
