"""Returnable rows that show from one moment until another, asked for in each query.

No job has to be in time: whoever shows such rows says until when that holds (`next_change`).
"""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Mapped

from obshto.platform.db.turns import rows_until
from obshto.platform.errors import DomainError
from obshto.platform.soft_delete import SoftDeleted
from obshto.platform.unit_of_work import UnitOfWork


class OverBeforeBegun(DomainError):
    """It would be hidden before it shows."""

    sentence = _("Изберете край, който е след началото и след този час")


class PublicationWindow(SoftDeleted):
    """Its `published_at` may lie ahead; from `until` on it does not show any more."""

    until: Mapped[datetime | None]

    @property
    def is_published(self) -> bool:
        """Whether somebody decided that it shows; when is another question."""
        return self.published_at is not None and self.deleted_at is None

    def shows_at(self, moment: datetime) -> bool:
        """Whether citizens see it at that moment."""
        begun = self.published_at is not None and self.published_at <= moment
        return begun and self.deleted_at is None and (self.until is None or self.until > moment)


def shows(model: type[PublicationWindow], moment: datetime) -> ColumnElement[bool]:
    """The same as a condition: citizens see it at that moment."""
    begun, over = model.published_at <= moment, model.until <= moment
    return and_(begun, model.deleted_at.is_(None), or_(model.until.is_(None), ~over))


T = TypeVar("T", bound=PublicationWindow)


def next_change(uow: UnitOfWork, model: type[PublicationWindow]) -> datetime | None:
    """When the next row begins or ceases to show by the clock alone; None is never. One query."""
    found: datetime | None = uow.session.scalar(change_of(uow, model))
    return found


def showing(uow: UnitOfWork, model: type[T], rows: Select[T]) -> tuple[list[T], datetime | None]:
    """Such rows, with the next change: one query, a second where there are none."""
    return rows_until(uow.session, rows, change_of(uow, model))


def change_of(uow: UnitOfWork, model: type[PublicationWindow]) -> Select[datetime]:
    """The query of `next_change`."""
    begins, ends = model.published_at, model.until
    coming = func.min(begins).filter(begins > uow.now)
    going = func.min(ends).filter(ends > uow.now)
    # LEAST leaves out what is empty.
    return select(func.least(coming, going)).where(model.deleted_at.is_(None))


def beginning(
    row: PublicationWindow, *, at: datetime | None, until: datetime | None, now: datetime
) -> datetime:
    """From when it shows if it is asked to at `at`, else from now on. Raises OverBeforeBegun.

    What began stays as it began; a form knows no seconds, so the same minute is the same.
    """
    known = row.published_at
    is_known = known and (known <= now if at is None else _minute(known) == at)
    begins = known if known and is_known else at or now
    if until is not None and until <= max(begins, now) and (begins, until) != (known, row.until):
        raise OverBeforeBegun
    return begins


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)
