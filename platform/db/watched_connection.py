"""Watched connection: where the server falls silent, a new connection asks whether it answers.

A statement may take its time. A server that hangs (its processes stopped, its disk away) never
answers, and no time-out of PostgreSQL or TCP tells: what would count is what hangs, and the kernel
goes on to acknowledge what it is sent. So after `SILENT` seconds without an answer the same server
is asked anew. While it answers there, the statement is only slow and is waited for.

Shapes: servers are known by host and port; what is known of them belongs to one process.
Errors: ServerHangs, an OperationalError without a SQLSTATE, within `SILENT + ANSWERS` seconds.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from threading import Lock
from time import monotonic
from typing import Any, Self

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

SILENT = 1.5  # seconds without a byte, after which the server is asked
ANSWERS = 3  # seconds that it has for an answer; libpq counts whole ones
LONGEST = 70  # seconds: beyond the server's own limit of a statement, which it must have told
REST = 1.0  # seconds after a question without an answer, in which nobody asks again
INTERVAL = 0.1  # seconds between two looks, as psycopg has it

_refused_until: dict[str, float] = {}
_heard: dict[str, float] = {}  # when it was last known whether a server answers
_lock, _question = Lock(), Lock()


class ServerHangs(psycopg.OperationalError):
    """The server takes connections or statements and does not answer."""


class ConnectionProbe(psycopg.Connection[Any]):
    """A connection that waits no longer than `ANSWERS` for anything."""

    def wait(self, gen: Any, interval: float = INTERVAL, timeout: float | None = None) -> Any:
        return super().wait(_watched(gen, ANSWERS, _give_up), interval, timeout)


class WatchedConnection(psycopg.Connection[Any]):
    """Raises ServerHangs in place of waiting for a server that does not answer anybody.

    Its connection is closed then. `wait` is psycopg's one place where a thread waits.
    """

    server = ""
    begins_itself = False  # while a statement is sent that has its own BEGIN

    @classmethod
    def connect(cls, conninfo: str = "", **words: Any) -> Self:
        """As psycopg's, within `ANSWERS` seconds; at once where somebody else is asking in vain."""
        server = _server_of(conninfo, words)
        _pass(server)
        try:
            opened = super().connect(conninfo, **{"connect_timeout": ANSWERS, **words})
        except psycopg.errors.ConnectionTimeout as error:
            _note(server, hangs=True)
            raise ServerHangs(str(error)) from None
        except psycopg.Error:
            _note(server, hangs=False)
            raise
        _note(server, hangs=False)
        opened.server = server
        return opened

    def wait(self, gen: Any, interval: float = INTERVAL, timeout: float | None = None) -> Any:
        try:
            return super().wait(_watched(gen, SILENT, self._ask), interval, timeout)
        except ServerHangs:
            self.close()  # an answer that comes late belongs to nobody
            raise

    def _start_query(self) -> Generator[Any, Any, None]:
        if not self.begins_itself:
            yield from super()._start_query()

    def _ask(self, waited: float) -> None:
        """One thread of a process asks; who wanted to meanwhile takes its answer for theirs."""
        if waited > LONGEST:
            raise ServerHangs("the server keeps no limit of its own")
        wanted = monotonic()
        with _question:
            if not _was_heard_of(self.server, wanted):
                self._ask_anew()
        with _lock:
            hangs = monotonic() < _refused_until.get(self.server, 0.0)
        if hangs:
            raise ServerHangs("the server does not answer")

    def _ask_anew(self) -> None:
        known = {**self.info.get_parameters(), "connect_timeout": str(ANSWERS)}
        try:
            with ConnectionProbe.connect(
                make_conninfo("", **known, password=self.info.password), autocommit=True
            ) as question:
                question.execute("SELECT 1")
        except (psycopg.errors.ConnectionTimeout, ServerHangs):
            _note(self.server, hangs=True)
        except psycopg.Error:
            _note(self.server, hangs=False)  # it has refused us, so it lives: too many, say
        else:
            _note(self.server, hangs=False)


def _watched(steps: Any, patience: float, ask: Callable[[float], None]) -> Generator[Any, Any, Any]:
    """The same steps; `ask`, told how long it took so far, where nothing came for `patience`."""
    begun = heard = monotonic()
    try:
        wanted = next(steps)
        while True:
            if ready := (yield wanted):  # 0: nothing came within an interval
                heard = monotonic()
            elif monotonic() - heard > patience:
                ask(monotonic() - begun)
                heard = monotonic()
            wanted = steps.send(ready)
    except StopIteration as end:
        return end.value


def _give_up(waited: float) -> None:
    raise ServerHangs("no answer")


def _server_of(conninfo: str, words: dict[str, Any]) -> str:
    known = {**conninfo_to_dict(conninfo), **words}
    return f"{known.get('host', '')}:{known.get('port', '')}"


def _pass(server: str) -> None:
    """One at a time asks a server that hung; the others are refused meanwhile."""
    with _lock:
        until, moment = _refused_until.get(server), monotonic()
        if until is None:
            return
        if moment < until:
            raise ServerHangs("the server did not answer a moment ago")
        _refused_until[server] = moment + ANSWERS + REST


def _was_heard_of(server: str, moment: float) -> bool:
    with _lock:
        return _heard.get(server, 0.0) > moment


def _note(server: str, *, hangs: bool) -> None:
    with _lock:
        _heard[server] = monotonic()
        if hangs:
            _refused_until[server] = monotonic() + REST
        else:
            _refused_until.pop(server, None)
