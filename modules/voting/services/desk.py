"""Acts of the commission on an announced vote: void codes, shares, paper, what followed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from obshto.modules.voting.distribution import audit
from obshto.modules.voting.errors import (
    HasVoted,
    LostHasVoted,
    NotAShare,
    NotAStep,
    NotOnRoll,
    NotTheLists,
    PaperDoesNotAgree,
)
from obshto.modules.voting.events import CodeVoided, ElectionChanged
from obshto.modules.voting.models import BoardEvent, Election, RollEntry
from obshto.modules.voting.services import board, count, ledger
from obshto.modules.voting.services.queries import tally_texts_of, turnout_of
from obshto.modules.voting.services.stages import shares_of
from obshto.modules.voting.services.states import VoteState, state_of
from obshto.platform.clock import day_of
from obshto.platform.entity import expect_version
from obshto.platform.errors import Conflict
from obshto.platform.unit_of_work import UnitOfWork


def put_lists(uow: UnitOfWork, election: Election, sent: bytes) -> None:
    """Take the commission's list of spare letters and of those that were given for lost ones,
    whose codes become void: none that has voted, or its ballot and the spare one's would both
    count. Raises NotAStep, NotTheLists, LostHasVoted.
    """
    if state_of(election, uow.now) not in (VoteState.PLANNED, VoteState.OPEN):
        raise NotAStep
    spares, given, void = _read_lists(sent)
    before = election.lists or {"spares": spares, "given": []}
    if before["spares"] != spares or not set(before["given"]) <= set(given) <= set(spares):
        raise NotTheLists
    ledger.take_turn(uow, election.id)
    entries = _entries(uow, election, {*spares, *void})
    if len(entries) < len({*spares, *void}) or len(given) > len(void):
        raise NotTheLists
    fresh = [entries[one] for one in void if not entries[one].is_void]
    if _have_voted(uow, election, [entry.credential for entry in fresh]):
        raise LostHasVoted
    for entry in fresh:
        entry.is_void = True
    if fresh or election.lists is None:
        uow.emit(CodeVoided(subject_id=election.id, title=election.title))
    election.lists = {"spares": spares, "given": given}


def _entries(uow: UnitOfWork, election: Election, credentials: set[str]) -> dict[str, RollEntry]:
    rows = select(RollEntry).where(RollEntry.election_id == election.id)
    found = uow.session.scalars(rows.where(RollEntry.credential.in_(credentials)))
    return {entry.credential: entry for entry in found}


def _have_voted(uow: UnitOfWork, election: Election, credentials: Sequence[str]) -> bool:
    """The caller has taken the turn: nobody votes meanwhile."""
    votes = select(BoardEvent.height).where(BoardEvent.election_id == election.id)
    found = votes.where(BoardEvent.credential.in_(credentials)).limit(1)
    return uow.session.scalar(found) is not None


def _read_lists(sent: bytes) -> list[list[str]]:
    """Spares, given, void. Raises NotTheLists."""
    try:
        told = json.loads(sent.decode())
        lists = [told[name] for name in ("spares", "given", "void")]
        for one in lists:
            for credential in one:
                audit.number(credential, audit.P)
    except count.FAULTS:
        raise NotTheLists from None
    if not all(isinstance(one, list) and len(set(one)) == len(one) for one in lists):
        raise NotTheLists
    return lists


def void_credential(uow: UnitOfWork, election: Election, credential: str) -> bool:
    """No ballot of it is taken from now on; the list of void ones is public. False where it was
    void before.

    Raises NotAStep, NotOnRoll, HasVoted.
    """
    if state_of(election, uow.now) not in (VoteState.PLANNED, VoteState.OPEN):
        raise NotAStep
    ledger.take_turn(uow, election.id)
    entries = select(RollEntry).where(RollEntry.election_id == election.id)
    entry = uow.session.scalar(entries.where(RollEntry.credential == credential))
    if entry is None:
        raise NotOnRoll
    if _have_voted(uow, election, [credential]):
        raise HasVoted
    if entry.is_void:
        return False
    entry.is_void = True
    uow.emit(CodeVoided(subject_id=election.id, title=election.title))
    return True


def add_share(uow: UnitOfWork, election: Election, sent: bytes) -> None:
    """Put a trustee's partial decryption on the board once it proves itself; the result follows
    by a job when there are enough. Raises NotAStep, NotAShare.
    """
    if election.stage != board.TALLY:
        raise NotAStep
    texts, owner = _read_share(sent)
    ledger.take_turn(uow, election.id)
    before = shares_of(uow, election)
    if before.get(owner) == texts[0]:
        return  # the same file, sent twice
    tally = tally_texts_of(uow, election)[0]
    if owner in before or not count.share_is_sound(election.raw, election.trustees, tally, texts):
        raise NotAShare
    ledger.append_event(uow, election.id, board.SHARE, texts)
    uow.defer("voting:advance", once=str(election.id), election_id=election.id)
    uow.emit(ElectionChanged(subject_id=election.id, title=election.title))


def _read_share(sent: bytes) -> tuple[list[str], int]:
    """The two lines that the tool writes: the share, and whose it is. Raises NotAShare."""
    texts = sent.decode("utf-8", "replace").split()
    try:
        owner = json.loads(texts[1])["owner"]
    except (IndexError, ValueError, KeyError, TypeError):
        raise NotAShare from None
    if not isinstance(owner, int) or texts != board.share_texts(texts[0], owner):
        raise NotAShare
    return texts, owner


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldOutcome:
    """What the council decided after a vote, by when it is to be done, whether it is."""

    words: str
    carry_by: date | None = None
    is_carried_out: bool = False


def outcome_told(election: Election) -> ToldOutcome:
    """As it was told last."""
    return ToldOutcome(
        words=election.outcome,
        carry_by=election.carry_by,
        is_carried_out=election.carried_on is not None,
    )


def enter_paper(
    uow: UnitOfWork,
    election: Election,
    sums: Sequence[Sequence[int]],
    voters: int,
    *,
    expected_version: int,
) -> None:
    """Sums of the paper ballots, by the commission's protocol.

    Raises NotAStep, PaperDoesNotAgree, Conflict.
    """
    if election.stage not in (board.END, board.TALLY, board.RESULT):
        raise NotAStep
    if election.paper == [[*line] for line in sums] and election.paper_voters == voters:
        return
    expect_version(election, expected_version, Conflict)
    largest = max((max(line, default=0) for line in sums), default=0)
    if voters > turnout_of(uow, election).for_paper or largest > voters:
        raise PaperDoesNotAgree
    election.paper, election.paper_voters = [[*line] for line in sums], voters
    uow.emit(ElectionChanged(subject_id=election.id, title=election.title))


def tell_outcome(
    uow: UnitOfWork, election: Election, told: ToldOutcome, *, expected_version: int
) -> None:
    """Say what the council decided after it. Raises NotAStep, Conflict."""
    if election.stage != board.RESULT:
        raise NotAStep
    if told == outcome_told(election):
        return
    expect_version(election, expected_version, Conflict)
    election.outcome, election.carry_by = told.words, told.carry_by
    election.outcome_at = election.outcome_at or uow.now
    carried_on = election.carried_on or day_of(uow.now)
    election.carried_on = carried_on if told.is_carried_out else None
    uow.emit(ElectionChanged(subject_id=election.id, title=election.title))
