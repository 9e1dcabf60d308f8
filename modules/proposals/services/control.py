"""The control proposal of the leak watch."""

from __future__ import annotations

from typing import Any

from obshto.modules.proposals.models import CitizenProposal
from obshto.modules.proposals.services.states import REFUSED
from obshto.platform.cases.control_case import control_case
from obshto.platform.unit_of_work import UnitOfWork


def plant(uow: UnitOfWork, mark: str) -> None:
    """A proposal with that number, made and handled by who plants it. Twice is once."""
    words = f"Контролно предложение {mark}"
    own: dict[str, Any] = dict.fromkeys(("settlement", "reason", "place", "cost"), "")
    own |= {
        "state": REFUSED,
        "hidden_at": uow.now,
        "checked_at": uow.now,
        "subject": "other",
        "language": "bg",
    }
    own |= {"is_named": False, "needs_mayor": 0, "needs_council": 0}
    if proposal := control_case(uow, CitizenProposal, mark, **own):
        proposal.title = proposal.text = proposal.assignee = proposal.applicant = words
