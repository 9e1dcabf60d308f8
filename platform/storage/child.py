"""Foreign files are opened by a child process with limits, one at a time on a machine.

What a file takes is decided by who made it, and a web process that shares its memory with others
must not be ended for it.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from hashlib import blake2b
from importlib.util import find_spec
from io import FileIO
from pathlib import Path
from typing import Any, BinaryIO

from obshto.platform.storage.errors import FilesBusy

MEMORY = 384 * 1024 * 1024  # bytes of addresses, the program itself among them
SECONDS = 15  # of the processor
PATIENCE = 30.0  # seconds that a request waits until the files before it are done
UNHURRIED = 600.0  # that a command waits, behind whom nobody stands
LOOK = 0.05
PIECE = 256 * 1024  # bytes


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

    Raises TookTooMuch, FilesBusy.
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
    path = str(Path(__file__).with_name(program))
    command = [sys.executable, "-I", "-S", path, json.dumps(limits | asked)]
    with _alone(patience), _as_file(stream) as file:
        try:
            child = subprocess.run(
                command,
                stdin=file,
                capture_output=True,
                check=False,
                timeout=3 * SECONDS,
                env={},
            )
        except subprocess.TimeoutExpired:
            raise TookTooMuch from None
    head, _, body = child.stdout.partition(b"\n")
    if child.returncode or not head:
        raise TookTooMuch
    return json.loads(head), body


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


@contextmanager
def _alone(patience: float) -> Iterator[None]:
    """One file on this machine, whichever process asks. Raises FilesBusy.

    A lock of the file system: it is let go of by whoever dies.
    """
    path = Path(tempfile.gettempdir()) / f"obshto-file-{os.getuid()}.lock"
    held = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        end = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > end:
                    raise FilesBusy from None
                time.sleep(LOOK)
        yield
    finally:
        os.close(held)


@cache
def _library() -> str:
    """Where the libraries of the children lie; this process does not load them."""
    found = find_spec("PIL")
    assert found and found.origin
    return str(Path(found.origin).parents[1])
