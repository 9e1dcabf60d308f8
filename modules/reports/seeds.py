"""Demonstration reports of the Vidin region: invented, at each municipality's own villages."""

from __future__ import annotations

from uuid import NAMESPACE_URL, uuid5
from zlib import crc32

from obshto.modules.reports.services.report_actions import (
    Sorting,
    close_report,
    sort_report,
    take_report,
)
from obshto.modules.reports.services.states import FIX, RECEIVED
from obshto.modules.reports.services.submission import ReportWords, send_report
from obshto.platform.storage.samples import sample_picture
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.api import settlements_here

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


def seed(uow: UnitOfWork) -> None:
    """Their request ids are made of their places, so seeding twice is harmless."""
    assert uow.scope
    codes = list(settlements_here(uow)) or [""]
    start = crc32(uow.scope.slug.encode()) % len(codes)
    for number, (kind, words, place, public, answer) in enumerate(TOLD):
        settlement = codes[(start + number) % len(codes)]
        told = ReportWords(
            kind=kind, settlement=settlement, words=words, place=place, name="Проба Пробова"
        )
        key = uuid5(NAMESPACE_URL, f"reports/{uow.scope.slug}/{number}")
        report = send_report(uow, told, request_id=key)
        uow.session.flush()
        if not public or report.state != RECEIVED:
            continue
        take_report(uow, report, expected_version=report.version)
        uow.session.flush()
        sorting = Sorting(
            kind=kind,
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
