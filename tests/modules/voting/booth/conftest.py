"""One ceremony of trustees for all tests here; each test copies the board that it tampers with."""

from dataclasses import dataclass
from functools import cache

import pytest
from support.belenios.board import Board
from support.belenios.elections import Election, make_election
from support.belenios.tool import INSTALLED, MISSING

from obshto.modules.voting.distribution import audit as audit_program

YES, NO, BLANK = [0, 1, 0], [0, 0, 1], [1, 0, 0]
TEMPLATE = {
    "name": "Площадът",
    "description": "Допитване",
    "questions": [
        {
            "question": "Да се затвори ли площадът за коли?",
            "answers": ["Да", "Не"],
            "blank": True,
            "min": 1,
            "max": 1,
        }
    ],
}


@pytest.fixture(scope="session")
def election(tmp_path_factory) -> Election:
    """Five voters, of whom nobody has voted."""
    if not INSTALLED:
        pytest.skip(MISSING)
    return make_election(tmp_path_factory.mktemp("election"), voters=5, template=TEMPLATE)


@dataclass(frozen=True)
class Vote:
    """An honest vote: the first voter votes twice, the fourth and fifth never."""

    election: Election
    open: Board
    counted: Board


@pytest.fixture(scope="session")
def vote(election) -> Vote:
    board = election.board.copy()
    for voter, choice in ((0, YES), (1, YES), (2, NO), (0, BLANK)):
        board.add("Ballot", election.seal(voter, [choice]))
    return Vote(election, board, election.count(board))


@pytest.fixture(scope="session")
def fault_of():
    return cache(audit_program.fault_of)


@pytest.fixture(autouse=True)
def _proofs_are_checked_once(monkeypatch, fault_of):
    """The same ballots stand on most boards here."""
    monkeypatch.setattr(audit_program, "fault_of", fault_of)
