"""Recordings as the part of meetings meets them, and whoever hands them on to programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select

from obshto.modules.videos.models import RECORDING, Video, VideoChapter
from obshto.modules.videos.permissions import VideosPermission
from obshto.modules.videos.services.timecodes import spoken
from obshto.modules.videos.services.videos import public_videos
from obshto.platform.modularity.council_publication import PublishedFile
from obshto.platform.modularity.meeting_recordings import MeetingRecording, RecordingMinute
from obshto.platform.storage.media import media_store
from obshto.platform.unit_of_work import UnitOfWork

RECORDER = "/console/videos/recordings"  # below the host and the language


class Recordings:
    """Supplies `MeetingRecordings`."""

    def recordings_of(self, uow: UnitOfWork, *meeting_ids: UUID) -> Sequence[MeetingRecording]:
        rows = public_videos(RECORDING).where(Video.meeting_id.in_(meeting_ids))
        videos = uow.session.scalars(rows).all()
        if not videos:
            return ()
        pointed = select(VideoChapter).where(
            VideoChapter.video_id.in_([video.id for video in videos]),
            VideoChapter.item_id.is_not(None),
        )
        chapters = uow.session.scalars(pointed.order_by(VideoChapter.seconds)).all()
        return [
            MeetingRecording(
                title=video.title,
                path=video.path,
                has_video=video.file_key is not None,
                minutes=tuple(
                    _minute(video, chapter) for chapter in chapters if chapter.video_id == video.id
                ),
            )
            for video in videos
        ]

    def recorder(self, uow: UnitOfWork) -> str | None:
        may = uow.principal.may(VideosPermission.EDIT)
        return RECORDER if may and media_store() is not None else None


def _minute(video: Video, chapter: VideoChapter) -> RecordingMinute:
    assert chapter.item_id
    path = minute_path(video, chapter.seconds)
    return RecordingMinute(item_id=chapter.item_id, clock=spoken(chapter.seconds), path=path)


def minute_path(video: Video, seconds: int) -> str:
    """Address of the player at that second; of the text where there is no file."""
    if video.file_key:
        return f"{video.path}?from={seconds}#player"
    return f"{video.path}/text#at-{seconds}"


class RecordingPublisher:
    """Supplies `RecordingPublication`."""

    def recordings(self, uow: UnitOfWork) -> Mapping[UUID, Sequence[PublishedFile]]:
        found: dict[UUID, list[PublishedFile]] = {}
        for video in uow.session.scalars(public_videos(RECORDING)):
            if video.meeting_id:
                found.setdefault(video.meeting_id, []).append(_published(video))
        return found


def _published(video: Video) -> PublishedFile:
    """The file itself, else its text."""
    has_file = video.file_key is not None
    return PublishedFile(
        id=video.id,
        title=video.title,
        mime=video.mime if has_file else "text/html",
        size=video.size if has_file else None,
        path=f"{video.path}/file" if has_file else f"{video.path}/text",
        page=video.path,
        on=video.recorded_on,
    )
