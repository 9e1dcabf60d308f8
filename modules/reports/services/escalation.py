"""Escalation: a report past its term reaches one step after another, each of them once.

A step is left by an outcome alone: a later term stops the way on, and takes nothing back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from flask_babel import LazyString, lazy_gettext
from sqlalchemy import Select, and_, func, or_, select

from obshto.modules.reports import events
from obshto.modules.reports.models import Report
from obshto.modules.reports.services.queries import PUBLIC, UNSHOWN, is_public, overdue
from obshto.modules.reports.services.states import OPEN, note, record
from obshto.modules.reports.settings import ReportsSettings
from obshto.platform.clock import day_of
from obshto.platform.disclosure.channel_suppression import LEAST
from obshto.platform.settings.services import settings_of
from obshto.platform.unit_of_work import UnitOfWork

HEAD, MAYOR, EVERYBODY, COUNCIL = 1, 2, 3, 4
AT_ONCE = 200  # rows of one transaction
UNSEEN = "late-unseen"  # the line of a step to everybody, where the public may not see the report


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationStep:
    """One step: its setting and line, the fact, whom the report has reached."""

    setting: str
    line: str
    fact: type[events.ReportFact]
    reached: LazyString


STEPS: Mapping[int, EscalationStep] = {
    HEAD: EscalationStep(
        setting="late_to_head",
        line="late-head",
        fact=events.ReportLate,
        reached=lazy_gettext("при ръководителя на службата"),
    ),
    MAYOR: EscalationStep(
        setting="late_to_mayor",
        line="late-mayor",
        fact=events.ReportLateToMayor,
        reached=lazy_gettext("при кмета"),
    ),
    EVERYBODY: EscalationStep(
        setting="late_to_everybody",
        line="late-everybody",
        fact=events.ReportLateToEverybody,
        reached=lazy_gettext("в публичния списък"),
    ),
    COUNCIL: EscalationStep(
        setting="late_to_council",
        line="late-council",
        fact=events.ReportLateToCouncil,
        reached=lazy_gettext("в списъка за съвета"),
    ),
}


def watch_terms(uow: UnitOfWork) -> None:
    """Job: what has been overdue for long enough reaches its next step, one step in a run."""
    for report in uow.session.scalars(_due(uow).with_for_update(skip_locked=True)):
        reach_step(uow, report, report.escalation + 1)


def reach_step(uow: UnitOfWork, report: Report, number: int) -> None:
    """It is there from today on; the history and whom it reached are told."""
    step = STEPS[number]
    report.escalation, report.escalated_on = number, day_of(uow.now)
    report.late_for = report.due_on
    is_unseen = number == EVERYBODY and not is_public(report)
    note(uow, report, UNSEEN if is_unseen else step.line, by_staff=False)
    record(uow, report, step.fact)


def council_list() -> Select[Report]:
    """What has reached the council and everybody may see, the longest overdue first."""
    reached = select(Report).where(PUBLIC, Report.state.in_(OPEN), Report.escalation >= COUNCIL)
    return reached.options(*UNSHOWN).order_by(Report.due_on, Report.id)


def number_unseen(uow: UnitOfWork) -> tuple[bool, int]:
    """Whether more have reached the council that the public may not see, and how many.

    The number is 0 below `LEAST`: a few violations in one small place would say whose. One query.
    """
    reached = Report.state.in_(OPEN), Report.escalation >= COUNCIL
    rows = select(func.count()).select_from(Report).where(~PUBLIC, *reached)
    number = uow.session.scalar(rows) or 0
    return number > 0, number if number >= LEAST else 0


class CouncilList:
    """The public list, for the council's desk."""

    path = "/reports/council"

    def number(self, uow: UnitOfWork) -> int:
        rows = council_list().order_by(None).with_only_columns(func.count())
        return uow.session.scalar(rows) or 0


def _due(uow: UnitOfWork) -> Select[Report]:
    today, settings = day_of(uow.now), settings_of(uow, "reports", ReportsSettings)
    waits = []
    for number, step in STEPS.items():
        since = Report.due_on if number == HEAD else Report.escalated_on
        until = today - timedelta(days=int(getattr(settings, step.setting)))
        waits.append(and_(Report.escalation == number - 1, since <= until))
    due = select(Report).where(overdue(today), or_(*waits)).options(*UNSHOWN)
    return due.order_by(Report.due_on, Report.id).limit(AT_ONCE)
