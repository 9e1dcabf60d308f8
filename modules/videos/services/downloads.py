"""Answers that send a video or its captions, to citizens and to staff."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from werkzeug.wrappers import Response

from obshto.modules.videos.errors import NoSuchVideo
from obshto.modules.videos.models import Video, VideoCue
from obshto.modules.videos.services.caption_file import Cue
from obshto.modules.videos.services.captions import cues, cues_within, webvtt_of
from obshto.modules.videos.services.cuts import Span
from obshto.modules.videos.services.renditions import renditions_of
from obshto.modules.videos.services.timecodes import LONGEST
from obshto.modules.videos.services.uploads import slug_of
from obshto.platform.storage.media import MIMES, media_store
from obshto.platform.unit_of_work import UnitOfWork

VTT = "text/vtt; charset=utf-8"
SUFFIXES = {mime: suffix for suffix, mime in MIMES.items()}
DIGITS = 6  # of a second within a video


def begin_at(asked: str) -> int:
    """Second of an address at which the player begins; 0 for none that can be."""
    seconds = int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= DIGITS else 0
    return seconds if seconds < LONGEST else 0


def captions_file(uow: UnitOfWork, video_id: UUID, span: Span | None = None) -> Response:
    """Captions as WebVTT; of a span alone, counted from its beginning."""
    rows = uow.session.scalars(cues(video_id)).all()
    told: Iterable[Cue | VideoCue] = cues_within(rows, span) if span else rows
    answer = Response(webvtt_of(told), content_type=VTT)
    answer.headers.set("Content-Disposition", "inline", filename="nadpisi.vtt")
    return answer


def video_file(uow: UnitOfWork, video: Video, kind: str = "") -> Response:
    """The file by ranges, or its rendition of that kind.

    Raises NoSuchVideo where there is none, or its folder is not here.
    """
    store, file = media_store(), renditions_of(uow, video).get(kind) if kind else video
    if store is None or file is None or file.file_key is None or file.mime not in SUFFIXES:
        raise NoSuchVideo
    name = f"video.{SUFFIXES[file.mime]}"
    return store.send(slug_of(uow), file.file_key, file.mime, name=name)
