"""Campaigns: a goal, the leaflets that were handed out for it, readings that count toward it.

Who leads a campaign and who entered leaflets stands in the activity log alone, so that these tables
know nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, delete, select

from obshto.modules.guides.errors import (
    CampaignChanged,
    EndsBeforeItBegins,
    HandoutOutsideCampaign,
    NoSuchCampaign,
)
from obshto.modules.guides.events import (
    CampaignBegun,
    CampaignDeleted,
    CampaignEdited,
    LeafletsHandedOut,
    LeafletsTakenBack,
)
from obshto.modules.guides.models import GuideCampaign, GuideHandout
from obshto.platform.clock import day_of
from obshto.platform.db.base import new_id
from obshto.platform.entity import create_once, expect_version
from obshto.platform.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignPlan:
    """`settlements` are EKATTE codes; none means the whole municipality. Both days belong to it."""

    title: str
    goal: int
    starts_on: date
    ends_on: date
    settlements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """`number` leaflets of a day, at a counter or centre; `settlement` empty where not known."""

    given_on: date
    number: int
    place: str
    settlement: str = ""


def campaigns(uow: UnitOfWork, *, ended: bool) -> Select[GuideCampaign]:
    """Those that run or are to come, which end first; or those that have ended, the last first."""
    today = day_of(uow.now)
    if ended:
        rows = select(GuideCampaign).where(GuideCampaign.ends_on < today)
        return rows.order_by(GuideCampaign.ends_on.desc(), GuideCampaign.id.desc())
    rows = select(GuideCampaign).where(GuideCampaign.ends_on >= today)
    return rows.order_by(GuideCampaign.ends_on, GuideCampaign.id)


def campaign_of(uow: UnitOfWork, campaign_id: UUID, *, to_change: bool = False) -> GuideCampaign:
    """`to_change` makes others wait. Raises NoSuchCampaign."""
    rows = select(GuideCampaign).where(GuideCampaign.id == campaign_id)
    found = uow.session.scalar(rows.with_for_update() if to_change else rows)
    if found is None:
        raise NoSuchCampaign
    return found


def plan_of(campaign: GuideCampaign) -> CampaignPlan:
    """As it is stored."""
    return CampaignPlan(
        title=campaign.title,
        goal=campaign.goal,
        starts_on=campaign.starts_on,
        ends_on=campaign.ends_on,
        settlements=tuple(campaign.settlements),
    )


def begin_campaign(uow: UnitOfWork, plan: CampaignPlan, *, request_id: UUID) -> GuideCampaign:
    """The same `request_id` again answers the first one. Raises EndsBeforeItBegins."""
    campaign = GuideCampaign(id=new_id(), request_id=request_id)
    _put(uow, campaign, plan)
    if (first := create_once(uow, campaign)) is not campaign:
        return first
    uow.emit(CampaignBegun(subject_id=campaign.id, title=campaign.title))
    return campaign


def edit_campaign(
    uow: UnitOfWork, campaign: GuideCampaign, plan: CampaignPlan, *, expected_version: int
) -> None:
    """Raises CampaignChanged, EndsBeforeItBegins."""
    if plan_of(campaign) == plan:
        return
    expect_version(campaign, expected_version, CampaignChanged)
    _put(uow, campaign, plan)
    uow.emit(CampaignEdited(subject_id=campaign.id, title=campaign.title))


def delete_campaign(uow: UnitOfWork, campaign: GuideCampaign, *, expected_version: int) -> None:
    """For good, with its leaflets. Raises CampaignChanged."""
    expect_version(campaign, expected_version, CampaignChanged)
    uow.session.execute(delete(GuideHandout).where(GuideHandout.campaign_id == campaign.id))
    uow.session.delete(campaign)
    uow.emit(CampaignDeleted(subject_id=campaign.id, title=campaign.title))


def handouts(campaign_id: UUID) -> Select[GuideHandout]:
    """Leaflets of a campaign, the last first."""
    rows = select(GuideHandout).where(GuideHandout.campaign_id == campaign_id)
    return rows.order_by(GuideHandout.given_on.desc(), GuideHandout.id.desc())


def hand_out(uow: UnitOfWork, campaign: GuideCampaign, given: Given, *, request_id: UUID) -> None:
    """Count leaflets. The same `request_id` again does nothing. Raises HandoutOutsideCampaign."""
    last = min(campaign.ends_on, day_of(uow.now))
    is_here = not campaign.settlements or given.settlement in ("", *campaign.settlements)
    if not (campaign.starts_on <= given.given_on <= last and is_here):
        raise HandoutOutsideCampaign
    row = GuideHandout(
        request_id=request_id,
        campaign_id=campaign.id,
        given_on=given.given_on,
        settlement=given.settlement,
        place=given.place,
        number=given.number,
    )
    if create_once(uow, row) is not row:
        return
    about, title = campaign.id, campaign.title
    uow.emit(LeafletsHandedOut(subject_id=about, title=title, number=given.number))


def take_back(
    uow: UnitOfWork, campaign: GuideCampaign, handout_id: UUID, *, expected_version: int
) -> None:
    """Entered by mistake; a second time does nothing. Raises CampaignChanged."""
    rows = select(GuideHandout).where(
        GuideHandout.id == handout_id, GuideHandout.campaign_id == campaign.id
    )
    row = uow.session.scalar(rows.with_for_update())
    if row is None:
        return
    expect_version(row, expected_version, CampaignChanged)
    uow.session.delete(row)
    about, title = campaign.id, campaign.title
    uow.emit(LeafletsTakenBack(subject_id=about, title=title, number=row.number))


def _put(uow: UnitOfWork, campaign: GuideCampaign, plan: CampaignPlan) -> None:
    if plan.ends_on < plan.starts_on:
        raise EndsBeforeItBegins
    campaign.title, campaign.goal = plan.title, plan.goal
    campaign.starts_on, campaign.ends_on = plan.starts_on, plan.ends_on
    campaign.settlements = sorted(plan.settlements)
    campaign.changed_at = uow.now
