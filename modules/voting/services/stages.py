"""Stages of the board, taken one by one by a job: set-up, closing, encrypted tally, result.

The tool works outside of any transaction; then the row is locked and asked again how far it has
come. So the job may be stopped, run twice, or beside itself.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import undefer

from obshto.modules.voting.distribution.audit import element
from obshto.modules.voting.errors import NotARoll, ToolMissing
from obshto.modules.voting.events import ElectionAnnounced, ElectionCounted, ElectionEnded
from obshto.modules.voting.models import BoardEvent, Election, RollEntry
from obshto.modules.voting.services import board, count, ledger, tool
from obshto.modules.voting.services.ledger import BoardRows
from obshto.modules.voting.services.states import PREPARING
from obshto.modules.voting.services.tool import BoardName
from obshto.platform import clock
from obshto.platform.errors import DomainError
from obshto.platform.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardStage:
    """`compute` asks the tool, `put` writes what it found."""

    compute: Callable[[Election, BoardRows], Any]
    put: Callable[[UnitOfWork, Election, Any], None]


def advance(uow: UnitOfWork, election_id: UUID | str) -> None:
    """Take the stage that is due, ask for the next. What the tool refuses stands in the console."""
    wanted = select(Election).where(Election.id == UUID(str(election_id)))
    wanted = wanted.options(undefer(Election.credentials), undefer(Election.trustees))
    found = uow.session.scalar(wanted)
    stage = _due(uow, found) if found else None
    if found is None or stage is None:
        return
    rows = ledger.events_of(uow, found)
    uow.session.expunge(found)
    uow.session.rollback()  # no transaction waits for the program
    try:
        made = stage.compute(found, rows)
    except DomainError as refusal:
        made = refusal
    election = uow.session.scalars(wanted.with_for_update()).one()
    ledger.take_turn(uow, election.id)
    if election.stage != found.stage:
        return  # another one was first
    if isinstance(made, DomainError):
        _refuse(election, made)
        return
    stage.put(uow, election, made)
    election.fault = ""
    uow.defer("voting:advance", once=str(election.id), election_id=election.id)


def advance_all(uow: UnitOfWork) -> None:
    """By the clock: whatever ended, or waits for the tool. Nobody could open a standing trial."""
    rows = select(Election.id, Election.stage, Election.closes_at)
    waiting = Election.stage.in_((PREPARING, board.SETUP, board.END, board.TALLY))
    for row in uow.session.execute(rows.where(waiting, Election.is_standing.is_(False))):
        if row.stage != board.SETUP or row.closes_at <= uow.now:
            uow.defer("voting:advance", once=str(row.id), election_id=row.id)


def shares_of(uow: UnitOfWork, election: Election) -> dict[int, str]:
    """Partial decryptions on the board by the number of their trustee."""
    rows = select(BoardEvent.texts).where(BoardEvent.election_id == election.id)
    return _shares(uow.session.scalars(rows.where(BoardEvent.kind == board.SHARE)).all())


def begin_board(uow: UnitOfWork, election: Election) -> None:
    """The first event and the entries of the roll, from its files."""
    texts = board.setup_texts(election.raw, election.trustees, election.credentials)
    ledger.append_event(uow, election.id, board.SETUP, texts)
    roll = json.loads(election.credentials)
    entries = [{"election_id": election.id, "credential": one} for one in roll]
    uow.session.execute(insert(RollEntry), entries)
    election.stage, election.announced_at = board.SETUP, uow.now


def _due(uow: UnitOfWork, election: Election) -> BoardStage | None:
    if election.stage == board.SETUP and clock.now() < election.closes_at:
        return None
    if election.stage == board.TALLY and not count.has_enough(
        election.trustees, shares_of(uow, election)
    ):
        return None
    return _STAGES.get(election.stage)


def _refuse(election: Election, refusal: DomainError) -> None:
    election.fault = str(refusal)
    if election.stage == PREPARING and not isinstance(refusal, ToolMissing):
        election.stage = ""  # a draft again


def _make_election(election: Election, rows: BoardRows) -> str:
    try:
        for credential in json.loads(election.credentials):
            element(credential)
    except ValueError:
        raise NotARoll from None
    template = {
        "description": election.intro,
        "name": election.title,
        "questions": election.questions,
    }
    raw = tool.make_election(uuid=election.uuid, trustees=election.trustees, template=template)
    texts = board.setup_texts(raw, election.trustees, election.credentials)
    first = board.chain_event(board.SETUP, texts)
    tool.verify_board([first], BoardName(uuid=election.uuid, epoch=_epoch(election)))
    return raw


def _put_election(uow: UnitOfWork, election: Election, raw: str) -> None:
    election.raw, election.epoch = raw, _epoch(election)
    begin_board(uow, election)
    uow.emit(ElectionAnnounced(subject_id=election.id, title=election.title))


def _epoch(election: Election) -> int:
    return int(election.opens_at.timestamp())


def _nothing(election: Election, rows: BoardRows) -> None:
    """Closing needs no tool."""


def _end(uow: UnitOfWork, election: Election, made: None) -> None:
    ledger.append_event(uow, election.id, board.END, [])
    election.stage = board.END
    uow.emit(ElectionEnded(subject_id=election.id, title=election.title))


def _tally(election: Election, rows: BoardRows) -> list[str]:
    """One program verifies the whole board and sums up; a second one checks both."""
    name = BoardName(uuid=election.uuid, epoch=election.epoch)
    texts = tool.encrypted_tally(rows, name).split("\n")
    _audit_with(rows, board.TALLY, texts, name)
    return texts


def _put_tally(uow: UnitOfWork, election: Election, texts: list[str]) -> None:
    ledger.append_event(uow, election.id, board.TALLY, texts)
    election.stage, election.voters = board.TALLY, json.loads(texts[-1])["num_tallied"]


def _open(election: Election, rows: BoardRows) -> str:
    """The result, counted by two programs; each has checked the whole board once more."""
    name = BoardName(uuid=election.uuid, epoch=election.epoch)
    told = tool.compute_result(rows, name)
    _audit_with(rows, board.RESULT, [told], name)
    return told


def _audit_with(rows: BoardRows, kind: str, texts: list[str], name: BoardName) -> None:
    event = board.chain_event(kind, texts, height=rows.height + 1, parent=rows.head)
    tool.audit_board(chain(rows, [event]), name)


def _put_result(uow: UnitOfWork, election: Election, told: str) -> None:
    ledger.append_event(uow, election.id, board.RESULT, [told])
    election.stage, election.result = board.RESULT, json.loads(told)["result"]
    uow.emit(ElectionCounted(subject_id=election.id, title=election.title))


def _shares(texts: Any) -> dict[int, str]:
    return {json.loads(one[-1])["owner"]: one[0] for one in texts}


_STAGES = {
    PREPARING: BoardStage(compute=_make_election, put=_put_election),
    board.SETUP: BoardStage(compute=_nothing, put=_end),
    board.END: BoardStage(compute=_tally, put=_put_tally),
    board.TALLY: BoardStage(compute=_open, put=_put_result),
}
