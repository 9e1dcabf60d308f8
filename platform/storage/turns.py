"""Turns at opening foreign files: one file at a time in a house, people before jobs.

Two locks of the file system, let go of by whoever dies. `turn` is held while a file is opened. Who
stands at a page holds `waiting` as well until their turn comes, shared with all like them; a job
takes `turn` only while it has `waiting` for itself, so it never goes before a person.
"""

from __future__ import annotations

import fcntl
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from obshto.platform.storage.errors import FilesBusy

LOOK = 0.05  # seconds between two tries
SHARED, ALONE, FREE = fcntl.LOCK_SH, fcntl.LOCK_EX, fcntl.LOCK_UN
_place = Path(tempfile.gettempdir())
_gives_way: ContextVar[bool] = ContextVar("gives_way", default=False)


def keep_turns_in(folder: Path) -> None:
    """Where the locks of this process lie from now on: those of one house share a folder."""
    global _place  # noqa: PLW0603  one house, one place
    _place = folder


@contextmanager
def giving_way() -> Iterator[None]:
    """In the block nobody stands at a page: files wait behind those of people. For jobs."""
    token = _gives_way.set(True)
    try:
        yield
    finally:
        _gives_way.reset(token)


def gives_way() -> bool:
    """Whether files are opened for nobody who stands at a page."""
    return _gives_way.get()


@contextmanager
def turn(patience: float) -> Iterator[None]:
    """The one turn of the house, whichever process asks. Raises FilesBusy after so many seconds."""
    with _opened("waiting") as waiting, _opened("turn") as held:
        end = time.monotonic() + patience
        took = _took_last if gives_way() else _took_first
        while not took(waiting, held):
            if time.monotonic() > end:
                raise FilesBusy
            time.sleep(LOOK)
        fcntl.flock(waiting, FREE)
        yield


def somebody_waits() -> bool:
    """A person stands at a page until this turn is over."""
    with _opened("waiting") as waiting:
        return not _took(waiting, ALONE)


def _took_first(waiting: int, held: int) -> bool:
    """A job has `waiting` for a moment at most: the next try gets it."""
    return _took(waiting, SHARED) and _took(held, ALONE)


def _took_last(waiting: int, held: int) -> bool:
    taken = _took(waiting, ALONE) and _took(held, ALONE)
    fcntl.flock(waiting, FREE)
    return taken


def _took(lock: int, how: int) -> bool:
    try:
        fcntl.flock(lock, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _opened(name: str) -> Iterator[int]:
    _place.mkdir(parents=True, exist_ok=True)
    path = _place / f"obshto-files-{os.getuid()}.{name}"
    lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        yield lock
    finally:
        os.close(lock)
