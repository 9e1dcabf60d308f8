"""Rolls of votes: made of accepted registrations, frozen, taken by the commission, paper ballots.

No code stands beside a voter. At the counter the clerk brings the public code of the letter, which
the commission's own computer tells; it is made void first and then forgotten here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import chain
from uuid import UUID

from flask_babel import gettext
from sqlalchemy import ColumnElement, Select, delete, func, insert, select

from obshto.modules.voters.errors import (
    HasPaper,
    NobodyRegistered,
    NoMorePaper,
    NoSuchVoteHere,
    NotOnThisRoll,
    RollIsFixed,
    VoidBefore,
)
from obshto.modules.voters.events import PaperHandedOut, VoterRollDropped, VoterRollFrozen
from obshto.modules.voters.models import FrozenVoterRoll, VoterRegistration, VoterRollEntry
from obshto.modules.voters.services.kinds import ACCEPTED, POST
from obshto.modules.voters.services.queries import UNSHOWN, egn_index, is_listed
from obshto.modules.voters.services.registrations import take_turn
from obshto.platform.db.batches import batches_of
from obshto.platform.entity import expect_version
from obshto.platform.errors import Conflict
from obshto.platform.modularity.ports import port_here
from obshto.platform.modularity.voter_rolls import PhoneVote, PhoneVotes, VoterRoll
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import LANGUAGES, SOURCE, speaking


def votes_here(uow: UnitOfWork) -> Sequence[PhoneVote]:
    """Votes that a roll may be made for or is in use for."""
    port = port_here(PhoneVotes)
    return port.votes(uow) if port else ()


def vote_here(uow: UnitOfWork, vote_id: UUID, *, to_change: bool = False) -> PhoneVote:
    """One of them, or one that is over. Raises NoSuchVoteHere."""
    port = port_here(PhoneVotes)
    vote = port.vote_of(uow, vote_id, to_change=to_change) if port else None
    if vote is None:
        raise NoSuchVoteHere
    return vote


def roll_of(uow: UnitOfWork, vote_id: UUID) -> FrozenVoterRoll | None:
    """The frozen roll of a vote."""
    return uow.session.scalar(select(FrozenVoterRoll).where(FrozenVoterRoll.vote_id == vote_id))


def sizes_of_rolls(uow: UnitOfWork, votes: Sequence[PhoneVote]) -> dict[UUID, int]:
    """By vote. One query."""
    wanted = select(FrozenVoterRoll.vote_id, FrozenVoterRoll.size)
    rows = uow.session.execute(wanted.where(FrozenVoterRoll.vote_id.in_([v.id for v in votes])))
    return {vote_id: size for vote_id, size in rows}


def ready_number(uow: UnitOfWork) -> int:
    """How many a roll would have now."""
    return (
        uow.session.scalar(select(func.count()).select_from(VoterRegistration).where(_may())) or 0
    )


def freeze_roll(uow: UnitOfWork, vote_id: UUID) -> FrozenVoterRoll:
    """Who is accepted and listed now is on it; a second time finds the first.

    Raises NoSuchVoteHere, RollIsFixed, NobodyRegistered.
    """
    vote = vote_here(uow, vote_id, to_change=True)
    take_turn(uow)
    if known := roll_of(uow, vote_id):
        return known
    if not vote.is_draft:
        raise RollIsFixed
    wanted = select(VoterRegistration.id, VoterRegistration.number, VoterRegistration.egn_index)
    people = uow.session.execute(wanted.where(_may()).order_by(VoterRegistration.number)).all()
    if not people:
        raise NobodyRegistered
    lines = "".join(f"{one.number} {one.egn_index.hex()}\n" for one in people)
    roll = FrozenVoterRoll(
        vote_id=vote_id,
        title=vote.title,
        closes_at=vote.closes_at,
        size=len(people),
        fingerprint=sha256(lines.encode()).hexdigest(),
        frozen_at=uow.now,
        frozen_by_id=uow.principal.person_id,
    )
    uow.session.add(roll)
    uow.session.flush()
    entries = [{"roll_id": roll.id, "registration_id": one.id} for one in people]
    uow.session.execute(insert(VoterRollEntry), entries)
    uow.emit(VoterRollFrozen(subject_id=roll.id, title=roll.title))
    return roll


def drop_roll(uow: UnitOfWork, vote_id: UUID, *, expected_version: int) -> None:
    """While the vote is a draft a later roll may be made; again changes nothing.

    Raises NoSuchVoteHere, RollIsFixed, Conflict.
    """
    vote = vote_here(uow, vote_id, to_change=True)
    take_turn(uow)
    roll = roll_of(uow, vote_id)
    if roll is None:
        return
    if not vote.is_draft:
        raise RollIsFixed
    expect_version(roll, expected_version, Conflict)
    forget_roll(uow, roll)
    uow.emit(VoterRollDropped(subject_id=roll.id, title=roll.title))


def forget_roll(uow: UnitOfWork, roll: FrozenVoterRoll) -> None:
    """It is gone with its entries."""
    uow.session.execute(delete(VoterRollEntry).where(VoterRollEntry.roll_id == roll.id))
    uow.session.delete(roll)
    uow.session.flush()


def people_of(uow: UnitOfWork, roll: FrozenVoterRoll) -> Iterator[VoterRegistration]:
    """Voters of a roll with names and addresses, some in memory: record a look before."""
    wanted = select(VoterRegistration).join(VoterRollEntry)
    wanted = wanted.where(VoterRollEntry.roll_id == roll.id)
    order = (VoterRegistration.settlement, VoterRegistration.number)
    return chain.from_iterable(batches_of(uow.session, wanted.order_by(*order)))


def letter_languages(uow: UnitOfWork, roll: FrozenVoterRoll) -> dict[str, int]:
    """How many letters, and leaflets beside them, are wanted in each language. One query."""
    wanted = select(VoterRegistration.language, func.count()).join(VoterRollEntry)
    wanted = wanted.where(VoterRollEntry.roll_id == roll.id)
    rows = uow.session.execute(wanted.group_by(VoterRegistration.language))
    found = {language: number for language, number in rows}
    return {language: found[language] for language in LANGUAGES if language in found}


def letter_rows(uow: UnitOfWork, roll: FrozenVoterRoll) -> Iterator[tuple[str, str, str]]:
    """Name, address, language, as the program of the letters reads them, in Bulgarian.

    It refuses two with one name and address; those get their numbers. The roll is read twice, so
    that memory holds some of its people and not a town.
    """
    seen = Counter(map(_called, people_of(uow, roll)))
    for one in people_of(uow, roll):
        name = one.name or ""
        said = f"{name} (№ {one.number})" if seen[_called(one)] > 1 else name
        yield said, _place(one), one.language


def find_on_roll(
    uow: UnitOfWork, vote_id: UUID, number: str
) -> tuple[VoterRegistration, VoterRollEntry]:
    """The voter of a personal number, without name and address. Raises NotOnThisRoll."""
    mine = VoterRegistration.egn_index == egn_index(number)
    return _entry(uow, select(VoterRegistration, VoterRollEntry).where(mine), vote_id)


def voter_on_roll(
    uow: UnitOfWork, vote_id: UUID, registration_id: UUID
) -> tuple[VoterRegistration, VoterRollEntry]:
    """The same by the registration; its entry is locked. Raises NotOnThisRoll."""
    mine = select(VoterRegistration, VoterRollEntry).where(VoterRegistration.id == registration_id)
    return _entry(uow, mine.with_for_update(of=VoterRollEntry), vote_id)


def give_paper(
    uow: UnitOfWork, vote_id: UUID, registration_id: UUID, credential: str, *, request_id: UUID
) -> None:
    """Make the code of the letter void, then note that paper was handed out; the same request
    again changes nothing.

    Raises NoSuchVoteHere, NoMorePaper, NotOnThisRoll, HasPaper, VoidBefore, and what the part of
    votes refuses, as that this code has voted.
    """
    row, entry = voter_on_roll(uow, vote_id, registration_id)
    if entry.paper_at and entry.paper_request_id == request_id:
        return
    if entry.paper_at:
        raise HasPaper
    vote, port = vote_here(uow, vote_id), port_here(PhoneVotes)
    if not (vote.takes_voids and port):
        raise NoMorePaper
    if not port.void_code(uow, vote_id, credential):
        raise VoidBefore
    entry.paper_at, entry.paper_by_id = uow.now, uow.principal.person_id
    entry.paper_request_id = request_id
    uow.emit(PaperHandedOut(subject_id=row.id, number=row.number))


def paper_number(uow: UnitOfWork, roll: FrozenVoterRoll) -> int:
    """How many got paper. One query."""
    given = select(func.count(VoterRollEntry.paper_at)).where(VoterRollEntry.roll_id == roll.id)
    return uow.session.scalar(given) or 0


class RegisteredRolls:
    """Supplies `VoterRolls`."""

    def roll_of(self, uow: UnitOfWork, vote_id: UUID) -> VoterRoll | None:
        """Its size and fingerprint. One query."""
        roll = roll_of(uow, vote_id)
        if roll is None:
            return None
        return VoterRoll(size=roll.size, fingerprint=roll.fingerprint, frozen_at=roll.frozen_at)

    def console_path(self, vote_id: UUID) -> str:
        """Where the commission freezes it."""
        return f"/console/voters/votes/{vote_id}"

    def path(self) -> str:
        """Where citizens register."""
        return "/voters/"


def _may() -> ColumnElement[bool]:
    return (VoterRegistration.state == ACCEPTED) & is_listed()


def _entry(
    uow: UnitOfWork, wanted: Select[VoterRegistration, VoterRollEntry], vote_id: UUID
) -> tuple[VoterRegistration, VoterRollEntry]:
    wanted = (
        wanted.join(VoterRollEntry, VoterRollEntry.registration_id == VoterRegistration.id)
        .join(FrozenVoterRoll, FrozenVoterRoll.id == VoterRollEntry.roll_id)
        .where(FrozenVoterRoll.vote_id == vote_id)
        .options(*UNSHOWN)
    )
    found = uow.session.execute(wanted).first()
    if found is None:
        raise NotOnThisRoll
    return found[0], found[1]


def _called(row: VoterRegistration) -> bytes:
    """Name and address, alike for those that the program of the letters takes for one."""
    told = f"{row.name or ''}\n{_place(row)}".casefold()
    return sha256(told.encode()).digest()[:16]


def _place(row: VoterRegistration) -> str:
    if row.delivery == POST and row.address:
        return row.address
    with speaking(SOURCE):
        return str(gettext("за получаване в общината, № %(number)s", number=row.number))
