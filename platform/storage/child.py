"""Foreign files are opened by a child process with limits, one at a time in a house.

What a file takes is decided by who made it, and a web process that shares its memory with others
must not be ended for it. A child that ended by its file says something of the file; one that was
ended from outside says nothing, and is asked again later.
"""

from __future__ import annotations

import json
import logging
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import cache
from hashlib import blake2b
from importlib.util import find_spec
from io import FileIO
from pathlib import Path
from typing import Any, BinaryIO

from obshto.platform.storage.errors import ChildEnded
from obshto.platform.storage.turns import gives_way, somebody_waits, turn

MEMORY = 384 * 1024 * 1024  # bytes of addresses, the program itself among them
SECONDS = 15  # of the processor
PATIENCE = 30.0  # seconds that a request waits until the files before it are done
UNHURRIED = 600.0  # that a command waits, behind whom nobody stands
WALL = 3 * SECONDS  # on the clock: beyond it the machine is at fault, not the file
HINDERED = 10.0  # seconds of a job's file, after which it ends if somebody waits at a page
LOOK = 0.2
PIECE = 256 * 1024  # bytes
PROGRAMS = Path(__file__).parent
# Of the operator, of the kernel when the machine has no memory left: none is the file's fault. Its
# own limits end a child by SIGXCPU or by an error, its own faults by SIGSEGV and their like.
FROM_OUTSIDE = frozenset((signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP))
logger = logging.getLogger(__name__)


class TookTooMuch(Exception):
    """The child was ended by its limits, or by what stands in the file."""


Answer = tuple[Any, bytes]  # its line of JSON, what follows it
Memo = dict[bytes, Answer]
_memo: ContextVar[Memo | None] = ContextVar("memo", default=None)


@contextmanager
def remembering(memo: Memo) -> Iterator[None]:
    """In the block, what a child answered into this memo before it is not asked again.

    For demonstration files, which are the same in every municipality; a memo is never emptied,
    so it is nothing for what people send. Nobody waits for them at a page: they wait their turn.
    """
    token = _memo.set(memo)
    try:
        yield
    finally:
        _memo.reset(token)


def ask_child(program: str, asked: dict[str, Any], stream: BinaryIO) -> Answer:
    """Let a program beside this file read the stream.

    Raises TookTooMuch; FilesBusy, ChildEnded where it may be tried again.
    """
    memo = _memo.get()
    if memo is None:
        return _ask(program, asked, stream, PATIENCE)
    stream.seek(0)
    question = json.dumps([program, asked]).encode()
    key = blake2b(stream.read(), person=blake2b(question, digest_size=16).digest()).digest()
    if key not in memo:
        memo[key] = _ask(program, asked, stream, UNHURRIED)
    return memo[key]


def _ask(program: str, asked: dict[str, Any], stream: BinaryIO, patience: float) -> Answer:
    limits = {"memory": MEMORY, "seconds": SECONDS, "library": _library()}
    command = [sys.executable, "-I", "-S", str(PROGRAMS / program), json.dumps(limits | asked)]
    with turn(patience), _as_file(stream) as file:
        code, said = _run(program, command, file)
    head, _, body = said.partition(b"\n")
    if -code in FROM_OUTSIDE:
        raise _ended(program, f"signal {-code}")
    if code or not head:
        raise TookTooMuch
    return json.loads(head), body


def _run(program: str, command: list[str], file: BinaryIO) -> tuple[int, bytes]:
    """How the child ended, what it wrote. Raises ChildEnded."""
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=file, stdout=pipe, stderr=pipe, env={}) as child:
        begun = time.monotonic()
        try:
            while True:
                with suppress(subprocess.TimeoutExpired):
                    said, _ = child.communicate(timeout=LOOK)
                    return child.returncode, said
                if why := _reason_to_end(time.monotonic() - begun):
                    raise _ended(program, why)
        finally:
            child.kill()


def _reason_to_end(seconds: float) -> str:
    if seconds > WALL:
        return f"not done in {WALL} s"
    is_hindering = gives_way() and seconds > HINDERED and somebody_waits()
    return "somebody waits at a page" if is_hindering else ""


def _ended(program: str, why: str) -> ChildEnded:
    logger.warning("%s was ended: %s", program, why)
    return ChildEnded(why=why)


@contextmanager
def _as_file(stream: BinaryIO) -> Iterator[BinaryIO]:
    """The stream where a child can read it, copied piece by piece: memory holds one piece.

    A file of the disk itself, opened without a buffer, is handed over as it is.
    """
    if isinstance(stream, FileIO):
        stream.seek(0)
        yield stream
        return
    with tempfile.TemporaryFile() as file:
        stream.seek(0)
        shutil.copyfileobj(stream, file, PIECE)
        file.seek(0)
        yield file


@cache
def _library() -> str:
    """Where the libraries of the children lie; this process does not load them."""
    found = find_spec("PIL")
    assert found and found.origin
    return str(Path(found.origin).parents[1])
