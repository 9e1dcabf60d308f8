"""Written decision of a signal: a sealed document with a number, told to its sender in seven days.

The decision has reasons and is not appealed (АПК чл. 123, ал. 1; чл. 124, ал. 2). It names the
sender, so that only they and staff who said a purpose open it.
"""

from __future__ import annotations

from obshto.modules.reports.errors import NoWrittenDecision, ReportNotFromHere, StaleReport
from obshto.modules.reports.events import ReportDecisionTold
from obshto.modules.reports.models import Report
from obshto.modules.reports.services.kinds import kind_of
from obshto.modules.reports.services.letters import confirmed_email, confirmed_phone
from obshto.modules.reports.services.states import (
    FIX,
    FIX_IN_PART,
    PASS_ON,
    REFUSE,
    STATES,
    ReportTransition,
    note,
    record,
)
from obshto.modules.reports.settings import ReportsSettings
from obshto.platform.clock import day_of
from obshto.platform.documents.models import Document
from obshto.platform.documents.services import (
    DocumentText,
    in_force,
    issue,
    read_file,
    revoke,
)
from obshto.platform.documents.sheets import written
from obshto.platform.entity import expect_version
from obshto.platform.legal.terms import term
from obshto.platform.settings.services import settings_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE, speaking
from obshto.tenants.api import municipality_here, name_of, settlements_here

PART, DECISION = "reports", "decision"
TOLD_RULE = "apk_signal_told"
REPLACED = "Заменено с ново решение по същия сигнал"
# Official words, so Bulgarian.
DECIDED = {
    FIX.name: "Сигналът е основателен. Нередността е отстранена.",
    FIX_IN_PART.name: "Сигналът е основателен. Нередността е отстранена отчасти.",
    REFUSE.name: "Сигналът не се уважава.",
    PASS_ON.name: "Общината не е компетентна да реши сигнала.",
}


def decision_of(uow: UnitOfWork, report: Report) -> Document | None:
    """The one in force."""
    return in_force(uow, PART, report.id, DECISION) if report.is_signal else None


def decide_in_writing(
    uow: UnitOfWork, report: Report, way: ReportTransition, words: str
) -> Document:
    """Issue it; an earlier one of a signal that was opened again is in force no more.

    Whom a letter or a message reaches is told by it. Raises CannotBePrinted.
    """
    if former := decision_of(uow, report):
        revoke(uow, former, REPLACED, expected_version=former.version)
        uow.session.flush()
    settings = settings_of(uow, PART, ReportsSettings)
    paper = issue(
        uow,
        _text(uow, report, way, words, settings.signed_by),
        part=PART,
        object_id=report.id,
        series=DECISION,
        is_trial=not settings.is_live,
    )
    report.announce_by = term(TOLD_RULE, starts_on=day_of(uow.now)).due_on
    reached = report.person_id or confirmed_email(report) or confirmed_phone(report)
    report.announced_at = uow.now if reached else None
    return paper


def announce_decision(uow: UnitOfWork, report: Report, *, expected_version: int) -> None:
    """Whom nothing reaches was told at the counter, by phone, by post. Raises StaleReport."""
    if report.announced_at:
        return
    if report.announce_by is None:
        raise ReportNotFromHere(state=STATES[report.state])
    expect_version(report, expected_version, StaleReport)
    report.announced_at = uow.now
    note(uow, report, "announced", is_internal=True)
    record(uow, report, ReportDecisionTold)


def decision_file(uow: UnitOfWork, report: Report) -> tuple[str, bytes]:
    """Its name and its bytes. Raises NoWrittenDecision, also where its years are over."""
    found = decision_of(uow, report)
    pdf = read_file(found) if found else b""
    if found is None or not pdf:
        raise NoWrittenDecision
    return f"decision-{found.number}", pdf


def _text(
    uow: UnitOfWork, report: Report, way: ReportTransition, words: str, signed_by: str
) -> DocumentText:
    title = municipality_here(uow).title()
    with speaking(SOURCE):
        kind = str(kind_of(report).title)
    where = [name_of(report.settlement, settlements_here(uow), SOURCE), report.place or ""]
    about = ", ".join([kind, *filter(None, where)])
    return DocumentText(
        title="Решение по сигнал",
        municipality=title,
        lines=[
            title,
            "РЕШЕНИЕ",
            f"(по сигнал № {report.number} от {written(day_of(report.sent_at))})",
            f"До {report.applicant}",
            f"Сигналът е за: {about}.",
            DECIDED[way.name],
            "Мотиви:",
            *filter(None, words.splitlines()),
            "Основание: чл. 121–123 от Административнопроцесуалния кодекс. Решението не подлежи на"
            " обжалване (чл. 124, ал. 2).",
            f"{signed_by}: …………………………",
            "(подпис)",
        ],
    )
