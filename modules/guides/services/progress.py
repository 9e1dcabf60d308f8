"""Progress of campaigns: leaflets and finished readings, by settlement.

A leaflet and a reading count as one person each. Somebody who took a leaflet and then read the
guide counts twice: who they are is not known, so nobody can tell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import Select, and_, any_, func, or_, select

from obshto.modules.guides.models import GuideCampaign, GuideHandout, GuideReading
from obshto.platform.unit_of_work import UnitOfWork


@dataclass(slots=True)
class Reached:
    """Numbers of one settlement."""

    leaflets: int = 0
    readings: int = 0

    @property
    def total(self) -> int:
        return self.leaflets + self.readings


@dataclass(slots=True)
class CampaignProgress:
    """By EKATTE code; the empty code is where nobody said from where."""

    goal: int
    places: dict[str, Reached] = field(default_factory=lambda: defaultdict(Reached))

    @property
    def reached(self) -> int:
        return sum(place.total for place in self.places.values())

    @property
    def left(self) -> int:
        """To the goal; never less than nothing."""
        return max(0, self.goal - self.reached)

    @property
    def share(self) -> float:
        """Of the goal, 0 to 1 and beyond."""
        return self.reached / self.goal


def progress_of(
    uow: UnitOfWork, campaigns: Collection[GuideCampaign]
) -> dict[UUID, CampaignProgress]:
    """Two queries."""
    told = {campaign.id: CampaignProgress(campaign.goal) for campaign in campaigns}
    for campaign in campaigns:
        for code in campaign.settlements:
            told[campaign.id].places[code] = Reached()
    if not told:
        return told
    for campaign_id, code, number in uow.session.execute(_leaflets(told)):
        told[campaign_id].places[code].leaflets = number
    for campaign_id, code, number in uow.session.execute(_readings(told)):
        told[campaign_id].places[code].readings = number
    return told


def _leaflets(ids: Collection[UUID]) -> Select[UUID, str, int]:
    owner, place = GuideHandout.campaign_id, GuideHandout.settlement
    rows = select(owner, place, func.sum(GuideHandout.number)).where(owner.in_(ids))
    return rows.group_by(owner, place)


def _readings(ids: Collection[UUID]) -> Select[UUID, str, int]:
    """Of days of the campaign, by readers of its places; of everybody where it has none."""
    days = and_(
        GuideReading.read_on >= GuideCampaign.starts_on,
        GuideReading.read_on <= GuideCampaign.ends_on,
    )
    everywhere = func.cardinality(GuideCampaign.settlements) == 0
    here = or_(everywhere, GuideReading.settlement == any_(GuideCampaign.settlements))
    rows = select(GuideCampaign.id, GuideReading.settlement, func.count())
    rows = rows.join(GuideReading, and_(days, here)).where(GuideCampaign.id.in_(ids))
    return rows.group_by(GuideCampaign.id, GuideReading.settlement)
