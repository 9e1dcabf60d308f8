"""Validity by the clock: until when the page or the fragment that is being rendered holds.

What depends on data is let go by the version of the host's row. What depends on the clock (a
notice ends, an office closes) says so here, and the caches compare it on each read. Who says
nothing is kept briefly (a page: to the end of the minute) or not at all (a fragment).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Flask, Response, g, has_request_context, request

from obshto.platform.clock import now

VALIDITY = "obshto.validity"  # in the environment, when the page is made


class FragmentLeak(RuntimeError):
    """A fragment asked for something that belongs to one person: it would be shown to others."""


@dataclass(slots=True)
class Validity:
    """`fragment` names what is rendered, "" is the page. `until` is None while nothing ends it."""

    fragment: str = ""
    is_declared: bool = False
    until: datetime | None = None

    def limit(self, moment: datetime | None) -> None:
        if moment and (self.until is None or moment < self.until):
            self.until = moment


def keep_until(moment: datetime | None) -> None:
    """Declare: what is rendered now holds until this moment; None is until something changes."""
    if has_request_context():
        _current().is_declared = True
        limit_validity(moment)


def limit_validity(moment: datetime | None) -> None:
    """Shorten the validity of what is rendered now and of all around it, without declaring it."""
    if has_request_context():
        for validity in _stack():
            validity.limit(moment)


@contextmanager
def part_of_page(fragment: str = "") -> Iterator[Validity]:
    """What is rendered inside declares for itself; else the page holds to the end of the minute.

    With a name it is a fragment: nothing personal may be asked for.
    """
    validity = Validity(fragment)
    if has_request_context():
        _stack().append(validity)
    try:
        yield validity
    finally:
        if has_request_context():
            _stack().pop()
    if not validity.is_declared:
        limit_validity(end_of_minute(now()))


def end_of_minute(moment: datetime) -> datetime:
    """As long as something holds that does not say for how long."""
    return moment.replace(second=0, microsecond=0) + timedelta(minutes=1)


def refuse_in_fragment(what: str) -> None:
    """Raises FragmentLeak where a fragment is being rendered."""
    if is_in_fragment():
        name = next(it.fragment for it in _stack() if it.fragment)
        raise FragmentLeak(f"{what} in the fragment {name}")


def is_in_fragment() -> bool:
    """Whether a fragment is being rendered."""
    return has_request_context() and any(validity.fragment for validity in _stack())


def install(app: Flask) -> None:
    """The page cache stands outside Flask: it reads the environment."""

    def tell(response: Response) -> Response:
        request.environ[VALIDITY] = _stack()[0]
        return response

    app.after_request(tell)


def _current() -> Validity:
    return _stack()[-1]


def _stack() -> list[Validity]:
    if "validity" not in g:
        g.validity = [Validity()]
    stack: list[Validity] = g.validity
    return stack
