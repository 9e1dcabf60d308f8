"""Index rows of videos: what is said in them is found by the search of the portal."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from sqlalchemy import func, literal, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from obshto.modules.videos.events import (
    VideoEdited,
    VideoExpired,
    VideoHidden,
    VideoPublished,
)
from obshto.modules.videos.models import Video, VideoCue
from obshto.platform.modularity.manifest import PublicEntries, PublicEntry
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE


def entries_of(uow: UnitOfWork, ids: Collection[UUID] | None) -> Iterable[PublicEntry]:
    """Every public video with its words. Two queries."""
    wanted = select(Video).where(Video.published_at.is_not(None))
    if ids is not None:
        wanted = wanted.where(Video.id.in_(ids))
    videos = uow.session.scalars(wanted).all()
    said = func.string_agg(VideoCue.text, aggregate_order_by(literal(" "), VideoCue.start_ms))
    cues = select(VideoCue.video_id, said).group_by(VideoCue.video_id)
    heard = {
        video_id: words
        for video_id, words in uow.session.execute(
            cues.where(VideoCue.video_id.in_([video.id for video in videos]))
        )
    }
    for video in videos:
        assert video.published_at
        yield PublicEntry(
            object_id=video.id,
            kind="video",
            title=video.title,
            path=video.path,
            published_at=video.published_at,
            language=SOURCE,
            text=f"{video.about} {heard.get(video.id, '')}".strip(),
        )


SEARCH = PublicEntries(
    facts=frozenset((VideoPublished, VideoEdited, VideoHidden, VideoExpired)),
    of=entries_of,
    is_news=True,
)
