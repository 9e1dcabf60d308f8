"""The control report of the leak watch."""

from __future__ import annotations

from obshto.modules.reports.models import Report
from obshto.modules.reports.services.states import REFUSED
from obshto.platform.cases.control_case import control_case
from obshto.platform.unit_of_work import UnitOfWork


def plant(uow: UnitOfWork, mark: str) -> None:
    """A report with that number, told and handled by who plants it. Twice is once."""
    own = {"state": REFUSED, "hidden_at": uow.now, "kind": "other", "settlement": ""}
    if report := control_case(uow, Report, mark, **own, language="bg", is_signal=False):
        report.applicant = report.words = report.assignee = f"Контролен сигнал {mark}"
