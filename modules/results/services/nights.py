"""The row of a vote that is counted: made at its first act, locked by each act after it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from obshto.modules.results.errors import ResultAnnounced, StaleNight
from obshto.modules.results.events import CodesChanged, RuleChosen
from obshto.modules.results.models import NightStep, VoteNight
from obshto.modules.results.services.states import COUNTING
from obshto.platform.entity import expect_version
from obshto.platform.modularity.polling_places import CalledVote
from obshto.platform.unit_of_work import UnitOfWork


def night_of(uow: UnitOfWork, vote: CalledVote) -> VoteNight:
    """As it stands; before the first act one that is in no table, of the version that act
    finds. One query."""
    found = uow.session.scalar(select(VoteNight).where(VoteNight.vote_id == vote.id))
    return found or _fresh(uow, vote, version=1)


def nights_of(uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, VoteNight]:
    """Those that are there, by vote. One query."""
    rows = select(VoteNight).where(VoteNight.vote_id.in_(ids))
    return {row.vote_id: row for row in uow.session.scalars(rows)} if ids else {}


def lock_night(uow: UnitOfWork, vote: CalledVote) -> VoteNight:
    """The row, locked; made where it is not there yet."""
    wanted = select(VoteNight).where(VoteNight.vote_id == vote.id).with_for_update()
    wanted = wanted.execution_options(populate_existing=True)
    if found := uow.session.scalar(wanted):
        return found
    try:
        with uow.session.begin_nested():
            uow.session.add(_fresh(uow, vote))
    except IntegrityError:  # another one made it in the same instant
        pass
    return uow.session.scalars(wanted).one()


def lock_counting(uow: UnitOfWork, vote: CalledVote) -> VoteNight:
    """The same while numbers may still change. Raises ResultAnnounced."""
    night = lock_night(uow, vote)
    if night.state != COUNTING:
        raise ResultAnnounced
    return night


def steps_of(uow: UnitOfWork, night: VoteNight) -> Sequence[NightStep]:
    """What happened, in the order of the days. One query."""
    if not night.id:
        return ()
    wanted = select(NightStep).where(NightStep.night_id == night.id)
    order = (NightStep.happened_on, NightStep.at, NightStep.id)
    return uow.session.scalars(wanted.order_by(*order)).all()


def choose_rule(
    uow: UnitOfWork, vote: CalledVote, *, is_together: bool, expected_version: int
) -> None:
    """Together with general local elections another rule applies (чл. 41, ал. 3).

    Raises ResultAnnounced, StaleNight.
    """
    night = lock_counting(uow, vote)
    stands = night.is_together == is_together
    if stands and night.version == expected_version + 1:
        return  # the same form again
    expect_version(night, expected_version, StaleNight)
    if stands:
        return
    night.is_together, night.changed_at = is_together, uow.now
    uow.session.flush()
    uow.emit(RuleChosen(subject_id=night.id))


def change_codes(uow: UnitOfWork, vote: CalledVote, *, expected_round: int) -> None:
    """Other codes for all sections; the old ones open nothing. The same form again does nothing.

    Raises ResultAnnounced, StaleNight.
    """
    night = lock_counting(uow, vote)
    if night.code_round == expected_round + 1 and expected_round >= 0:
        return
    if night.code_round != expected_round:
        raise StaleNight
    night.code_round += 1
    uow.session.flush()
    uow.emit(CodesChanged(subject_id=night.id))


def _fresh(uow: UnitOfWork, vote: CalledVote, **more: int) -> VoteNight:
    return VoteNight(
        vote_id=vote.id,
        vote_on=vote.vote_on,
        state=COUNTING,
        is_together=False,
        code_round=0,
        decision="",
        changed_at=uow.now,
        **more,
    )
