"""Stations of a petition: what happened, what is ahead, who owes the next step by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import LazyString

from obshto.platform.legal.terms import HourTerm, Term


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """A point of the way: reached on a day, or ahead."""

    title: LazyString
    on: date | None = None
    words: str = ""
    article: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """The next step: who owes it, what it is, the term of law where there is one.

    `hours` stands in its place where the law counts them.
    After an end `is_wait` says that the term is the time to wait until the question can come again.
    """

    owes: LazyString
    what: LazyString
    term: Term | None = None
    is_wait: bool = False
    hours: HourTerm | None = None
