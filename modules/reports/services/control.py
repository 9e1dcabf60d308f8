"""The control report: whoever finds its number in another municipality found a leak.

It takes no number of the register, and no list, count or export of people has it.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import select

from obshto.modules.reports.models import Report
from obshto.modules.reports.services.states import REFUSED
from obshto.platform.cases.channels import PORTAL
from obshto.platform.db.base import new_id
from obshto.platform.db.control_rows import control_id
from obshto.platform.unit_of_work import UnitOfWork

YEAR = 0
ENDED = datetime(9999, 1, 1, tzinfo=UTC)  # the last of all: it stands first among what is done


def plant(uow: UnitOfWork, mark: str) -> None:
    """A report with that number, told and handled by who plants it. Twice is once."""
    words = f"Контролен сигнал {mark}"
    report = uow.session.scalar(select(Report).where(Report.year == YEAR)) or _report(uow, mark)
    if report.assignee != words:
        report.request_id = control_id(mark)
        report.applicant = report.words = report.assignee = words
        uow.session.add(report)


def _report(uow: UnitOfWork, mark: str) -> Report:
    me = uow.principal.person_id
    return Report(
        id=new_id(),
        request_id=control_id(mark),
        year=YEAR,
        sequence=0,
        person_id=me,
        channel=PORTAL,
        entered_by="",
        state=REFUSED,
        sent_at=uow.now,
        assignee_id=me,
        assignee="",
        ended_at=ENDED,
        hidden_at=uow.now,
        kind="other",
        settlement="",
        language="bg",
        is_signal=False,
    )
