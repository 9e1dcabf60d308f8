"""Live recordings: the browser of who leads sends what it records, part by part, until it ends.

Nobody knows beforehand how large it becomes. What came before a tab was lost is kept: a recording
that has not grown for ten minutes is ended by a job.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from obshto.modules.videos.errors import RecordingEnded
from obshto.modules.videos.models import RECORDING, Video, VideoUpload
from obshto.modules.videos.services import uploads, videos
from obshto.platform.clock import day_of
from obshto.platform.modularity.meeting_recordings import RecordedMeeting
from obshto.platform.storage.errors import FileRefused, FilesBusy, StorageAway, StorageFull
from obshto.platform.unit_of_work import UnitOfWork

SILENT = timedelta(minutes=10)
TITLE = 200  # characters
logger = logging.getLogger(__name__)


def begin_recording(
    uow: UnitOfWork, meeting: RecordedMeeting, *, request_id: UUID
) -> tuple[Video, VideoUpload]:
    """A draft of that meeting and the upload that grows; the same `request_id` begins it once.

    Raises NoMediaStore, RecordingEnded.
    """
    uploads.store_here()
    details = videos.VideoDetails(
        kind=RECORDING,
        title=f"Запис: {meeting.title}"[:TITLE],  # content, which is Bulgarian whoever records
        recorded_on=day_of(uow.now),
        meeting_id=meeting.id,
    )
    video = videos.write_video(uow, details, request_id=request_id)
    uow.session.flush()
    if known := uploads.upload_of(uow, video.id):
        return video, known
    if video.file_key is not None:
        raise RecordingEnded
    upload = VideoUpload(
        video_id=video.id,
        name="",
        size=uploads.LARGEST,
        modified=0,
        received=0,
        last_at=uow.now,
        person_id=uow.principal.person_id,
        is_live=True,
    )
    uow.session.add(upload)
    uow.session.flush()
    return video, upload


def end_recording(uow: UnitOfWork, video: Video) -> bool:
    """What came is the video's file; whether there is one. The video must be locked.

    A recording of nothing, or of what is no video, is given up. Raises FilesBusy, StorageFull,
    StorageAway: then it is still under way.
    """
    upload = uploads.upload_of(uow, video.id)
    if upload is None or not upload.is_live:
        return video.file_key is not None
    if upload.received:
        try:
            uploads.finish_upload(uow, uploads.store_here(), video, upload)
        except (FilesBusy, StorageFull, StorageAway):
            raise  # it is all there, and the job tries again
        except FileRefused:
            pass
        else:
            return True
        logger.warning("a recording of %s bytes is no video: %s", upload.received, upload.id)
    uploads.give_up_upload(uow, video)
    return False


def end_lost_recordings(uow: UnitOfWork) -> None:
    """Job: who recorded closed the page, or the machine went off."""
    silent = VideoUpload.is_live & (VideoUpload.last_at < uow.now - SILENT)
    for video_id in uow.session.scalars(select(VideoUpload.video_id).where(silent)).all():
        end_recording(uow, videos.video_of(uow, video_id, to_change=True))
