"""Stations of decisions: taken at a meeting, carried out by the day that the minutes say."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, time
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import or_, select

from obshto.modules.meetings.events import (
    PUBLIC,
    DecisionReached,
    DecisionTaken,
    MeetingDeleted,
    MeetingRestored,
    MinutesPublished,
)
from obshto.modules.meetings.models import AgendaItem, Decision, MinuteEntry
from obshto.modules.meetings.services.decisions import DecisionFilter, decisions
from obshto.platform.clock import SOFIA, day_of
from obshto.platform.domain_events import DomainEvent
from obshto.platform.thread.declarations import (
    MUNICIPALITY,
    StationSource,
    StationState,
    ThreadEntry,
)
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE, speaking

LONGEST = 120  # letters of a decision that name it


def entries_of(uow: UnitOfWork, ids: Collection[UUID] | None) -> Iterable[ThreadEntry]:
    """Every decision of published minutes, after what its point came from. Two queries."""
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


def decisions_behind(uow: UnitOfWork, fact: DomainEvent) -> Collection[UUID] | None:
    """The decision of a fact, or all those of its meeting."""
    rows = select(Decision.id)
    about = or_(Decision.id == fact.subject_id, Decision.meeting_id == fact.subject_id)
    return uow.session.scalars(rows.where(about)).all()


def _sources(
    uow: UnitOfWork, rows: Sequence[Decision]
) -> Mapping[UUID, tuple[tuple[str, UUID], ...]]:
    """By entry of the minutes. One query."""
    wanted = (
        select(MinuteEntry.id, AgendaItem.from_part, AgendaItem.from_id)
        .join(AgendaItem, AgendaItem.id == MinuteEntry.item_id)
        .where(MinuteEntry.id.in_([row.entry_id for row in rows]), AgendaItem.from_id.is_not(None))
    )
    return {key: ((part, it),) for key, part, it in uow.session.execute(wanted) if it}


def _title(row: Decision) -> str:
    text = " ".join(row.text.split())
    short = text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"
    with speaking(SOURCE):
        number = gettext("Решение № %(number)s", number=row.number) if row.number else ""
    return f"{number}: {short}" if number else short


STATIONS = StationSource(
    kind=_("Решение"),
    words={"taken": _("Взето решение"), "carried-out": _("Изпълнение")},
    facts=frozenset(
        (*PUBLIC, MeetingDeleted, MeetingRestored, MinutesPublished, DecisionTaken, DecisionReached)
    ),
    of=entries_of,
    things_of=decisions_behind,
)
