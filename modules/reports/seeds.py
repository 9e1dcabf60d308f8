"""Demonstration reports of the Vidin region: invented, at each municipality's own villages."""

from __future__ import annotations

from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5
from zlib import crc32

from obshto.modules.reports.models import Report
from obshto.modules.reports.services.duplicates import merge_report
from obshto.modules.reports.services.report_actions import (
    Sorting,
    close_report,
    hand_over,
    sort_report,
    take_report,
)
from obshto.modules.reports.services.states import FIX, RECEIVED
from obshto.modules.reports.services.submission import ReportWords, send_report
from obshto.platform.clock import day_of
from obshto.platform.storage.samples import sample_picture
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE
from obshto.tenants.api import settlements_here, villages_here

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


# The same hole, seen by another; what the water company has been asked for.
AGAIN = ("Спуках гума на завоя след моста.", "на завоя, веднага след моста")
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
    _, hole, tap, *_ = sent
    double = _sent(uow, "again", "road", hole.settlement, *AGAIN)
    if double.state == RECEIVED:
        merge_report(uow, double.id, hole.number, expected_version=double.version)
        uow.session.flush()
    if tap.state == RECEIVED:
        take_report(uow, tap, expected_version=tap.version)
        uow.session.flush()
        version, later = tap.version, day_of(uow.now) + timedelta(days=14)
        hand_over(uow, tap, LETTER, body="water", remind_on=later, expected_version=version)
        uow.session.flush()


def _sent(uow: UnitOfWork, key: str, kind: str, settlement: str, words: str, place: str) -> Report:
    middle = {village.ekatte: village.point for village in villages_here(uow, SOURCE)}
    told = ReportWords(
        kind=kind,
        settlement=settlement,
        words=words,
        place=place,
        name="Проба Пробова",
        point=middle.get(settlement) if kind == "lamp" else None,  # the lamp of the square
    )
    assert uow.scope
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
