"""Turnout by full hours: a section reports with its code, or a clerk writes what is phoned in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from obshto.modules.results.errors import (
    FewerThanBefore,
    MoreThanAfter,
    MoreThanListed,
    NoSuchHour,
    TooEarly,
)
from obshto.modules.results.events import TurnoutReported
from obshto.modules.results.models import TurnoutReport
from obshto.modules.results.services.nights import lock_counting
from obshto.modules.results.services.votes import moment_of, turnout_hours
from obshto.platform.modularity.polling_places import CalledVote, PollingPlace
from obshto.platform.unit_of_work import UnitOfWork

Reports = Mapping[UUID, Mapping[int, TurnoutReport]]  # by section, then by hour


@dataclass(frozen=True, slots=True, kw_only=True)
class HourTurnout:
    """All sections by one hour: how many reported, how many had voted there."""

    hour: int
    sections: int
    voted: int


def reports_of(uow: UnitOfWork, vote: CalledVote) -> Reports:
    """What was reported, by section and hour. One query."""
    wanted = select(TurnoutReport).where(TurnoutReport.vote_id == vote.id)
    found: dict[UUID, dict[int, TurnoutReport]] = {}
    for row in uow.session.scalars(wanted.order_by(TurnoutReport.hour)):
        found.setdefault(row.section_id, {})[row.hour] = row
    return found


def report_turnout(
    uow: UnitOfWork,
    vote: CalledVote,
    place: PollingPlace,
    hour: int,
    voted: int,
    *,
    by_section: bool = False,
) -> None:
    """So many had voted there by that hour; a later word corrects an earlier one.

    `by_section`: it came with the section's code, so nobody is written down beside it.
    The same again changes nothing. Whoever reports of the same vote waits for its row. Raises
    ResultAnnounced, NoSuchHour, TooEarly, MoreThanListed, FewerThanBefore, MoreThanAfter.
    """
    night = lock_counting(uow, vote)
    known = reports_of(uow, vote).get(place.id, {})
    row = known.get(hour)
    if row and row.voted == voted:
        return
    if hour not in turnout_hours(uow):
        raise NoSuchHour
    if uow.now < moment_of(vote.vote_on, hour):
        raise TooEarly(hour=hour)
    _expect_between(known, place, hour, voted)
    if row is None:
        row = TurnoutReport(vote_id=vote.id, section_id=place.id, hour=hour)
        uow.session.add(row)
    row.voted, row.at = voted, uow.now
    row.by_id = None if by_section else uow.principal.person_id
    night.changed_at = uow.now
    uow.session.flush()
    uow.emit(TurnoutReported(subject_id=night.id))


def hours_told(reports: Reports, hours: Sequence[int]) -> list[HourTurnout]:
    """By each hour: of each section its last word up to then. Silent hours are left out."""
    told = []
    for hour in hours:
        spoke = sum(hour in own for own in reports.values())
        latest = [max((at for at in own if at <= hour), default=None) for own in reports.values()]
        voted = sum(
            own[at].voted
            for own, at in zip(reports.values(), latest, strict=True)
            if at is not None
        )
        if spoke:
            told.append(HourTurnout(hour=hour, sections=spoke, voted=voted))
    return told


def _expect_between(
    known: Mapping[int, TurnoutReport], place: PollingPlace, hour: int, voted: int
) -> None:
    if place.voters and voted > place.voters:
        raise MoreThanListed(listed=place.voters)
    for at, row in known.items():
        if at < hour and row.voted > voted:
            raise FewerThanBefore(hour=at, voted=row.voted)
        if at > hour and row.voted < voted:
            raise MoreThanAfter(hour=at, voted=row.voted)
