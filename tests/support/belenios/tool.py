"""belenios-tool in tests: ceremony, checks, count. What differs in 3.x stands here only."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from support.belenios.board import Board

from obshto.modules.voting.distribution.audit import compact

GROUP = ["--group", "BELENIOS-2048"]
INSTALLED = shutil.which("belenios-tool")
MISSING = "belenios-tool is not installed (apt install belenios-tool)"


class Refused(Exception):
    """The tool said no; its last words."""


@dataclass
class Tool:
    """The program at a path. `is_new`: 3.x, whose ceremony and options differ."""

    path: str = INSTALLED or "belenios-tool"

    def __post_init__(self) -> None:
        told = subprocess.run([self.path, "--version"], capture_output=True, text=True, check=True)
        self.is_new = int(told.stdout.split(".")[0]) >= 3
        self.said = ""

    def __call__(self, *arguments: str, cwd: Path, stdin: bytes = b"") -> bytes:
        done = subprocess.run(
            [self.path, *arguments],
            cwd=cwd,
            input=stdin,
            capture_output=True,
            timeout=300,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "BELENIOS_USE_URANDOM": "1"},
        )
        self.said = done.stderr.decode(errors="replace").strip()
        if done.returncode:
            raise Refused(self.said[-400:])
        return done.stdout

    # --- Set-up ----------------------------------------------------------------------------------

    def generate_uuid(self, folder: Path) -> str:
        return self("setup", "generate-token", cwd=folder).decode().strip()

    def hold_ceremony(self, folder: Path) -> list[str]:
        """Three trustees, two of whom open; writes trustees.json, returns the keys' names."""
        names: list[str] = []
        for n in (1, 2, 3):
            self.step(1, folder, n)
            names += [p.stem for p in folder.glob("*.cert") if p.stem not in names]
        certificates = ["--certs", "certs.jsons"]
        (folder / "certs.jsons").write_bytes(concatenated(folder / f"{n}.cert" for n in names))
        self.step(2, folder, 0, *certificates)
        made = (
            self.step(3, folder, n, *certificates, "--key", f"{name}.key")
            for n, name in enumerate(names, 1)
        )
        (folder / "polynomials.jsons").write_bytes(b"".join(made))
        polynomials = [*certificates, "--polynomials", "polynomials.jsons"]
        self.step(4, folder, 0, *polynomials)
        outputs = b""
        for name in names:
            given = (folder / f"{name}.vinput").read_bytes()
            outputs += self.step(5, folder, 0, *certificates, "--key", f"{name}.key", stdin=given)
        threshold = self.step(6, folder, 0, *polynomials, stdin=outputs)
        (folder / "threshold.json").write_bytes(threshold)
        (folder / "public_keys.jsons").write_bytes(b"")
        self("setup", "make-trustees", cwd=folder)
        return names

    def step(self, n: int, folder: Path, index: int, *more: str, stdin: bytes = b"") -> bytes:
        threshold: list[str] = []
        if self.is_new and index:
            threshold = ["--threshold-context", f"{index}/2/3"]
        elif not self.is_new and n == 3:
            threshold = ["--threshold", "2"]
        asked = [*GROUP, *threshold, *more, "--step", str(n)]
        return self("setup", "generate-trustee-key-threshold", *asked, cwd=folder, stdin=stdin)

    def make_election(self, folder: Path, uuid: str, template: dict) -> str:
        (folder / "template.json").write_text(json.dumps(template, ensure_ascii=False))
        asked = ["--uuid", uuid, *GROUP, "--template", "template.json"]
        self("setup", "make-election", *asked, cwd=folder)
        return (folder / "election.json").read_text().rstrip("\n")

    # --- Checks and count ------------------------------------------------------------------------

    def verify(self, board: Board, folder: Path) -> None:
        """The tool's own check of a whole board, in a folder made for it alone."""
        folder.mkdir(exist_ok=True)
        (folder / name_of(board)).write_bytes(board.raw())
        self("election", "verify", cwd=folder)
        if "all checks passed" not in self.said:
            raise Refused(self.said)

    def accepts(self, setup: list[str], ballots: Iterable[str], folder: Path) -> bool:
        """Ballots on a small board whose roll is their own credentials; sound on 2.0 only."""
        ballots = list(ballots)
        try:
            roll = list(dict.fromkeys(str(json.loads(one)["credential"]) for one in ballots))
        except (ValueError, KeyError, TypeError):
            roll = []
        board = Board.begin(*setup[:2], compact(roll))
        for ballot in ballots:
            board.add("Ballot", ballot)
        try:
            self.verify(board, folder)
        except Refused:
            return False
        return True

    def count(self, board: Board, folder: Path, keys: list[str]) -> Board:
        """Closed, tallied and opened by the trustees whose keys are named, by the tool alone."""
        path = folder / name_of(board)
        path.write_bytes(board.raw())
        add = ["archive", "add-event"]
        self(*add, "--type=EndBallots", cwd=folder)
        tally = self("election", "compute-encrypted-tally", cwd=folder)
        self(*add, "--type=EncryptedTally", cwd=folder, stdin=tally)
        for n, name in keys_by_number(folder, keys):
            files = ["--key", f"{name}.key", "--decryption-key", f"{name}.dkey"]
            asked = [*files, "--trustee-id", str(n)]
            share = self("election", "decrypt-threshold", *asked, cwd=folder)
            self(*add, "--type=PartialDecryption", cwd=folder, stdin=share)
        self(
            *add, "--type=Result", cwd=folder, stdin=self("election", "compute-result", cwd=folder)
        )
        return Board.load(path.read_bytes())


def keys_by_number(folder: Path, names: list[str]) -> list[tuple[int, str]]:
    order = json.loads((folder / "order.json").read_text())
    return [(order.index(name) + 1, name) for name in names]


def concatenated(paths: Iterable[Path]) -> bytes:
    return b"".join(path.read_bytes() for path in paths)


def name_of(board: Board) -> str:
    return json.loads(board.election)["uuid"] + ".bel"
