"""Dangers as the frame of each page shows them, and as the region's table keeps them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from obshto.modules.crisis.models import Crisis, CrisisMessage, RegionalAlarm
from obshto.modules.crisis.services.queries import running_texts, told_text
from obshto.modules.crisis.services.settlements import places_of, settlements_here
from obshto.platform.modularity.public_alarms import PublicAlarm
from obshto.platform.scope import is_in_practice
from obshto.platform.unit_of_work import Principal, UnitOfWork, open_uow

REASON = "crisis:show-in-region"


class CrisisAlarms:
    """The port of `platform.modularity.public_alarms`."""

    def here(self, uow: UnitOfWork) -> Sequence[PublicAlarm]:
        """One query, and one read of names where something stands."""
        found = uow.session.execute(running_texts()).all()
        names = settlements_here(uow) if found else {}
        return [
            PublicAlarm(
                title=message.title,
                places=places_of(message.settlements, names),
                number=message.number,
                told_at=message.sent_at or uow.now,
                path=crisis.path,
            )
            for crisis, message in found
        ]

    def in_region(self, uow: UnitOfWork) -> Sequence[PublicAlarm]:
        """One query."""
        rows = select(RegionalAlarm).order_by(RegionalAlarm.told_at.desc(), RegionalAlarm.crisis_id)
        return [
            PublicAlarm(
                title=row.title,
                places=row.places,
                number=row.number,
                told_at=row.told_at,
                path=row.path,
                municipality=row.municipality,
            )
            for row in uow.session.scalars(rows)
        ]


def show_in_region(uow: UnitOfWork, crisis_id: UUID) -> None:
    """The region shows what stands here now. The crisis stays locked until the region has it, so
    that of two jobs the one that read earlier cannot write later.
    """
    crisis = uow.session.get(Crisis, crisis_id, with_for_update=True)
    if crisis is None or crisis.is_rehearsal or is_in_practice():
        return
    row = _row(uow, crisis) if crisis.is_running else None
    with open_uow(None, Principal.system(REASON)) as region:
        if row is None:
            own = {"municipality": uow.scope.slug, "crisis_id": crisis_id}
            region.session.execute(delete(RegionalAlarm).filter_by(**own))
        else:
            put = insert(RegionalAlarm).values(row)
            region.session.execute(
                put.on_conflict_do_update(
                    index_elements=("municipality", "crisis_id"),
                    set_={name: put.excluded[name] for name in row},
                )
            )
        region.invalidate_region_pages()


def _row(uow: UnitOfWork, crisis: Crisis) -> dict[str, object]:
    message: CrisisMessage = told_text(uow, crisis)
    return {
        "municipality": uow.scope.slug,
        "crisis_id": crisis.id,
        "number": message.number,
        "title": message.title,
        "places": places_of(message.settlements, settlements_here(uow)),
        "path": crisis.path,
        "told_at": message.sent_at,
    }
