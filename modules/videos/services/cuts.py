"""Short version of a video: a span of it that somebody marked, cut out by the job of renditions."""

from __future__ import annotations

from sqlalchemy import delete

from obshto.modules.videos.errors import CutBehindEnd
from obshto.modules.videos.models import Video, VideoRendition
from obshto.modules.videos.services.chapters import chapters_of
from obshto.modules.videos.services.videos import check_version, note_edit
from obshto.platform.unit_of_work import UnitOfWork

CUT = "cut"  # its kind among the renditions
Span = tuple[int, int]  # seconds: its first, the one behind its last


def span_of(video: Video) -> Span | None:
    """The marked span."""
    if video.cut_from is None or video.cut_until is None:
        return None
    return video.cut_from, video.cut_until


def offered_span(uow: UnitOfWork, video: Video) -> Span | None:
    """The marked one, else the first chapter."""
    if span := span_of(video):
        return span
    starts = [chapter.seconds for chapter in chapters_of(uow, video.id)]
    return (starts[0], starts[1]) if len(starts) > 1 else None


def save_span(uow: UnitOfWork, video: Video, span: Span | None, *, expected_version: int) -> None:
    """Mark another, or none. What was cut before goes at once; the job makes the new one.

    The video must be locked. Raises StaleVideo, CutBehindEnd.
    """
    if span == span_of(video):
        return
    check_version(video, expected_version)
    if span and video.seconds is not None and span[1] > video.seconds:
        raise CutBehindEnd
    video.cut_from, video.cut_until = span or (None, None)
    uow.session.execute(delete(VideoRendition).filter_by(video_id=video.id, kind=CUT))
    note_edit(uow, video)
