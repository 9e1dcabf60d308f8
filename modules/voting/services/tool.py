"""Belenios, called as a program over files: belenios-tool of Debian, 2.0 or newer.

Each call has a folder of its own, limits of memory and processor, an empty environment, and has
succeeded only where the tool also says so. From 2.2 on `election verify` does not wait for its own
check of ballots, so a ballot is asked about by `verify-ballot` there.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from obshto.modules.voting.errors import ToolBusy, ToolMissing, ToolRefused
from obshto.modules.voting.services import board

PROGRAM = "belenios-tool"
AUDIT = Path(__file__).parents[1] / "distribution" / "audit.py"
MEMORY = 1024 * 1024 * 1024  # bytes of addresses
SECONDS, LONG = 20, 900  # of the processor: for a ballot, for a whole board
PLACES = 2  # calls at a time on a machine, whichever process asks
PATIENCE = 10.0  # seconds that a voter waits for a place
LOOK = 0.05
_number = re.compile(r"(\d+)\.(\d+)").match


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardName:
    """How the file of a board is called, and the one time of its records."""

    uuid: str
    epoch: int


def is_here() -> bool:
    """The program is installed on this machine."""
    return shutil.which(PROGRAM) is not None


@cache
def _version() -> tuple[int, int]:
    said = subprocess.run([PROGRAM, "--version"], capture_output=True, text=True, check=True)
    found = _number(said.stdout.strip())
    assert found, said.stdout
    return int(found[1]), int(found[2])


def ask_tool(*arguments: str, folder: str, seconds: int = SECONDS) -> tuple[str, str]:
    """Its output and what it said besides. Raises ToolMissing, ToolRefused."""
    if not is_here():
        raise ToolMissing
    limits = ["prlimit", f"--as={MEMORY}", f"--cpu={seconds}", "--core=0"]
    done = _run(*limits, PROGRAM, *arguments, folder=folder, seconds=seconds)
    said = done.stderr.strip()
    if done.returncode:
        raise ToolRefused(words=said[-300:])
    return done.stdout, said


def _run(*command: str, folder: str, seconds: int) -> subprocess.CompletedProcess[str]:
    """Raises ToolRefused where it does not end."""
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "BELENIOS_USE_URANDOM": "1"}
    try:
        return subprocess.run(
            ["nice", "-n", "5", *command],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
            timeout=4 * seconds,
        )
    except subprocess.TimeoutExpired:
        raise ToolRefused(words="timeout") from None


def make_election(*, uuid: str, trustees: str, template: dict[str, Any]) -> str:
    """The election to the byte, its key put together out of the trustees' keys."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "trustees.json").write_text(trustees)
        Path(folder, "template.json").write_text(board.dump(template))
        named = ("--uuid", uuid, "--group", "BELENIOS-2048", "--template", "template.json")
        ask_tool("setup", "make-election", *named, folder=folder)
        return Path(folder, "election.json").read_text().rstrip("\n")


def verify_ballot(election: str, trustees: str, ballot: str, name: BoardName) -> None:
    """One ballot on a board of its own, whose roll is its credential alone: what that costs does
    not grow with the roll, and an election's hash does not cover it. Raises ToolRefused, ToolBusy.
    """
    roll = board.dump([json.loads(ballot)["credential"]])
    events = [board.chain_event(board.SETUP, board.setup_texts(election, trustees, roll))]
    has_command = is_here() and _version() >= (2, 2)
    if not has_command:
        first = events[0]
        events.append(board.chain_event(board.BALLOT, [ballot], height=1, parent=first.event_hash))
    with _place(PATIENCE), _as_folder(events, name) as folder:
        if has_command:
            Path(folder, "ballot").write_text(f"{ballot}\n")
        asked = ["verify-ballot", "--ballot", "ballot"] if has_command else ["verify"]
        _, said = ask_tool("election", *asked, folder=folder)
    if "ballot is valid" not in said and "all checks passed" not in said:
        raise ToolRefused(words="no verdict")


def verify_board(rows: Iterable[Any], name: BoardName) -> None:
    """Every check that the tool has, over the whole board. Raises ToolRefused."""
    with _as_folder(rows, name) as folder:
        _verify(folder)


def audit_board(rows: Iterable[Any], name: BoardName) -> None:
    """Every check of the observers' own program, which also counts anew. Raises ToolRefused."""
    with _as_folder(rows, name) as folder:
        command = (sys.executable, "-I", str(AUDIT), f"{name.uuid}.bel")
        done = _run(*command, folder=folder, seconds=LONG)
    if done.returncode:
        raise ToolRefused(words=done.stdout.strip()[-300:])


def _verify(folder: str) -> None:
    _, said = ask_tool("election", "verify", folder=folder, seconds=LONG)
    if "all checks passed" not in said:
        raise ToolRefused(words="no verdict")


def encrypted_tally(rows: Iterable[Any], name: BoardName) -> str:
    """The sum of the last ballots, still encrypted; on a second line how many they are.

    Beside it, every check that the tool has of the same file. Raises ToolRefused.
    """
    return _compute("compute-encrypted-tally", rows, name)


def compute_result(rows: Iterable[Any], name: BoardName) -> str:
    """The result out of the trustees' shares on the board, and as many checks beside it."""
    return _compute("compute-result", rows, name)


def _compute(command: str, rows: Iterable[Any], name: BoardName) -> str:
    with _as_folder(rows, name) as folder, ThreadPoolExecutor(2) as both:
        check = both.submit(_verify, folder)
        made = both.submit(ask_tool, "election", command, folder=folder, seconds=LONG)
    check.result()
    return made.result()[0].rstrip("\n")


@contextmanager
def _as_folder(rows: Iterable[Any], name: BoardName) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        with Path(folder, f"{name.uuid}.bel").open("wb") as file:
            file.writelines(board.file_of(rows, name.epoch))
        yield folder


@contextmanager
def _place(patience: float) -> Iterator[None]:
    """One of the places of this machine. Raises ToolBusy.

    Locks of the file system: they are let go of by whoever dies.
    """
    held = [_open_lock(number) for number in range(PLACES)]
    try:
        end = time.monotonic() + patience
        while not any(map(_took, held)):
            if time.monotonic() > end:
                raise ToolBusy
            time.sleep(LOOK)
        yield
    finally:
        for one in held:
            os.close(one)


def _open_lock(number: int) -> int:
    path = Path(tempfile.gettempdir()) / f"obshto-voting-{os.getuid()}-{number}.lock"
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)


def _took(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
