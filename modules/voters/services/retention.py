"""Retention: an ended registration goes after a term, a roll after the term of disputes."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, or_, select, update

from obshto.modules.voters.models import (
    FrozenVoterRoll,
    VoterListUpload,
    VoterRegistration,
    VoterRollEntry,
)
from obshto.modules.voters.services.kinds import LIVE, WITHDRAWN
from obshto.modules.voters.services.queries import UNSHOWN
from obshto.modules.voters.services.rolls import forget_roll
from obshto.platform.modularity.ports import port_here
from obshto.platform.modularity.voter_rolls import PhoneVotes
from obshto.platform.unit_of_work import UnitOfWork

ROLL_KEPT = timedelta(days=180)  # after the vote, while its result may be disputed
ENDED_KEPT = timedelta(days=90)  # after a refusal or withdrawal
AT_ONCE = 500


def forget_old(uow: UnitOfWork) -> None:
    """Job: old rolls, rolls of drafts that were deleted, ended registrations in no roll."""
    port = port_here(PhoneVotes)
    for roll in uow.session.scalars(select(FrozenVoterRoll)).all():
        vote = port.vote_of(uow, roll.vote_id) if port else None
        if vote:  # a draft may have been edited since
            roll.title, roll.closes_at = vote.title, vote.closes_at
        if (port and vote is None) or roll.closes_at < uow.now - ROLL_KEPT:
            forget_roll(uow, roll)
    in_roll = select(VoterRollEntry.registration_id)
    old = select(VoterRegistration.id).where(
        VoterRegistration.state.not_in(LIVE),
        VoterRegistration.ended_at < uow.now - ENDED_KEPT,
        VoterRegistration.id.not_in(in_roll),
    )
    ids = list(uow.session.scalars(old.limit(AT_ONCE)))
    uow.session.execute(delete(VoterRegistration).where(VoterRegistration.id.in_(ids)))


def forget_person(uow: UnitOfWork, person_id: UUID) -> None:
    """What no roll needs goes at once; what one needs is withdrawn and no account leads to it."""
    own = select(VoterRegistration).where(VoterRegistration.person_id == person_id)
    rows = uow.session.scalars(own.options(*UNSHOWN).with_for_update()).all()
    entries = select(VoterRollEntry.registration_id)
    mine = VoterRollEntry.registration_id.in_([row.id for row in rows])
    in_roll = set(uow.session.scalars(entries.where(mine)))
    for row in rows:
        if row.id not in in_roll:
            uow.session.delete(row)
            continue
        row.person_id = None
        if row.state in LIVE:
            row.state, row.ended_at = WITHDRAWN, uow.now
    uow.session.flush()
    _forget_official(uow, person_id)


def _forget_official(uow: UnitOfWork, person_id: UUID) -> None:
    """Nothing says any more which official it was."""
    for column in (
        VoterRegistration.entered_by_id,
        VoterRegistration.decided_by_id,
        VoterListUpload.uploaded_by_id,
        FrozenVoterRoll.frozen_by_id,
        VoterRollEntry.paper_by_id,
    ):
        mine = update(column.class_).where(or_(column == person_id))
        uow.session.execute(mine.values({column.key: None}))
