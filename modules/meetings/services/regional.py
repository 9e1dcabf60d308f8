"""Meetings of the region: each municipality writes its own rows, and they are read together."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Select, delete, select
from sqlalchemy.dialects.postgresql import insert

from obshto.modules.meetings.models import Meeting, RegionalMeeting, Scheduled
from obshto.modules.meetings.services.queries import MOST, planned, settlements_here
from obshto.platform.practice_exits import told_outside
from obshto.platform.unit_of_work import Principal, UnitOfWork, open_uow

REASON = "meetings:show-in-region"
KEYS = ("municipality", "meeting_id")


def show_in_region(uow: UnitOfWork, *, payload: Mapping[str, Any]) -> None:
    """Reaction: the region shows the meeting as it is now, or no more. Twice changes nothing."""
    meeting_id = UUID(payload["subject_id"])
    rows = _rows(uow, planned(uow).where(Meeting.id == meeting_id))
    assert uow.scope
    with open_uow(None, Principal.system(REASON)) as region:
        if not rows:
            own = delete(RegionalMeeting).filter_by(
                municipality=uow.scope.slug, meeting_id=meeting_id
            )
            region.session.execute(own)
        _put(region, rows)
        region.invalidate_region_pages()


def show_all_in_region(uow: UnitOfWork) -> None:
    """Job: the same of all, after a restore or what else no event tells of."""
    rows = _rows(uow, planned(uow))
    assert uow.scope
    kept = [row["meeting_id"] for row in rows]
    gone = delete(RegionalMeeting).where(
        RegionalMeeting.municipality == uow.scope.slug, RegionalMeeting.meeting_id.not_in(kept)
    )
    with open_uow(None, Principal.system(REASON)) as region:
        region.session.execute(gone)
        _put(region, rows)
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


def _rows(uow: UnitOfWork, wanted: Select[Meeting]) -> list[dict[str, Any]]:
    meetings = told_outside(uow.session.scalars(wanted.limit(MOST)).all())
    if not meetings:
        return []
    assert uow.scope
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


def _put(region: UnitOfWork, rows: list[dict[str, Any]]) -> None:
    for row in rows:
        put = insert(RegionalMeeting).values(row)
        changed = {name: put.excluded[name] for name in row if name not in KEYS}
        region.session.execute(put.on_conflict_do_update(index_elements=KEYS, set_=changed))
