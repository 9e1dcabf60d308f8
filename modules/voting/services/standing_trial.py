"""Standing trial: an election with public codes that anybody practises with on any day.

Its keys were thrown away, so nobody ever opens what was chosen. It was made once, by the tool, and
lies in `data/trial.json`: it begins again on a board of its own when its days are over or its codes
are nearly used up. The board of before stays where it is, as every board does.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import func, select

from obshto.modules.voting.models import BoardEvent, Election
from obshto.modules.voting.services.board import BALLOT, SETUP, dump
from obshto.modules.voting.services.cast import MOST
from obshto.modules.voting.services.elections import (
    ElectionWords,
    VoteQuestion,
    put_roll,
    put_trustees,
    write_election,
)
from obshto.modules.voting.services.stages import begin_board
from obshto.platform.unit_of_work import UnitOfWork

FILE = Path(__file__).parents[1] / "data" / "trial.json"
LASTS = timedelta(days=30)
FEW = 4  # part of all ballots: with fewer left the next trial begins


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeCode:
    """An open trial and a code of it that may still vote, in five groups of digits."""

    election: Election
    groups: tuple[str, ...]


def practice_code(uow: UnitOfWork) -> PracticeCode | None:
    """A code out of those that were used least; None while no trial is open. Two queries."""
    election = _open_trial(uow)
    used = _used(uow, election) if election else {}
    left = [code for code, public in codes().items() if used.get(public, 0) < MOST]
    if election is None or not left:
        return None
    least = min(used.get(codes()[code], 0) for code in left)
    code = secrets.choice([one for one in left if used.get(codes()[one], 0) == least])
    return PracticeCode(election=election, groups=tuple(code.split()))


def renew_trial(uow: UnitOfWork) -> None:
    """Job: there is an open trial with enough ballots left, or another one begins."""
    election = _open_trial(uow)
    everything = len(codes()) * MOST
    if election and everything - sum(_used(uow, election).values()) > everything // FEW:
        return
    begin_trial(uow)


def begin_trial(uow: UnitOfWork) -> Election:
    """The next one. At the same moment in two processes it is one and the same."""
    made = _file()
    so_far = select(func.count()).where(Election.is_standing)
    number = (uow.session.scalar(so_far) or 0) + 1
    words = ElectionWords(
        title=made["title"],
        intro=made["intro"],
        places="",
        decision="",
        opens_at=uow.now,
        closes_at=uow.now + LASTS,
    )
    question = VoteQuestion(question=made["question"], answers=tuple(made["answers"]), most=1)
    election = write_election(
        uow,
        words,
        [question],
        is_trial=True,
        request_id=uuid5(NAMESPACE_URL, f"voting/{uow.scope.slug}/standing/{number}"),
        uuid=made["uuid"],
        slug=f"proba-{number}",
    )
    if not election.stage:
        _lay_out(uow, election)
    return election


@cache
def codes() -> dict[str, str]:
    """Public credentials by the code that they were derived from."""
    return dict(_file()["codes"])


def _lay_out(uow: UnitOfWork, election: Election) -> None:
    """What the wizard and the tool do with another election was done for this one beforehand."""
    made, roll = _file(), dump(sorted(codes().values(), key=int))
    put_roll(uow, election, roll.encode(), expected_version=election.version)
    put_trustees(uow, election, made["trustees"].encode(), expected_version=election.version)
    election.is_standing = True
    election.raw, election.epoch = made["raw"], int(election.opens_at.timestamp())
    begin_board(uow, election)
    uow.session.flush()


def _open_trial(uow: UnitOfWork) -> Election | None:
    """The newest one."""
    wanted = select(Election).where(Election.is_standing, Election.stage == SETUP)
    wanted = wanted.where(Election.closes_at > uow.now).order_by(Election.closes_at.desc())
    return uow.session.scalars(wanted.limit(1)).first()


def _used(uow: UnitOfWork, election: Election) -> dict[str | None, int]:
    """Ballots of each credential that has voted."""
    rows = select(BoardEvent.credential, func.count()).group_by(BoardEvent.credential)
    of_trial = (BoardEvent.election_id == election.id, BoardEvent.kind == BALLOT)
    return {credential: number for credential, number in uow.session.execute(rows.where(*of_trial))}


@cache
def _file() -> dict[str, Any]:
    return dict(json.loads(FILE.read_text("utf-8")))
