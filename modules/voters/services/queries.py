"""Queries of voters: lists, one registration, who is where."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import defer

from obshto.modules.voters.errors import NoSuchRegistration
from obshto.modules.voters.models import (
    FrozenVoterRoll,
    ListedVoter,
    VoterListUpload,
    VoterRegistration,
    VoterRollEntry,
)
from obshto.modules.voters.services.kinds import ACCEPTED, ASKED, LIVE, REFUSED, WITHDRAWN
from obshto.platform.keys.encryption import blind_index
from obshto.platform.unit_of_work import UnitOfWork

#: Columns that lists and acts do without: who reads them has said what for.
UNSHOWN = tuple(
    defer(column)
    for column in (VoterRegistration.name, VoterRegistration.address, VoterRegistration.phone)
)


def egn_index(number: str) -> bytes:
    """The keyed digest by which a personal number is found; the number itself is not kept."""
    return blind_index("voters_registration.egn", number)


def is_listed() -> ColumnElement[bool]:
    """The number of a registration stands in the newest list."""
    return exists().where(ListedVoter.egn_index == VoterRegistration.egn_index)


def lists(settlement: str = "") -> dict[str, Select[VoterRegistration]]:
    """The lists of the console by their word, without names."""
    every = select(VoterRegistration).order_by(VoterRegistration.number.desc()).options(*UNSHOWN)
    if settlement:
        every = every.where(VoterRegistration.settlement == settlement)
    state = VoterRegistration.state
    return {
        "asked": every.where(state == ASKED),
        "accepted": every.where(state == ACCEPTED),
        "unlisted": every.where(state == ACCEPTED, ~is_listed()),
        "refused": every.where(state == REFUSED),
        "withdrawn": every.where(state == WITHDRAWN),
    }


def settlements(uow: UnitOfWork) -> Sequence[str]:
    """Those of the registrations, for the filter. One query."""
    named = select(VoterRegistration.settlement).where(VoterRegistration.settlement != "")
    return uow.session.scalars(named.distinct().order_by(VoterRegistration.settlement)).all()


def registration_of(
    uow: UnitOfWork, registration_id: UUID, *, to_change: bool = False
) -> VoterRegistration:
    """One for staff, without name and address; `to_change` locks it. Raises NoSuchRegistration."""
    wanted = select(VoterRegistration).where(VoterRegistration.id == registration_id)
    wanted = wanted.options(*UNSHOWN)
    found = uow.session.scalar(wanted.with_for_update() if to_change else wanted)
    if found is None:
        raise NoSuchRegistration
    return found


def by_egn(uow: UnitOfWork, number: str) -> VoterRegistration | None:
    """The live registration of a personal number, without name and address."""
    wanted = select(VoterRegistration).where(
        VoterRegistration.egn_index == egn_index(number), VoterRegistration.state.in_(LIVE)
    )
    return uow.session.scalar(wanted.options(*UNSHOWN))


def own_registration(
    uow: UnitOfWork, person_id: UUID | None, *, to_change: bool = False
) -> VoterRegistration | None:
    """The live one of an account, else its last one."""
    wanted = select(VoterRegistration).where(VoterRegistration.person_id == person_id)
    wanted = wanted.order_by(
        VoterRegistration.state.in_(LIVE).desc(), VoterRegistration.number.desc()
    ).limit(1)
    return uow.session.scalar(wanted.with_for_update() if to_change else wanted)


def settlement_listed(uow: UnitOfWork, index: bytes | None) -> str | None:
    """Where the newest list has this person; None where it does not."""
    wanted = select(ListedVoter.settlement).where(ListedVoter.egn_index == index)
    return uow.session.scalar(wanted)


def rolls_of(uow: UnitOfWork, registration_id: UUID) -> Sequence[FrozenVoterRoll]:
    """Rolls in which somebody stands, the last first. One query."""
    wanted = select(FrozenVoterRoll).join(VoterRollEntry)
    wanted = wanted.where(VoterRollEntry.registration_id == registration_id)
    return uow.session.scalars(wanted.order_by(FrozenVoterRoll.closes_at.desc())).all()


def newest_upload(uow: UnitOfWork) -> VoterListUpload | None:
    """The list that holds."""
    newest = select(VoterListUpload).order_by(VoterListUpload.uploaded_at.desc())
    return uow.session.scalar(newest.limit(1))
