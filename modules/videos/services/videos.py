"""Write, publish, hide and delete videos; the lists of staff and citizens."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import Select, delete, exists, or_, select

from obshto.modules.videos.errors import (
    NoSuchVideo,
    NothingToShow,
    StaleVideo,
    StillPublished,
)
from obshto.modules.videos.events import (
    VideoDeleted,
    VideoEdited,
    VideoHidden,
    VideoPublished,
    VideoWritten,
)
from obshto.modules.videos.models import (
    PRESENTATION,
    RECORDING,
    Video,
    VideoChapter,
    VideoCue,
    VideoRendition,
    VideoUpload,
)
from obshto.platform.entity import create_once, expect_version
from obshto.platform.modularity.meeting_recordings import MeetingAgendas
from obshto.platform.modularity.ports import port_here
from obshto.platform.unit_of_work import UnitOfWork

KIND_WORDS = {
    RECORDING: _("Запис на заседание или среща"),
    PRESENTATION: _("Представяне на услуга или проект"),
}
PUBLIC, DRAFTS, HIDDEN = "public", "drafts", "hidden"
MOST_WORDS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoDetails:
    """Video as typed; `meeting_id` only of a recording, `link` of a presentation."""

    kind: str
    title: str
    recorded_on: date
    about: str = ""
    link: str = ""
    meeting_id: UUID | None = None


NAMES = tuple(field.name for field in fields(VideoDetails))


def agendas() -> MeetingAgendas | None:
    """The part of meetings, where it is on."""
    return port_here(MeetingAgendas)


def write_video(uow: UnitOfWork, details: VideoDetails, *, request_id: UUID) -> Video:
    """A draft; the same `request_id` writes it once."""
    again = select(Video).where(Video.request_id == request_id)
    if known := uow.session.scalar(again):
        return known
    video = Video(request_id=request_id, author_id=uow.principal.person_id, changed_at=uow.now)
    for name in NAMES:
        setattr(video, name, getattr(details, name))
    video.mime, video.size, video.has_captions, video.hidden_because = "", 0, False, ""
    if (first := create_once(uow, video)) is not video:
        return first
    uow.emit(VideoWritten(subject_id=video.id, title=video.title))
    return video


def edit_video(
    uow: UnitOfWork, video: Video, details: VideoDetails, *, expected_version: int
) -> None:
    """Raises StaleVideo. The row must be locked."""
    if all(getattr(video, name) == getattr(details, name) for name in NAMES):
        return
    check_version(video, expected_version)
    for name in NAMES:
        setattr(video, name, getattr(details, name))
    note_edit(uow, video)


def publish_video(uow: UnitOfWork, video: Video, *, expected_version: int) -> None:
    """Citizens see it. The term of a recording goes on from its day. Raises NothingToShow."""
    if video.published_at is not None:
        return
    check_version(video, expected_version)
    if video.file_key is None and not video.has_captions:
        raise NothingToShow
    video.published_at, video.hidden_because, video.changed_at = uow.now, "", uow.now
    uow.emit(VideoPublished(subject_id=video.id, title=video.title))


def hide_video(uow: UnitOfWork, video: Video, because: str, *, expected_version: int) -> None:
    """Citizens see it no more; staff see why. Raises StaleVideo."""
    if video.published_at is None:
        return
    check_version(video, expected_version)
    video.published_at, video.hidden_because, video.changed_at = None, because, uow.now
    uow.emit(VideoHidden(subject_id=video.id, title=video.title, because=because))


def delete_video(uow: UnitOfWork, video: Video, *, expected_version: int) -> None:
    """Gone for good; the file goes with the next sweep. Raises StillPublished, StaleVideo."""
    if video.published_at is not None:
        raise StillPublished
    check_version(video, expected_version)
    uow.emit(VideoDeleted(subject_id=video.id, title=video.title))
    erase_rows(uow, [video.id])


def erase_rows(uow: UnitOfWork, ids: list[UUID]) -> None:
    """These videos with everything that belongs to them."""
    uow.session.flush()
    for model in (VideoUpload, VideoRendition, VideoChapter, VideoCue):
        uow.session.execute(delete(model).where(model.video_id.in_(ids)))
    uow.session.execute(delete(Video).where(Video.id.in_(ids)))
    uow.session.expire_all()


def public_videos(kind: str = "", words: str = "") -> Select[Video]:
    """Public ones, the latest first."""
    rows = _searched(select(Video).where(Video.published_at.is_not(None)), words)
    rows = rows.where(Video.kind == kind) if kind in KIND_WORDS else rows
    return rows.order_by(Video.recorded_on.desc(), Video.id.desc())


def staff_videos(state: str, words: str = "") -> Select[Video]:
    """Public ones, drafts or hidden ones, last changed first."""
    conditions = {
        PUBLIC: Video.published_at.is_not(None),
        HIDDEN: Video.published_at.is_(None) & (Video.hidden_because != ""),
        DRAFTS: Video.published_at.is_(None) & (Video.hidden_because == ""),
    }
    rows = _searched(select(Video).where(conditions[state]), words)
    return rows.order_by(Video.changed_at.desc(), Video.id.desc())


def public_video(uow: UnitOfWork, video_id: UUID) -> Video:
    """For everybody. Raises NoSuchVideo."""
    return _one(uow, public_videos().where(Video.id == video_id))


def video_of(uow: UnitOfWork, video_id: UUID, *, to_change: bool = False) -> Video:
    """For staff; `to_change` makes others wait. Raises NoSuchVideo."""
    rows = select(Video).where(Video.id == video_id)
    return _one(uow, rows.with_for_update() if to_change else rows)


def check_version(video: Video, expected_version: int) -> None:
    """Raises StaleVideo."""
    expect_version(video, expected_version, StaleVideo)


def note_edit(uow: UnitOfWork, video: Video) -> None:
    """Its words, chapters or captions are others now."""
    video.changed_at = uow.now
    uow.emit(VideoEdited(subject_id=video.id, title=video.title))


def _one(uow: UnitOfWork, rows: Select[Video]) -> Video:
    found = uow.session.scalar(rows)
    if found is None:
        raise NoSuchVideo
    return found


def _searched(rows: Select[Video], words: str) -> Select[Video]:
    """Each word in the title, in the description or in what is said."""
    for word in words.split()[:MOST_WORDS]:
        heard = exists().where(
            VideoCue.video_id == Video.id, VideoCue.text.icontains(word, autoescape=True)
        )
        told = (column.icontains(word, autoescape=True) for column in (Video.title, Video.about))
        rows = rows.where(or_(heard, *told))
    return rows
