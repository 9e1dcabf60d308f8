"""Resumable uploads: begun with name and size, continued part by part, whole once it is a video.

The row says how many bytes are confirmed; whatever the file has behind them came with a part whose
commit never happened, and the next part is put over it. So a lost network, a closed tab or a killed
process loses at most the part under way.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass
from datetime import timedelta
from io import SEEK_END
from typing import BinaryIO
from uuid import UUID

from sqlalchemy import delete, select

from obshto.modules.videos.errors import (
    EmptyVideo,
    NoMediaStore,
    NoSuchVideoUpload,
    RecordingUnderWay,
    UploadElsewhere,
    VideoTooBig,
    VideoTooBigForForm,
)
from obshto.modules.videos.events import VideoUploaded
from obshto.modules.videos.models import Video, VideoRendition, VideoUpload
from obshto.platform.storage.media import MediaStore, media_store
from obshto.platform.unit_of_work import UnitOfWork

GB, MB = 1024**3, 1024**2
LARGEST, LARGEST_IN_FORM, PART = 5 * GB, 25 * MB, 8 * MB
RESUMABLE = timedelta(days=7)  # after its last part


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenFile:
    """The file as the browser names it; the three tell that the same one was chosen again."""

    name: str
    size: int
    modified: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """Bytes that are safe here; `is_whole` when the video has its file."""

    received: int
    size: int
    is_whole: bool = False


def store_here() -> MediaStore:
    """Raises NoMediaStore."""
    store = media_store()
    if store is None:
        raise NoMediaStore
    return store


def upload_of(uow: UnitOfWork, video_id: UUID) -> VideoUpload | None:
    """The one under way. One query."""
    return uow.session.scalar(select(VideoUpload).where(VideoUpload.video_id == video_id))


def begin_upload(uow: UnitOfWork, video: Video, file: ChosenFile) -> VideoUpload:
    """The upload of that file, begun or taken up again by who began it; another one is given up.

    The video must be locked. Raises NoMediaStore, EmptyVideo, VideoTooBig, RecordingUnderWay.
    """
    store_here()
    if file.size <= 0:
        raise EmptyVideo
    if file.size > LARGEST:
        raise VideoTooBig(most=LARGEST // GB)
    known = upload_of(uow, video.id)
    is_same = known and (known.name, known.size, known.modified) == astuple(file)
    if known and is_same and is_own(uow, known):
        return known
    if known and known.is_live:
        raise RecordingUnderWay
    if known:
        uow.session.delete(known)
        uow.session.flush()
    upload = VideoUpload(
        video_id=video.id,
        name=file.name,
        size=file.size,
        modified=file.modified,
        received=0,
        last_at=uow.now,
        person_id=uow.principal.person_id,
    )
    uow.session.add(upload)
    uow.session.flush()
    return upload


def take_part(
    uow: UnitOfWork, video: Video, upload_id: UUID, offset: int, stream: BinaryIO
) -> Progress:
    """A part that stands behind `offset` bytes. The last one is checked and given to the video.

    A part that came before is not written again. The video must be locked. Raises NoMediaStore,
    UploadElsewhere, VideoTooBig; FileRefused when the whole is no video, then it is given up.
    """
    store, upload = store_here(), upload_of(uow, video.id)
    if upload is None and video.file_key == upload_id and offset < video.size:
        return Progress(video.size, video.size, is_whole=True)  # the last part, sent twice
    if upload is None or upload.id != upload_id or offset > upload.received:
        raise UploadElsewhere
    length = _length(stream)
    if offset + length > upload.size:
        raise VideoTooBig(most=LARGEST // GB)
    if offset == upload.received and length:
        upload.received = store.write_part(slug_of(uow), upload.id, offset, stream)
        upload.last_at = uow.now
    if upload.received < upload.size:
        return Progress(upload.received, upload.size)
    finish_upload(uow, store, video, upload)
    return Progress(upload.size, upload.size, is_whole=True)


def progress_of(uow: UnitOfWork, video: Video, upload_id: UUID) -> Progress:
    """Of an own upload, also of one that has become the file. Raises NoSuchVideoUpload."""
    if video.file_key == upload_id:
        return Progress(video.size, video.size, is_whole=True)
    upload = upload_of(uow, video.id)
    if upload is None or upload.id != upload_id or upload.is_live or not is_own(uow, upload):
        raise NoSuchVideoUpload
    return Progress(upload.received, upload.size)


def take_next_part(
    uow: UnitOfWork, video: Video, upload_id: UUID, offset: int, stream: BinaryIO
) -> Progress:
    """As `take_part`, of an own upload, and nowhere else than at its end.

    Raises NoSuchVideoUpload, UploadElsewhere besides.
    """
    done = progress_of(uow, video, upload_id)
    if done.received != offset:
        raise UploadElsewhere
    return done if done.is_whole else take_part(uow, video, upload_id, offset, stream)


def is_own(uow: UnitOfWork, upload: VideoUpload | None) -> bool:
    """Whether who acts began it."""
    return upload is not None and upload.person_id == uow.principal.person_id


def take_whole(uow: UnitOfWork, video: Video, stream: BinaryIO, *, name: str) -> None:
    """A small file from a plain form. Raises as `take_part`, and VideoTooBigForForm."""
    size = _length(stream)
    if size > LARGEST_IN_FORM:
        raise VideoTooBigForForm(most=LARGEST_IN_FORM // MB)
    upload = begin_upload(uow, video, ChosenFile(name=name, size=size))
    if upload.received:  # begun by a form that never ended
        upload.received = 0
    take_part(uow, video, upload.id, 0, stream)


def give_up_upload(uow: UnitOfWork, video: Video) -> None:
    """Nobody goes on with it; what came lies until the sweep."""
    uow.session.execute(delete(VideoUpload).where(VideoUpload.video_id == video.id))


def finish_upload(uow: UnitOfWork, store: MediaStore, video: Video, upload: VideoUpload) -> None:
    """The upload's id becomes the key of the file; the file before it waits for the sweep.

    Raises FileRefused where what came is no video.
    """
    store.finish(slug_of(uow), upload.id, upload.received)
    file = store.read_video(slug_of(uow), upload.id)
    video.file_key, video.size = upload.id, upload.received
    video.mime, video.seconds, video.changed_at = file.mime, file.seconds, uow.now
    uow.session.delete(upload)
    uow.emit(VideoUploaded(subject_id=video.id, title=video.title))
    uow.session.flush()


def forget_stale_uploads(uow: UnitOfWork) -> None:
    """Job: what nobody has continued for a week is given up."""
    old = VideoUpload.last_at < uow.now - RESUMABLE
    uow.session.execute(delete(VideoUpload).where(old, VideoUpload.is_live.is_(False)))


def sweep_files(uow: UnitOfWork) -> None:
    """Job: delete the files that no video, no rendition and no running upload names any more."""
    store = media_store()
    if store is None:
        return
    found = store.list_files(slug_of(uow))  # before the rows: what comes meanwhile is not in it
    keys = set(uow.session.scalars(select(Video.file_key).where(Video.file_key.is_not(None))))
    keys |= set(uow.session.scalars(select(VideoUpload.id)))
    keys |= set(uow.session.scalars(select(VideoRendition.file_key)))
    store.sweep(slug_of(uow), {key for key in keys if key}, found)


def _length(stream: BinaryIO) -> int:
    length = stream.seek(0, SEEK_END)
    stream.seek(0)
    return length


def slug_of(uow: UnitOfWork) -> str:
    return uow.scope.slug
