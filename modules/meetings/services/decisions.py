"""Decisions of published minutes: found across meetings, followed until they are carried out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, extract, or_, select

from obshto.modules.meetings.errors import NoSuchDecision, StaleDecision
from obshto.modules.meetings.events import DecisionLate, DecisionReached, DecisionTaken
from obshto.modules.meetings.models import Decision, Meeting, MinuteEntry
from obshto.modules.meetings.services.kinds import KINDS
from obshto.platform.clock import day_of
from obshto.platform.entity import expect_version
from obshto.platform.publication_window import shows
from obshto.platform.unit_of_work import UnitOfWork

AT_ONCE, FIRST_YEAR = 200, 2000
OPEN, LATE, REACHED = "open", "late", "reached"


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionFilter:
    """A list of decisions: with these words, of a kind of meeting, of a year, in a state."""

    words: str = ""
    kind: str = ""
    year: int = 0
    state: str = ""


def filter_of(asked: Mapping[str, str]) -> DecisionFilter:
    """The filter of an address; what is none of ours is no filter."""
    kind, state, year = asked.get("kind", ""), asked.get("state", ""), asked.get("year", "")
    is_year = len(year) == 4 and year.isascii() and year.isdigit() and int(year) >= FIRST_YEAR
    return DecisionFilter(
        words=asked.get("q", "").replace("\x00", "")[:100],
        kind=kind if kind in KINDS else "",
        year=int(year) if is_year else 0,
        state=state if state in (OPEN, LATE, REACHED) else "",
    )


def take_decisions(uow: UnitOfWork, meeting: Meeting, entries: Sequence[MinuteEntry]) -> None:
    """Each entry with a decision has its row; a correction changes its words alone.

    A decision that a correction took away is taken away here too: the editions still tell of it.
    """
    rows = select(Decision).where(Decision.meeting_id == meeting.id)
    known = {row.entry_id: row for row in uow.session.scalars(rows)}
    for entry in entries:
        row = known.get(entry.id)
        if not entry.decision:
            if row:
                uow.session.delete(row)
            continue
        if row is None:
            row = Decision(
                entry_id=entry.id,
                meeting_id=meeting.id,
                kind=meeting.kind,
                taken_on=day_of(meeting.starts_at),
                outcome="",
            )
            uow.session.add(row)
            _put(row, entry)
            uow.session.flush()
            uow.emit(DecisionTaken(subject_id=row.id, meeting_id=meeting.id))
        else:
            _put(row, entry)


def reach_decision(
    uow: UnitOfWork, decision: Decision, outcome: str, *, expected_version: int
) -> None:
    """It was carried out, and how. Raises StaleDecision."""
    if decision.reached_at and decision.outcome == outcome:
        return
    expect_version(decision, expected_version, StaleDecision)
    decision.reached_at, decision.outcome = decision.reached_at or uow.now, outcome
    uow.emit(DecisionReached(subject_id=decision.id, meeting_id=decision.meeting_id))


def watch_decisions(uow: UnitOfWork) -> None:
    """Job: of a decision whose day passed the mayor is told, once for each day set."""
    late = select(Decision).where(overdue(day_of(uow.now)))
    late = late.where(Decision.late_for.is_distinct_from(Decision.due_on)).order_by(Decision.id)
    for decision in uow.session.scalars(late.limit(AT_ONCE).with_for_update(skip_locked=True)):
        decision.late_for = decision.due_on
        uow.emit(DecisionLate(subject_id=decision.id, meeting_id=decision.meeting_id))


def decisions(uow: UnitOfWork, wanted: DecisionFilter, *, is_public: bool) -> Select[Decision]:
    """The list, the latest first; for citizens without those of hidden meetings."""
    rows = select(Decision)
    if is_public:
        rows = rows.join(Meeting, Meeting.id == Decision.meeting_id).where(shows(Meeting, uow.now))
    for word in wanted.words.split()[:6]:
        found = (column.icontains(word, autoescape=True) for column in _SEARCHED)
        rows = rows.where(or_(*found))
    if wanted.kind:
        rows = rows.where(Decision.kind == wanted.kind)
    if wanted.year:
        rows = rows.where(extract("year", Decision.taken_on) == wanted.year)
    if wanted.state:
        rows = rows.where(_in_state(wanted.state, day_of(uow.now)))
    return rows.order_by(Decision.taken_on.desc(), Decision.id.desc())


def decisions_of(uow: UnitOfWork, meeting_id: UUID) -> Sequence[Decision]:
    """Those of a meeting, as they were taken."""
    rows = select(Decision).where(Decision.meeting_id == meeting_id)
    return uow.session.scalars(rows.order_by(Decision.id)).all()


def public_decision(uow: UnitOfWork, decision_id: UUID) -> Decision:
    """For everybody. Raises NoSuchDecision for that of a hidden meeting as for what never was."""
    rows = decisions(uow, DecisionFilter(), is_public=True).where(Decision.id == decision_id)
    found = uow.session.scalar(rows)
    if found is None:
        raise NoSuchDecision
    return found


def decision_of(uow: UnitOfWork, decision_id: UUID, *, to_change: bool = False) -> Decision:
    """For staff and letters. Raises NoSuchDecision."""
    found = uow.session.get(Decision, decision_id, with_for_update=to_change or None)
    if found is None:
        raise NoSuchDecision
    return found


def overdue(today: date) -> ColumnElement[bool]:
    """Its day passed and nobody said that it was carried out."""
    return and_(Decision.reached_at.is_(None), Decision.due_on < today)


def state_of(decision: Decision, today: date) -> str:
    """The same of a row."""
    if decision.reached_at:
        return REACHED
    return LATE if decision.due_on and decision.due_on < today else OPEN


_SEARCHED = (Decision.text, Decision.number, Decision.follows, Decision.owner)


def _in_state(state: str, today: date) -> ColumnElement[bool]:
    if state == REACHED:
        return Decision.reached_at.is_not(None)
    if state == LATE:
        return overdue(today)
    return Decision.reached_at.is_(None)


def _put(row: Decision, entry: MinuteEntry) -> None:
    row.number, row.text, row.follows = entry.number, entry.decision, entry.follows
    row.owner, row.due_on = entry.owner, entry.due_on
