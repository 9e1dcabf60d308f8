"""Record of a session for the minutes of meetings: attendance and votes by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from obshto.modules.council.services.majorities import CHOICES, GROUNDS
from obshto.modules.council.services.members import councillors
from obshto.modules.council.services.sessions import attendance_of, number_of_materials
from obshto.modules.council.services.votes import CountedVote, votes_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE


class PublicRecords:
    """Supplies `CouncilRecords`."""

    def record_of(self, uow: UnitOfWork, session_id: UUID) -> Mapping[str, Any]:
        """Names as they are at publication; five queries."""
        noted, calls = attendance_of(uow, session_id), votes_of(uow, session_id)
        told: dict[str, Any] = {}
        if noted:
            there = [one.name for one in councillors(uow) if str(one.id) in noted.present]
            told["attendance"] = there
        if calls:
            by_point: dict[str, list[dict[str, Any]]] = {}
            for call in calls:
                by_point.setdefault(str(call.row.item_id), []).append(_told(call))
            told["roll_calls"] = by_point
        return told

    def materials_of(
        self, uow: UnitOfWork, session_id: UUID, *, item_id: UUID | None = None
    ) -> int:
        return number_of_materials(uow, session_id, item_id=item_id)

    def path_of(self, session_id: UUID) -> str:
        return f"/council/sessions/{session_id}"


def _told(call: CountedVote) -> dict[str, Any]:
    names = {
        choice: [one.name for one, given in call.votes if given == choice] for choice in CHOICES
    }
    return {
        "motion": call.row.motion,
        "majority": call.majority.title(SOURCE),
        "article": GROUNDS.get(call.row.ground, ""),
        "needed": call.result.needed,
        "seats": call.result.seats,
        "is_adopted": call.result.is_adopted,
        "edition": call.editions[0].edition,
        "correction": call.editions[0].why,
        **names,
    }
