"""Personal data of polling: members have no account, so only who entered them is known by one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from obshto.modules.polling.models import CommissionMember, PollingSection
from obshto.modules.polling.services.commissions import forget_clerk
from obshto.platform.unit_of_work import UnitOfWork


def export(uow: UnitOfWork, person_id: UUID) -> Mapping[str, list[dict[str, Any]]]:
    """That the person entered members, without who they are."""
    wanted = select(PollingSection.number, CommissionMember.entered_at).join(
        PollingSection, PollingSection.id == CommissionMember.section_id
    )
    own = wanted.where(CommissionMember.entered_by_id == person_id)
    rows = uow.session.execute(own.order_by(CommissionMember.entered_at))
    return {
        "entered": [
            {"section": number, "entered_at": entered_at.isoformat()} for number, entered_at in rows
        ]
    }


def erase(uow: UnitOfWork, person_id: UUID) -> None:
    """The commission stays, nobody stands beside it as who entered it."""
    forget_clerk(uow, person_id)
