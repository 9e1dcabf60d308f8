"""Export and erasure: lines, timetables and alerts that a person wrote as staff."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from obshto.modules.transit.models import BusLine, ServiceAlert, TimetableEdition
from obshto.platform.unit_of_work import UnitOfWork


def export(uow: UnitOfWork, person_id: UUID) -> Mapping[str, list[dict[str, Any]]]:
    """Lines that the person changed last, alerts they wrote, timetables they published."""
    lines = uow.session.scalars(select(BusLine).filter_by(changed_by_id=person_id))
    alerts = uow.session.scalars(select(ServiceAlert).filter_by(changed_by_id=person_id))
    editions = uow.session.scalars(select(TimetableEdition).filter_by(published_by_id=person_id))
    return {
        "bus_lines": [
            {"line": row.title, "changed_at": row.changed_at.isoformat()} for row in lines
        ],
        "bus_alerts": [
            {"text": row.text, "written_at": row.written_at.isoformat()} for row in alerts
        ],
        "bus_timetables": [
            {"line": row.content["name"], "published_at": row.published_at.isoformat()}
            for row in editions
        ],
    }


def erase(uow: UnitOfWork, person_id: UUID) -> None:
    """Timetables stay the municipality's; nobody is named beside them any more."""
    for model in (BusLine, ServiceAlert):
        own = update(model).where(model.changed_by_id == person_id)
        uow.session.execute(own.values(changed_by_id=None, changed_by=""))
    published = update(TimetableEdition).where(TimetableEdition.published_by_id == person_id)
    uow.session.execute(published.values(published_by_id=None, published_by=""))
