"""Retention rules: what a job takes away by the clock, or what goes by itself outside the tables.

A job names the `Processing` of its component whose term it keeps (`Job.retention="report"`), or
brings a rule of its own where no person's data are meant.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from flask_babel import LazyString, lazy_gettext


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideRun:
    """What was taken away once outside the tables: how much, and a hash of its names, no data."""

    at: datetime
    took: int
    digest: str = ""  # of what went; empty where nothing did, or what went has no name


class OutsideKeeper(Protocol):
    """Who takes something away outside the tables and writes down when."""

    def runs(self, slug: str) -> Sequence[OutsideRun]:
        """The last ones that concern this municipality, the newest first. One query."""
        ...

    def due(self, slug: str, now: datetime) -> int | None:
        """How many go at the next run; None where that is not known before. One query at most."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionRule:
    """What goes, after how long, by which law. `how` says what takes it away where no job does."""

    what: LazyString
    kept: LazyString
    ground: str
    how: LazyString | None = None
    keeper: OutsideKeeper | None = None


STORAGE_LIMITATION = "Регламент (ЕС) 2016/679, чл. 5, § 1, б. „д“"
# Every kind of text that can be deleted and brought back (`platform/soft_delete.py`).
DELETED_TEXTS = RetentionRule(
    what=lazy_gettext("Изтрити страници и текстове"),
    kept=lazy_gettext("30 дни, докато могат да се върнат; старите версии – 3 години"),
    ground=STORAGE_LIMITATION,
)
FOLLOWINGS = RetentionRule(
    what=lazy_gettext("Какво следят хората"),
    kept=lazy_gettext("докато не спрете писмата или то не приключи"),
    ground=STORAGE_LIMITATION,
)
