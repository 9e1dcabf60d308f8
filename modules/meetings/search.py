"""Index rows of meetings: coming ones and held ones, with what was decided there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from uuid import UUID

from sqlalchemy import select

from obshto.modules.meetings.events import FILES, PUBLIC, AgendaChanged, MinutesPublished
from obshto.modules.meetings.models import AgendaItem, Decision, Meeting
from obshto.modules.meetings.services import queries
from obshto.modules.meetings.services.calendar_entries import marked
from obshto.platform.content.markdown import to_text
from obshto.platform.modularity.manifest import PublicEntries, PublicEntry
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE, speaking


def entries_of(uow: UnitOfWork, ids: Collection[UUID] | None) -> Iterable[PublicEntry]:
    """Every published meeting with its agenda and its decisions. Four queries."""
    wanted = select(Meeting).where(Meeting.published_at.is_not(None), Meeting.deleted_at.is_(None))
    if ids is not None:
        wanted = wanted.where(Meeting.id.in_(ids))
    meetings = uow.session.scalars(wanted).all()
    if not meetings:
        return
    names, words = queries.settlements_here(uow), _words(uow, [one.id for one in meetings])
    for meeting in meetings:
        assert meeting.published_at
        with speaking(SOURCE):
            title = marked(meeting, meeting.title)
        body = (meeting.summary, meeting.address, to_text(meeting.html), *words[meeting.id])
        yield PublicEntry(
            object_id=meeting.id,
            kind="meeting",
            title=title,
            path=meeting.path,
            published_at=meeting.published_at,
            language=SOURCE,
            until=meeting.until,
            text=" ".join(body).strip(),
            place=queries.place_of(meeting.settlement, names, SOURCE),
        )


def _words(uow: UnitOfWork, ids: Collection[UUID]) -> dict[UUID, list[str]]:
    words: dict[UUID, list[str]] = defaultdict(list)
    items = select(AgendaItem.meeting_id, AgendaItem.title).where(AgendaItem.meeting_id.in_(ids))
    for meeting_id, title in uow.session.execute(items.order_by(AgendaItem.position)):
        words[meeting_id].append(title)
    taken = select(Decision.meeting_id, Decision.number, Decision.text)
    rows = taken.where(Decision.meeting_id.in_(ids)).order_by(Decision.id)
    for meeting_id, number, text in uow.session.execute(rows):
        words[meeting_id].append(f"{number} {text}")
    return words


SEARCH = PublicEntries(
    facts=frozenset((*PUBLIC, *FILES, AgendaChanged, MinutesPublished)),
    of=entries_of,
    is_news=True,
)
