"""Processes that live and die together."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO, NoReturn

GRACE_SECONDS = 10.0  # a request or a job that is under way may end
LOOK_SECONDS = 0.1
LAST_LINES = 12  # of a child's log: a traceback's end
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """Somebody asked to stop. Not an Exception, so that no handler of those holds it up."""


class ChildEnded(Exception):
    """A process ended that must not; the rest has been stopped."""


class AlreadyRunning(Exception):
    """Another supervisor has this folder."""


class PortTaken(Exception):
    """The port cannot be had; says how to mend it."""


@contextmanager
def stop_signals() -> Iterator[None]:
    """Ctrl-C, `kill` and a closed terminal end the block with Stopped.

    Once only, and then the process stays deaf to them until its end: a second Ctrl-C must not
    interrupt the stopping, which cannot last longer than GRACE_SECONDS.
    """
    before = {number: signal.signal(number, _stop) for number in SIGNALS}
    try:
        yield
    finally:
        if signal.getsignal(signal.SIGINT) is _stop:
            for number, handler in before.items():
                signal.signal(number, handler)


def _stop(number: int, frame: object) -> NoReturn:
    for every in SIGNALS:
        signal.signal(every, signal.SIG_IGN)
    raise Stopped(signal.Signals(number).name)


class Family:
    """The children of one supervisor, each with a file that it holds locked while it lives.

    The kernel drops such a lock with the last process that has the file, so after a kill -9 of
    the supervisor the next one knows, without guessing from numbers, whom to end.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self.logs: dict[str, Path] = {}

    def start(
        self,
        name: str,
        command: Sequence[str],
        environ: Mapping[str, str],
        log: Path | None = None,
    ) -> None:
        """Start a child in a process group of its own: the terminal's Ctrl-C is for us alone.

        What it says goes where we say things ourselves, or into the file `log`, begun anew.
        """
        with ExitStack() as open_files:
            mark = open_files.enter_context((self.folder / name).open("w"))
            fcntl.flock(mark, fcntl.LOCK_EX)
            output = open_files.enter_context(_begun(log)) if log else None
            child = subprocess.Popen(
                command,
                env=environ,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                process_group=0,
                pass_fds=[mark.fileno()],
            )
            mark.write(str(child.pid))
        self.children[name] = child
        if log:
            self.logs[name] = log

    def check(self) -> None:
        """Raises ChildEnded when one has ended."""
        for name, child in self.children.items():
            if (code := child.poll()) is not None:
                how = f"was killed by {signal.Signals(-code).name}" if code < 0 else f"said {code}"
                told = f"The {name} process ended by itself: it {how}.{self._last_words(name)}"
                raise ChildEnded(told)

    def _last_words(self, name: str) -> str:
        """What a child wrote before its end, and where the rest of it stands."""
        if not (log := self.logs.get(name)):
            return ""
        lines = log.read_text(errors="replace").splitlines()[-LAST_LINES:]
        said = "\n".join(["", *(f"  {line}" for line in lines)])
        return f"{said}\nIts log is {log}. Mend what it says there, then start again."

    def watch(self, *needs: Callable[[], None]) -> NoReturn:
        """Look until a check raises: ours, or one of what the children need.

        A need is asked after the children, yet raises first: when both are gone, the children
        ended for want of it.
        """
        while True:
            ended = [child.poll() for child in self.children.values()]
            for need in needs:
                need()
            if ended.count(None) < len(ended):
                self.check()
            time.sleep(LOOK_SECONDS)

    def stop(self) -> None:
        """All at the same time; who does not listen within GRACE_SECONDS is killed."""
        for child in self.children.values():
            _signal_group(child.pid, signal.SIGTERM)
        end = time.monotonic() + GRACE_SECONDS
        for child in self.children.values():
            with suppress(subprocess.TimeoutExpired):
                child.wait(max(0.0, end - time.monotonic()))
            _signal_group(child.pid, signal.SIGKILL)  # what the child itself left behind, too
            child.wait()
        self.children.clear()


@contextmanager
def family(folder: Path) -> Iterator[Family]:
    """Children that are stopped with the block; first ends those of a supervisor that was killed.

    Raises AlreadyRunning when another process is inside this block with the same folder.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".supervisor").open("w") as own:
        if not _take(own):
            raise AlreadyRunning("It is running already, from the same DATA_DIR.")
        for mark in sorted(folder.glob("[!.]*")):
            _end_leftover(mark)
        together = Family(folder)
        try:
            yield together
        finally:
            together.stop()


def _begun(log: Path) -> IO[bytes]:
    log.parent.mkdir(parents=True, exist_ok=True)
    return log.open("wb")


def _end_leftover(mark: Path) -> None:
    with mark.open("r+") as file:
        while not _take(file):
            # The lock is held, so the group is still that child's and nobody else's.
            _signal_group(int(mark.read_text() or 0), signal.SIGKILL)
            time.sleep(LOOK_SECONDS)
    mark.unlink()


def _take(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _signal_group(leader: int, number: int) -> None:
    with suppress(ProcessLookupError):
        if leader > 1:  # 0 would be our own group
            os.killpg(leader, number)
