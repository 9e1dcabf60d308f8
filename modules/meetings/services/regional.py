"""Meetings of the region: each municipality writes its own rows, and they are read together."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, delete, select

from obshto.modules.meetings.models import Meeting, RegionalMeeting, Scheduled
from obshto.modules.meetings.services.queries import planned, settlements_here
from obshto.platform.db.batches import batches_of
from obshto.platform.db.regional_rows import put_rows, replace_rows
from obshto.platform.practice_exits import told_outside
from obshto.platform.unit_of_work import Principal, UnitOfWork, open_uow

REASON = "meetings:show-in-region"


def show_in_region(uow: UnitOfWork, *, payload: Mapping[str, Any]) -> None:
    """Reaction: the region shows the meeting as it is now, or no more. Twice changes nothing."""
    meeting_id = UUID(payload["subject_id"])
    rows = _rows(uow, uow.session.scalars(planned(uow).where(Meeting.id == meeting_id)).all())
    with open_uow(None, Principal.system(REASON)) as region:
        if not rows:
            own = delete(RegionalMeeting).filter_by(
                municipality=uow.scope.slug, meeting_id=meeting_id
            )
            region.session.execute(own)
        put_rows(region.session, RegionalMeeting, rows)
        region.invalidate_region_pages()


def show_all_in_region(uow: UnitOfWork) -> None:
    """Job: the same of all, after a restore or what else no event tells of."""
    wanted = planned(uow)
    batches = (_rows(uow, found) for found in batches_of(uow.session, wanted))
    with open_uow(None, Principal.system(REASON)) as region:
        replace_rows(region.session, RegionalMeeting, uow.scope.slug, batches)
        region.invalidate_region_pages()


def regional_meetings(
    uow: UnitOfWork, *, among: Collection[str], municipality: str = ""
) -> Select[RegionalMeeting]:
    """Coming ones of the municipalities that have meetings switched on, the next first."""
    rows = select(RegionalMeeting).where(
        RegionalMeeting.municipality.in_([municipality] if municipality in among else among),
        RegionalMeeting.published_at <= uow.now,
        (RegionalMeeting.until <= uow.now).is_not(True),
        RegionalMeeting.ends_at > uow.now,
    )
    return rows.order_by(RegionalMeeting.starts_at, RegionalMeeting.meeting_id)


def _rows(uow: UnitOfWork, found: Sequence[Meeting]) -> list[dict[str, Any]]:
    meetings = told_outside(found)
    if not meetings:
        return []
    names, slug = settlements_here(uow), uow.scope.slug
    return [
        {name: getattr(meeting, name) for name in Scheduled.__annotations__}
        | {
            "municipality": slug,
            "meeting_id": meeting.id,
            "title": meeting.title,
            "summary": meeting.summary,
            "place": dict(names.get(meeting.settlement, {})),
            "path": meeting.path,
            "published_at": meeting.published_at,
            "until": meeting.until,
            "changed_at": meeting.changed_at,
        }
        for meeting in meetings
    ]
