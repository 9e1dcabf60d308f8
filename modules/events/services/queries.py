"""Find events: for citizens what shows now, for staff all of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import defer

from obshto.modules.events.errors import NoSuchEvent
from obshto.modules.events.models import Event, RegionalEvent
from obshto.modules.events.services.kind import KIND
from obshto.platform.publication_window import shows
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE
from obshto.tenants.api import named_settlements

MOST = 1_000  # events that one answer tells of
Names = Mapping[str, Mapping[str, str]]
originals, event_of, translations = KIND.originals, KIND.original, KIND.translations


def public(uow: UnitOfWork) -> Select[Event]:
    """Public events, past ones too."""
    return originals().where(shows(Event, uow.now))


def published() -> Select[Event]:
    """Published events, the latest first."""
    rows = originals().where(Event.published_at.is_not(None), Event.deleted_at.is_(None))
    return rows.order_by(Event.starts_at.desc(), Event.id.desc())


def drafts() -> Select[Event]:
    """Drafts, last changed first."""
    rows = originals().where(Event.published_at.is_(None), Event.deleted_at.is_(None))
    return rows.order_by(Event.changed_at.desc(), Event.id.desc())


def deleted() -> Select[Event]:
    """Soft-deleted events, last deleted first."""
    return originals().where(Event.deleted_at.is_not(None)).order_by(Event.deleted_at.desc())


def touching(
    model: type[Event] | type[RegionalEvent],
    begin: datetime,
    end: datetime,
    *,
    subject: str = "",
    place: str = "",
) -> ColumnElement[bool]:
    """Those that may take place in the span; of one subject, at one place.

    What is for the whole municipality is for each of its places.
    """
    lasts = or_(model.last_at.is_(None), model.last_at > begin)
    # A single day may have been moved to before the first one.
    begun = or_(model.starts_at < end, func.jsonb_array_length(model.changes) > 0)
    asked = [model.subject == subject] if subject else []
    asked += [model.settlement.in_(("", place))] if place else []
    return and_(begun, lasts, *asked)


def nearest(
    model: type[Event] | type[RegionalEvent], begin: datetime
) -> tuple[ColumnElement[Any], ...]:
    """What goes on already or begins first stands first: the weekly market, however old it is,
    before an evening at the end of the span."""
    return func.greatest(model.starts_at, begin), model.starts_at.desc()


def events_between(
    uow: UnitOfWork, begin: datetime, end: datetime, *, subject: str = "", place: str = ""
) -> list[Event]:
    """Public ones without their long texts, `MOST` at most: those nearest to its begin."""
    where = touching(Event, begin, end, subject=subject, place=place)
    rows = public(uow).where(where).order_by(*nearest(Event, begin), Event.id)
    light = rows.options(defer(Event.html), defer(Event.markdown)).limit(MOST)
    return list(uow.session.scalars(light))


def next_turn(uow: UnitOfWork) -> datetime | None:
    """The next moment at which the clock shows or hides an event. One query."""
    shown = func.min(Event.published_at).filter(Event.published_at > uow.now)
    hidden = func.min(Event.until).filter(Event.until > uow.now)
    return uow.session.scalar(select(func.least(shown, hidden)).where(Event.deleted_at.is_(None)))


def public_event(uow: UnitOfWork, event_id: UUID) -> Event:
    """For everybody. Raises NoSuchEvent for what does not show now as for what never was."""
    found = uow.session.scalar(public(uow).where(Event.id == event_id))
    if found is None:
        raise NoSuchEvent
    return found


def settlements_here(uow: UnitOfWork) -> Names:
    """Names by EKATTE code and language, the seat first. One read."""
    return named_settlements(uow.scope.slug)


def place_of(code: str, names: Names, language: str) -> str:
    """A settlement by name; empty for the whole municipality."""
    name = names.get(code, {})
    return name.get(language) or name.get(SOURCE, "")
