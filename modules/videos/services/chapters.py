"""Chapters of a video: typed, or the points of the agenda of its meeting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, select

from obshto.modules.videos.errors import CueBehindEnd, DoubledChapter
from obshto.modules.videos.models import Video, VideoChapter
from obshto.modules.videos.services.videos import agendas, check_version, note_edit
from obshto.platform.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterWords:
    """A chapter as typed; `seconds` is None where it has no time yet."""

    title: str
    seconds: int | None = None
    item_id: UUID | None = None


def chapters_of(uow: UnitOfWork, video_id: UUID) -> Sequence[VideoChapter]:
    """In the order in which they are seen. One query."""
    rows = select(VideoChapter).where(VideoChapter.video_id == video_id)
    return uow.session.scalars(rows.order_by(VideoChapter.seconds)).all()


def offered_chapters(uow: UnitOfWork, video: Video) -> list[ChapterWords]:
    """Initial lines of the form: the chapters there are, then the points without a time."""
    known = [
        ChapterWords(title=row.title, seconds=row.seconds, item_id=row.item_id)
        for row in chapters_of(uow, video.id)
    ]
    port, placed = agendas(), {row.item_id for row in known}
    points = port.points_of(uow, video.meeting_id) if port and video.meeting_id else ()
    missing = (point for point in points if point.id not in placed)
    return known + [ChapterWords(title=point.title, item_id=point.id) for point in missing]


def save_chapters(
    uow: UnitOfWork, video: Video, typed: Sequence[ChapterWords], *, expected_version: int
) -> None:
    """Those with a time take the place of all before. The video must be locked.

    Raises StaleVideo, DoubledChapter, CueBehindEnd.
    """
    told = sorted(
        ((one.seconds, one.title, one.item_id) for one in typed if one.seconds is not None),
        key=lambda one: one[0],
    )
    if told == [(row.seconds, row.title, row.item_id) for row in chapters_of(uow, video.id)]:
        return
    check_version(video, expected_version)
    if len({seconds for seconds, _title, _item in told}) < len(told):
        raise DoubledChapter
    if video.seconds is not None and told and told[-1][0] >= video.seconds:
        raise CueBehindEnd
    uow.session.execute(delete(VideoChapter).where(VideoChapter.video_id == video.id))
    for seconds, title, item_id in told:
        words = {"seconds": seconds, "title": title, "item_id": item_id}
        uow.session.add(VideoChapter(video_id=video.id, **words))
    note_edit(uow, video)
