"""Personal data of centres: shifts of the staff. Volunteers have no account; staff let them go.

Names of bookers lie with the bookings of the platform; a guest has only a number.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from obshto.modules.centres.models import Centre, RotaShift, RotaWorker
from obshto.modules.centres.services.volunteers import forget_person
from obshto.platform.unit_of_work import UnitOfWork


def export(uow: UnitOfWork, person_id: UUID) -> Mapping[str, list[dict[str, Any]]]:
    """When the person was or will be on duty, and where."""
    rows = select(RotaShift, RotaWorker.name, Centre.name).join(RotaShift.worker)
    rows = rows.join(Centre, Centre.id == RotaShift.centre_id)
    rows = rows.where(RotaWorker.person_id == person_id).order_by(RotaShift.starts_at)
    return {
        "shifts": [
            {
                "name": name,
                "centre": centre,
                "starts_at": shift.starts_at.isoformat(),
                "ends_at": shift.ends_at.isoformat(),
                "is_cancelled": shift.cancelled_at is not None,
            }
            for shift, name, centre in uow.session.execute(rows)
        ]
    }


def erase(uow: UnitOfWork, person_id: UUID) -> None:
    """Hours on duty stay, nobody stands beside them."""
    forget_person(uow, person_id)
