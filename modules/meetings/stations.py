"""Stations of points of an agenda that came from elsewhere, and of decisions.

A point waits for its meeting; a decision is taken there and carried out by the day that the minutes
say.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, time
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import select

from obshto.modules.meetings.events import (
    PUBLIC,
    AgendaChanged,
    AgendaPointRemoved,
    DecisionReached,
    DecisionTaken,
    MeetingDeleted,
    MeetingRestored,
    MinutesPublished,
)
from obshto.modules.meetings.models import AgendaItem, Decision, Meeting, MinuteEntry
from obshto.modules.meetings.services.decisions import DecisionFilter, decisions
from obshto.modules.meetings.services.point_threads import FROM_ELSEWHERE, PART
from obshto.modules.meetings.services.queries import LIGHT
from obshto.platform.clock import SOFIA, day_of
from obshto.platform.domain_events import DomainEvent
from obshto.platform.publication_window import shows
from obshto.platform.thread.declarations import (
    MUNICIPALITY,
    StationSource,
    StationState,
    ThreadEntry,
)
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE, speaking

LONGEST = 120  # letters of a decision that name it
POINT = "point"


def entries_of(uow: UnitOfWork, ids: Collection[UUID] | None) -> Iterable[ThreadEntry]:
    """Points that came from elsewhere, then the decisions. Three queries."""
    yield from _points(uow, ids)
    yield from _decisions(uow, ids)


def _points(uow: UnitOfWork, ids: Collection[UUID] | None) -> Iterable[ThreadEntry]:
    """Those of meetings that everybody sees."""
    wanted = select(AgendaItem, Meeting).join(Meeting, Meeting.id == AgendaItem.meeting_id)
    wanted = wanted.where(FROM_ELSEWHERE, shows(Meeting, uow.now)).options(*LIGHT)
    wanted = wanted if ids is None else wanted.where(AgendaItem.id.in_(ids))
    for item, meeting in uow.session.execute(wanted):
        day, cancelled_at = day_of(meeting.starts_at), meeting.cancelled_at
        discussed = StationState(
            word="discussed",
            due_on=day,
            dropped_on=day_of(cancelled_at) if cancelled_at else None,
            reason=meeting.note if cancelled_at else "",
            comes_by_itself=True,
        )
        yield ThreadEntry(
            object_id=item.id,
            kind=POINT,
            title=item.title,
            path=f"{meeting.path}#point-{item.id}",
            since=datetime.combine(day, time(), SOFIA),
            place=meeting.settlement,
            after=((item.from_part, item.from_id),) if item.from_id else (),
            stations=(discussed,),
        )


def _decisions(uow: UnitOfWork, ids: Collection[UUID] | None) -> Iterable[ThreadEntry]:
    """Those of published minutes, after their points."""
    wanted = decisions(uow, DecisionFilter(), is_public=True)
    wanted = wanted if ids is None else wanted.where(Decision.id.in_(ids))
    rows = uow.session.scalars(wanted).all()
    sources = _sources(uow, rows)
    for row in rows:
        yield ThreadEntry(
            object_id=row.id,
            title=_title(row),
            path=row.path,
            since=datetime.combine(row.taken_on, time(), SOFIA),
            after=sources.get(row.entry_id, ()),
            stations=(
                StationState(word="taken", reached_on=row.taken_on),
                StationState(
                    word="carried-out",
                    title=row.follows,
                    due_on=row.due_on,
                    reached_on=day_of(row.reached_at) if row.reached_at else None,
                    owes=row.owner or MUNICIPALITY,
                    is_promise=bool(row.due_on or row.owner),
                ),
            )
            if row.due_on or row.owner or row.reached_at
            else (StationState(word="taken", reached_on=row.taken_on),),
        )


def things_behind(uow: UnitOfWork, fact: DomainEvent) -> Collection[UUID] | None:
    """The point or the decision of a fact, or all those of its meeting. One query."""
    of_meeting = select(Decision.id).where(Decision.meeting_id == fact.subject_id)
    points = select(AgendaItem.id).where(AgendaItem.meeting_id == fact.subject_id, FROM_ELSEWHERE)
    found = uow.session.scalars(of_meeting.union_all(points)).all()
    return [*found, fact.subject_id] if fact.subject_id else found


def _sources(
    uow: UnitOfWork, rows: Sequence[Decision]
) -> Mapping[UUID, tuple[tuple[str, UUID], ...]]:
    """The point that came from elsewhere, by entry of the minutes. One query."""
    wanted = (
        select(MinuteEntry.id, AgendaItem.id)
        .join(AgendaItem, AgendaItem.id == MinuteEntry.item_id)
        .where(MinuteEntry.id.in_([row.entry_id for row in rows]), FROM_ELSEWHERE)
    )
    return {key: ((PART, item_id),) for key, item_id in uow.session.execute(wanted)}


def _title(row: Decision) -> str:
    text = " ".join(row.text.split())
    short = text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"
    with speaking(SOURCE):
        number = gettext("Решение № %(number)s", number=row.number) if row.number else ""
    return f"{number}: {short}" if number else short


STATIONS = StationSource(
    kind=_("Решение"),
    kinds={POINT: _("Точка в дневния ред")},
    words={
        "discussed": _("Разглежда се на срещата"),
        "taken": _("Взето решение"),
        "carried-out": _("Изпълнение"),
    },
    facts=frozenset(
        (
            *(*PUBLIC, MeetingDeleted, MeetingRestored, AgendaChanged, AgendaPointRemoved),
            *(MinutesPublished, DecisionTaken, DecisionReached),
        )
    ),
    of=entries_of,
    things_of=things_behind,
)
