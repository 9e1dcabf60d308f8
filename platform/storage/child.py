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
from functools import cache
from importlib.util import find_spec
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


def ask_child(
    program: str, asked: dict[str, Any], stream: BinaryIO, *, unhurried: bool = False
) -> tuple[Any, bytes]:
    """Let a program beside this file read the stream: its line of JSON, and what follows it.

    Raises TookTooMuch, FilesBusy.
    """
    limits = {"memory": MEMORY, "seconds": SECONDS, "library": _library()}
    path = str(Path(__file__).with_name(program))
    command = [sys.executable, "-I", "-S", path, json.dumps(limits | asked)]
    with _alone(UNHURRIED if unhurried else PATIENCE), _as_file(stream) as file:
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
    """The stream where a child can read it, copied piece by piece: memory holds one piece."""
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
