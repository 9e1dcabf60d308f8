"""Retention of reports: names leave, the thing stays; silence confirms."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select, update

from obshto.modules.reports.events import ReportReminded
from obshto.modules.reports.models import Report, ReportLine, ReportLook, TeamMember
from obshto.modules.reports.services.outside import AGAIN
from obshto.modules.reports.services.photos import forget_senders_photos
from obshto.modules.reports.services.queries import UNSHOWN, challenges_by
from obshto.modules.reports.services.states import (
    FIXED,
    HANDED,
    LAPSE,
    PASSED_ON,
    move,
    record,
)
from obshto.platform.clock import day_of
from obshto.platform.documents.services import forget
from obshto.platform.followers.services import forget_followers
from obshto.platform.support.services import anonymize
from obshto.platform.unit_of_work import UnitOfWork

SILENCE = timedelta(days=14)  # without a no, what was shown as fixed is
KEPT = timedelta(days=365)  # after the end, while somebody may come back to it
AT_ONCE = 200  # rows of one transaction


def remind_of_handed(uow: UnitOfWork) -> None:
    """Job: whoever works on what another body has is told to ask, every fourteen days."""
    today = day_of(uow.now)
    due = select(Report).where(Report.state.in_((HANDED, PASSED_ON)), Report.remind_on <= today)
    for report in uow.session.scalars(
        due.options(*UNSHOWN).order_by(Report.id).limit(AT_ONCE).with_for_update(skip_locked=True)
    ):
        report.remind_on = today + AGAIN
        record(uow, report, ReportReminded)


def confirm_by_silence(uow: UnitOfWork) -> None:
    """Job: fourteen days without a no."""
    quiet = select(Report).where(Report.state == FIXED, Report.fixed_at < uow.now - SILENCE)
    rows = quiet.order_by(Report.id).limit(AT_ONCE).with_for_update(skip_locked=True)
    for report in uow.session.scalars(rows):
        move(uow, report, LAPSE)


def empty_old_reports(uow: UnitOfWork) -> None:
    """Job: a year after its end nothing stays that says who told it."""
    old = select(Report).where(Report.ended_at < uow.now - KEPT)
    old = old.where(Report.is_emptied.is_(False)).order_by(Report.id).limit(AT_ONCE)
    for report in uow.session.scalars(old.with_for_update(skip_locked=True)):
        _empty(uow, report)
        forget_followers(uow, "reports", [report.id])
        anonymize(uow, "reports", [report.id])


def forget_person(uow: UnitOfWork, person_id: UUID) -> None:
    """The name, reach and words of a sender go at once; of staff no name stays."""
    own = select(Report).where(Report.person_id == person_id).order_by(Report.id)
    for report in uow.session.scalars(own.with_for_update()):
        _empty(uow, report)
    for _number, line in challenges_by(uow, person_id):
        line.words = None
    uow.session.execute(delete(TeamMember).where(TeamMember.person_id == person_id))
    for model, column, values in (
        (Report, Report.assignee_id, {"assignee_id": None, "assignee": ""}),
        (Report, Report.entered_by_id, {"entered_by_id": None, "entered_by": ""}),
        (ReportLine, ReportLine.by_id, {"by_id": None, "by_name": ""}),
        (ReportLook, ReportLook.by_id, {"by_id": None, "by_name": ""}),
    ):
        uow.session.execute(update(model).where(column == person_id).values(values))


def _empty(uow: UnitOfWork, report: Report) -> None:
    forget_senders_photos(uow, report)
    forget(uow, "reports", [report.id])
    report.person_id = report.code_index = None
    report.applicant, report.email, report.phone = "", None, None
    report.email_confirmed_at = report.phone_confirmed_at = None
    report.neighbour_code = report.remind_on = None
    report.words = report.place = report.latitude = report.longitude = None
    report.is_emptied, report.wants_cover = True, False
    lines = select(ReportLine).where(ReportLine.case_id == report.id, ReportLine.by_name == "")
    for line in uow.session.scalars(lines):
        line.words, line.by_id = None, None
    uow.session.flush()
