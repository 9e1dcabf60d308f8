"""Bodies outside: who has a report that is not ours, since when, when we ask what became of it.

Of a neighbour municipality the report arrives there, as one of its own: see `neighbour_reports`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from obshto.modules.reports.errors import (
    NoSuchNeighbour,
    PassingNotAllowed,
    ReportNotFromHere,
    StaleReport,
)
from obshto.modules.reports.events import ReportToNeighbour
from obshto.modules.reports.models import Report
from obshto.modules.reports.services.access_log import look_at_handed
from obshto.modules.reports.services.checks import expect_mine
from obshto.modules.reports.services.duplicates import tell_doubles
from obshto.modules.reports.services.states import (
    FOLLOWED,
    HAND_OVER,
    HANDED,
    OPEN,
    PASSED_ON,
    RECLAIM,
    STATES,
    move,
    note,
    record,
)
from obshto.platform.clock import day_of
from obshto.platform.entity import expect_version
from obshto.platform.practice_exits import told_outside
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE
from obshto.tenants.api import municipalities

PART, NEIGHBOUR = "reports", "neighbour"
AGAIN = timedelta(days=14)  # from one reminder of a report that another body has to the next


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideBody:
    """A body by its word in `kinds.BODIES`; `municipality` is the slug where it is a neighbour."""

    body: str
    remind_on: date
    municipality: str = ""


def neighbours_with_reports(uow: UnitOfWork, language: str = SOURCE) -> Mapping[str, str]:
    """Names of the other municipalities that take reports, by slug; practice hands over nothing."""
    return {
        one.slug: one.names.get(language) or one.names[SOURCE]
        for one in told_outside(municipalities())
        if PART in one.modules and one.slug != uow.scope.slug
    }


def put_outside(uow: UnitOfWork, report: Report, to: OutsideBody | None) -> None:
    """It is with that body from today on, or with none.

    Raises NoSuchNeighbour, PassingNotAllowed.
    """
    if to is None:
        report.body, report.neighbour, report.body_on, report.remind_on = "", "", None, None
        return
    report.neighbour = to.municipality if to.body == NEIGHBOUR else ""
    report.body, report.body_on, report.remind_on = to.body, day_of(uow.now), to.remind_on
    if to.body == NEIGHBOUR:
        _pass_to_neighbour(uow, report)


def hand_over(
    uow: UnitOfWork, report: Report, words: str, to: OutsideBody, *, expected_version: int
) -> None:
    """Another body has it; it stays ours to ask about.

    Raises StaleReport, ReportNotYours, ReportNotFromHere, NoSuchNeighbour, PassingNotAllowed.
    """
    if report.state == HAND_OVER.to and report.body == to.body:
        return
    expect_mine(uow, report, expected_version)
    move(uow, report, HAND_OVER, words=words)
    put_outside(uow, report, to)
    tell_doubles(uow, report, HAND_OVER.fact)


def reclaim_report(uow: UnitOfWork, report: Report, words: str, *, expected_version: int) -> None:
    """The body answered; work goes on here. Raises StaleReport, ReportNotYours."""
    if report.state == RECLAIM.to and not report.body:
        return
    expect_mine(uow, report, expected_version)
    move(uow, report, RECLAIM, words=words)
    put_outside(uow, report, None)


def note_answer(
    uow: UnitOfWork, report: Report, words: str, next_on: date | None, *, expected_version: int
) -> None:
    """What the body said when it was asked, and when it is asked again, if ever; by whoever asked.

    Raises StaleReport, ReportNotFromHere.
    """
    expect_version(report, expected_version, StaleReport)
    if report.state not in (HANDED, PASSED_ON) or not report.body:
        raise ReportNotFromHere(state=STATES[report.state])
    report.remind_on = next_on
    note(uow, report, FOLLOWED, words=words)


def allow_passing(
    uow: UnitOfWork, report: Report, *, is_allowed: bool, expected_version: int
) -> None:
    """The sender's consent to a neighbour's having it, or its end. Twice is once.

    Raises StaleReport, ReportNotFromHere.
    """
    if report.may_be_passed == is_allowed:
        return
    expect_version(report, expected_version, StaleReport)
    if report.state not in OPEN or report.neighbour:
        raise ReportNotFromHere(state=STATES[report.state])
    report.may_be_passed = is_allowed
    note(uow, report, "passing-allowed" if is_allowed else "passing-ended", by_staff=False)


def _pass_to_neighbour(uow: UnitOfWork, report: Report) -> None:
    if report.neighbour not in neighbours_with_reports(uow):
        raise NoSuchNeighbour
    if not report.may_be_passed:
        raise PassingNotAllowed
    look_at_handed(uow, report)
    record(uow, report, ReportToNeighbour)
