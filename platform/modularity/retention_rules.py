"""Retention rules: what a job takes away by the clock, or what goes by itself outside the tables.

A job names the `Processing` of its component whose term it keeps (`Job.retention="report"`), or
brings a rule of its own where no person's data are meant.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import LazyString, lazy_gettext


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionRule:
    """What goes, after how long, by which law. `how` says what takes it away where no job does."""

    what: LazyString
    kept: LazyString
    ground: str
    how: LazyString | None = None


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
