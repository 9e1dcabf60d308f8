"""The control request of the leak watch."""

from __future__ import annotations

from typing import Any

from obshto.modules.personaldata.models import DataRequest
from obshto.modules.personaldata.services.states import REFUSED
from obshto.platform.cases.control_case import control_case
from obshto.platform.clock import day_of
from obshto.platform.unit_of_work import UnitOfWork


def plant(uow: UnitOfWork, mark: str) -> None:
    """A request with that number, sent and handled by who plants it. Twice is once."""
    own: dict[str, Any] = dict.fromkeys(("behalf", "identified_how", "identified_by"), "")
    own |= {"state": REFUSED, "starts_on": day_of(uow.now), "kind": "complaint"}
    if row := control_case(uow, DataRequest, mark, **own, language="bg", asked_again=0):
        row.applicant = row.words = row.assignee = f"Контролно искане {mark}"
