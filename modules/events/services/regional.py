"""The calendar of the region: each municipality writes its own rows, and they are read together."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, or_, select

from obshto.modules.events.models import Event, RegionalEvent, Timed
from obshto.modules.events.services.queries import (
    MOST,
    Names,
    nearest,
    published,
    settlements_here,
    touching,
)
from obshto.platform.db.batches import batches_of
from obshto.platform.db.regional_rows import put_rows, replace_rows
from obshto.platform.practice_exits import told_outside
from obshto.platform.unit_of_work import Principal, UnitOfWork, open_uow

REASON = "events:show-in-region"


def show_in_region(uow: UnitOfWork, *, payload: Mapping[str, Any]) -> None:
    """Reaction: the region shows the event as it is now, or no more. Twice changes nothing."""
    event_id = UUID(payload["subject_id"])
    rows = _rows(uow, uow.session.scalars(published().where(Event.id == event_id)).all())
    with open_uow(None, Principal.system(REASON)) as region:
        if not rows:
            own = delete(RegionalEvent).filter_by(municipality=uow.scope.slug, event_id=event_id)
            region.session.execute(own)
        put_rows(region.session, RegionalEvent, rows)
        region.invalidate_region_pages()


def show_all_in_region(uow: UnitOfWork) -> None:
    """Job: the same of all, after a restore or what else no event tells of."""
    wanted = published().where(or_(Event.last_at.is_(None), Event.last_at > uow.now))
    batches = (_rows(uow, found) for found in batches_of(uow.session, wanted))
    with open_uow(None, Principal.system(REASON)) as region:
        replace_rows(region.session, RegionalEvent, uow.scope.slug, batches)
        region.invalidate_region_pages()


def regional_events(
    uow: UnitOfWork,
    begin: datetime,
    end: datetime,
    *,
    among: Collection[str],
    municipality: str = "",
    subject: str = "",
) -> list[RegionalEvent]:
    """Events of the span, of municipalities with events switched on. One query."""
    is_over = RegionalEvent.until <= uow.now
    rows = select(RegionalEvent).where(
        RegionalEvent.municipality.in_([municipality] if municipality in among else among),
        RegionalEvent.published_at <= uow.now,
        is_over.is_not(True),
        touching(RegionalEvent, begin, end, subject=subject),
    )
    near = rows.order_by(*nearest(RegionalEvent, begin), RegionalEvent.event_id).limit(MOST)
    return list(uow.session.scalars(near))


def _rows(uow: UnitOfWork, found: Sequence[Event]) -> list[dict[str, Any]]:
    events = {event.id: event for event in told_outside(found)}
    if not events:
        return []
    texts = select(Event).where(Event.translation_of.in_(events), Event.deleted_at.is_(None))
    words: dict[UUID, dict[str, Any]] = {key: _words(event) for key, event in events.items()}
    for text in uow.session.scalars(texts):
        if text.translation_of:
            words[text.translation_of] |= _words(text)
    names = settlements_here(uow)
    return [_row(uow, event, words[event.id], names) for event in events.values()]


def _words(text: Event) -> dict[str, Any]:
    return {text.language: {"title": text.title, "summary": text.summary}}


def _row(uow: UnitOfWork, event: Event, words: dict[str, Any], names: Names) -> dict[str, Any]:
    timed = {name: getattr(event, name) for name in Timed.__annotations__}
    return timed | {
        "municipality": uow.scope.slug,
        "event_id": event.id,
        "words": words,
        "place": dict(names.get(event.settlement, {})),
        "path": event.path,
        "published_at": event.published_at,
        "until": event.until,
        "changed_at": event.changed_at,
    }
