"""Sessions of the council as the part of the council meets them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from obshto.modules.meetings.models import AgendaItem, Meeting, MinuteEntry, MinuteRecord
from obshto.modules.meetings.services import queries
from obshto.modules.meetings.services.decisions import decisions_of, state_of
from obshto.modules.meetings.services.kind import KIND
from obshto.modules.meetings.services.kinds import COUNCIL
from obshto.modules.meetings.services.minutes import (
    EntryWords,
    edit_entry,
    entries_of,
    is_unpublished,
    publish_minutes,
    records_of,
    write_entry,
)
from obshto.modules.meetings.services.point_threads import thread_key
from obshto.platform.clock import day_of
from obshto.platform.modularity.council_sessions import (
    CouncilSession,
    SessionDecision,
    SessionPoint,
    VotedEntry,
)
from obshto.platform.unit_of_work import UnitOfWork


class Sessions:
    """Supplies `CouncilSessions`."""

    def sessions(self, uow: UnitOfWork, *, is_public: bool, most: int) -> Sequence[CouncilSession]:
        rows = _sessions(uow, is_public=is_public).order_by(Meeting.starts_at.desc(), Meeting.id)
        return [_told(meeting) for meeting in uow.session.scalars(rows.limit(most))]

    def unpublished(self, uow: UnitOfWork) -> Select[UUID, datetime]:
        minutes = select(MinuteRecord.id).where(MinuteRecord.meeting_id == Meeting.id)
        over = _sessions(uow, is_public=True).where(Meeting.ends_at <= uow.now)
        over = over.where(Meeting.cancelled_at.is_(None), ~minutes.exists())
        return over.order_by(None).with_only_columns(Meeting.id, Meeting.starts_at)

    def session_of(
        self, uow: UnitOfWork, session_id: UUID, *, is_public: bool
    ) -> CouncilSession | None:
        rows = _sessions(uow, is_public=is_public).where(Meeting.id == session_id)
        meeting = uow.session.scalar(rows)
        if meeting is None:
            return None
        records = records_of(uow, meeting.id)
        if is_public:
            return _told(meeting, records[-1].published_at if records else None)
        items, entries = queries.items_of(uow, meeting.id), entries_of(uow, meeting.id)
        is_stale = is_unpublished(uow, meeting, items, entries, records[0] if records else None)
        return _told(meeting, records[-1].published_at if records else None, is_stale=is_stale)

    def points_of(self, uow: UnitOfWork, session_id: UUID) -> Sequence[SessionPoint]:
        return [_point(item) for item in queries.items_of(uow, session_id)]

    def decisions_of(self, uow: UnitOfWork, session_id: UUID) -> Sequence[SessionDecision]:
        rows = decisions_of(uow, session_id)
        of_entries = select(MinuteEntry.id, MinuteEntry.item_id).filter_by(meeting_id=session_id)
        points = {entry: item for entry, item in uow.session.execute(of_entries)}  # noqa: C416
        today = day_of(uow.now)
        return [
            SessionDecision(
                item_id=points[row.entry_id],
                number=row.number,
                text=row.text,
                owner=row.owner,
                due_on=row.due_on,
                state=state_of(row, today),
                outcome=row.outcome,
                path=row.path,
            )
            for row in rows
        ]

    def write_entry(
        self, uow: UnitOfWork, point: SessionPoint, entry: VotedEntry, *, entry_id: UUID
    ) -> None:
        """What the secretary wrote beside it stays."""
        voted: dict[str, Any] = {name: getattr(entry, name) for name in VotedEntry.__slots__}
        known = uow.session.scalar(
            select(MinuteEntry).where(MinuteEntry.request_id == entry_id).with_for_update()
        )
        if known is None:
            item = queries.item_of(uow, point.id)
            write_entry(uow, item, EntryWords(**voted), request_id=entry_id)
            return
        words = EntryWords(
            **voted, text=known.text, follows=known.follows if entry.decision else ""
        )
        edit_entry(uow, known, words, expected_version=known.version)
        uow.session.flush()

    def publish_minutes(
        self, uow: UnitOfWork, session_id: UUID, *, why: str, request_id: UUID
    ) -> None:
        meeting = queries.meeting_of(uow, session_id, to_change=True)
        publish_minutes(uow, meeting, why=why, request_id=request_id)


def _sessions(uow: UnitOfWork, *, is_public: bool) -> Select[Meeting]:
    rows = (
        queries.public(uow) if is_public else KIND.originals().where(Meeting.deleted_at.is_(None))
    )
    return rows.where(Meeting.kind == COUNCIL)


def _told(meeting: Meeting, published_at: Any = None, *, is_stale: bool = False) -> CouncilSession:
    return CouncilSession(
        id=meeting.id,
        title=meeting.title,
        address=meeting.address,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        announced_at=meeting.published_at,
        is_cancelled=meeting.cancelled_at is not None,
        path=meeting.path,
        minutes_path=f"{meeting.path}/minutes",
        published_at=published_at,
        is_stale=is_stale,
    )


def _point(item: AgendaItem) -> SessionPoint:
    told: dict[str, Any] = {"id": item.id, "session_id": item.meeting_id}
    told |= {"position": item.position, "title": item.title, "presenter": item.presenter}
    return SessionPoint(**told, thread=thread_key(item))
