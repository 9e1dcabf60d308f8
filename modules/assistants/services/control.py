"""The control request of the leak watch."""

from __future__ import annotations

from typing import Any

from obshto.modules.assistants.models import HelpRequest
from obshto.modules.assistants.services.states import WITHDRAWN
from obshto.platform.cases.control_case import control_case
from obshto.platform.unit_of_work import UnitOfWork


def plant(uow: UnitOfWork, mark: str) -> None:
    """A request with that number, sent and handled by who plants it. Twice is once."""
    own: dict[str, Any] = dict.fromkeys(("settlement", "age", "at_home"), "")
    own |= {"state": WITHDRAWN, "language": "bg", "subjects": [], "needs": [], "times": []}
    if row := control_case(uow, HelpRequest, mark, **own):
        row.applicant = row.words = row.assignee = f"Контролна молба {mark}"
