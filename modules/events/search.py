"""Index rows of events."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from sqlalchemy import or_, select

from obshto.modules.events.events import FILES, PUBLIC
from obshto.modules.events.models import Event
from obshto.modules.events.services import queries
from obshto.modules.events.services.event_text import marked
from obshto.platform.content.markdown import to_text
from obshto.platform.modularity.manifest import PublicEntries, PublicEntry
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import speaking


def entries_of(uow: UnitOfWork, ids: Collection[UUID] | None) -> Iterable[PublicEntry]:
    """Every published event that is not over, each in its languages. Three queries."""
    wanted = queries.published().where(or_(Event.last_at.is_(None), Event.last_at > uow.now))
    if ids is not None:
        wanted = wanted.where(Event.id.in_(ids))
    events = {event.id: event for event in uow.session.scalars(wanted)}
    if not events:
        return
    names = queries.settlements_here(uow)
    texts = select(Event).where(
        Event.deleted_at.is_(None), or_(Event.id.in_(events), Event.translation_of.in_(events))
    )
    for text in uow.session.scalars(texts):
        yield _entry(events[text.translation_of or text.id], text, names)


def _entry(event: Event, text: Event, names: queries.Names) -> PublicEntry:
    assert event.published_at
    place = queries.place_of(event.settlement, names, text.language)
    with speaking(text.language):
        title = marked(event, text.title)
    return PublicEntry(
        object_id=event.id,
        kind="event",
        title=title,
        path=event.path,
        published_at=event.published_at,
        language=text.language,
        until=min(filter(None, (event.until, event.last_at)), default=None),
        text=" ".join((text.summary, event.address, to_text(text.html))).strip(),
        place=place,
    )


SEARCH = PublicEntries(facts=frozenset((*PUBLIC, *FILES)), of=entries_of, is_news=True)
