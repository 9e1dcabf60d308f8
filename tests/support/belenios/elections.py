"""A whole election with a roll, trustees and secrets, ready for ballots."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from support.belenios.board import Board
from support.belenios.client import public_of, random_secret, seal_ballot
from support.belenios.tool import Tool

from obshto.modules.voting.distribution.audit import compact

TEMPLATE = {
    "name": "Площадът",
    "description": "Допитване на измислената община",
    "questions": [
        {
            "question": "Да се затвори ли площадът за коли?",
            "answers": ["Да", "Не"],
            "blank": True,
            "min": 1,
            "max": 1,
        },
        {
            "question": "Какво да се направи най-напред?",
            "answers": ["пейки", "дървета", "чешма"],
            "min": 0,
            "max": 2,
        },
    ],
}


@dataclass
class Election:
    """Folder with the trustees' files, the board so far, secrets in the order of voters."""

    tool: Tool
    folder: Path
    board: Board
    keys: list[str]
    secrets: list[int]

    @property
    def raw(self) -> str:
        return self.board.election

    @property
    def questions(self) -> list[dict]:
        return json.loads(self.raw)["questions"]

    def seal(self, voter: int, votes: list[list[int]]) -> str:
        return seal_ballot(self.raw, self.secrets[voter], votes)

    def cast(self, voter: int, votes: list[list[int]]) -> str:
        ballot = self.seal(voter, votes)
        self.board.add("Ballot", ballot)
        return ballot

    def count(self, board: Board | None = None, keys: list[str] | None = None) -> Board:
        return self.tool.count(board or self.board, self.folder, keys or self.keys[:2])

    def another(self, folder: Path, template: dict, voters: int) -> Election:
        """Another election of the same trustees, which spares the ceremony."""
        kept = [path for path in self.folder.iterdir() if path.suffix in {".key", ".dkey"}]
        for path in [*kept, self.folder / "trustees.json", self.folder / "order.json"]:
            shutil.copy(path, folder)
        return _with_roll(self.tool, folder, self.keys, template, voters)


def make_election(folder: Path, voters: int = 4, template: dict = TEMPLATE, tool=None) -> Election:
    """A ceremony of 2 in 3 by the tool, codes by us; ends with an empty board."""
    tool = tool or Tool()
    keys = tool.hold_ceremony(folder)
    (folder / "order.json").write_text(json.dumps(keys))
    return _with_roll(tool, folder, keys, template, voters)


def _with_roll(tool: Tool, folder: Path, keys: list[str], template: dict, voters: int) -> Election:
    raw = tool.make_election(folder, tool.generate_uuid(folder), template)
    secrets = [random_secret() for _ in range(voters)]
    roll = sorted(map(public_of, secrets), key=int)
    trustees = (folder / "trustees.json").read_text().rstrip("\n")
    return Election(tool, folder, Board.begin(raw, trustees, compact(roll)), keys, secrets)
