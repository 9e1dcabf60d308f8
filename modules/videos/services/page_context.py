"""Template context of the pages of videos."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from obshto.modules.videos.models import Video
from obshto.modules.videos.services.captions import cues, passages_of
from obshto.modules.videos.services.chapters import chapters_of
from obshto.modules.videos.services.cuts import span_of
from obshto.modules.videos.services.renditions import RENDITION_WORDS, shown_renditions
from obshto.modules.videos.services.timecodes import machine_length, spoken
from obshto.modules.videos.services.videos import KIND_WORDS, agendas
from obshto.platform.modularity.meeting_recordings import RecordedMeeting
from obshto.platform.unit_of_work import UnitOfWork

WORDS: dict[str, Any] = {
    "kinds": KIND_WORDS,
    "as_words": RENDITION_WORDS,
    "spoken": spoken,
    "machine_length": machine_length,
}


def meetings_of(uow: UnitOfWork, videos: Collection[Video]) -> dict[Any, RecordedMeeting]:
    """The public meetings of these videos by id. One query, none without meetings."""
    ids, port = {video.meeting_id for video in videos if video.meeting_id}, agendas()
    return port.meetings_of(uow, ids) if port and ids else {}


def page_of(uow: UnitOfWork, video: Video) -> dict[str, Any]:
    """Context of the page of a video, for citizens and to staff."""
    meeting = meetings_of(uow, [video]).get(video.meeting_id)
    about = {"video": video, "meeting": meeting, "chapters": chapters_of(uow, video.id)}
    return about | {"renditions": shown_renditions(uow, video), "span": span_of(video), **WORDS}


def text_of(uow: UnitOfWork, video: Video) -> dict[str, Any]:
    """The text version with its chapters."""
    about = page_of(uow, video)
    rows = uow.session.scalars(cues(video.id)).all()
    return about | {"passages": passages_of(about["chapters"], rows)}
