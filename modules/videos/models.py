"""Tables of videos, in every municipality. A meeting is named by its id alone."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import TenantModel, new_id
from obshto.platform.db.version import Versioned

RECORDING, PRESENTATION = "recording", "presentation"


class Video(Versioned, TenantModel):
    """A recording or a presentation; it may have a text version before it has a file, or without.

    `recorded_on` begins the term of a recording. `file_key` names the file in the media store,
    `size` is its bytes, `seconds` its length where the file says it. From `cut_from` to `cut_until`
    (seconds, both or none) is its short version. `published_at` is set while citizens see it;
    `hidden_because` says why they no longer do.
    """

    __tablename__ = "videos_video"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index("ix_videos_video_published", text("published_at DESC"), "id"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    kind: Mapped[str]
    title: Mapped[str]
    about: Mapped[str]
    link: Mapped[str]  # of a presentation: the page of this portal that it is about
    meeting_id: Mapped[UUID | None] = mapped_column(index=True)
    recorded_on: Mapped[date]
    file_key: Mapped[UUID | None]
    mime: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    seconds: Mapped[int | None]
    has_captions: Mapped[bool]
    cut_from: Mapped[int | None]
    cut_until: Mapped[int | None]
    changed_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    hidden_because: Mapped[str]
    author_id: Mapped[UUID | None] = mapped_column(index=True)

    @property
    def path(self) -> str:
        """Path at which citizens see it, below the host and the language."""
        return f"/videos/{self.id}"


class VideoUpload(TenantModel):
    """An upload that is under way, one of a video: `received` of `size` bytes lie in the store.

    Of one that `is_live` a browser sends what it records; `size` is the most that it may become.
    `name`, `size` and `modified` (ms since 1970, of the file's own clock) tell the same file again.
    """

    __tablename__ = "videos_upload"
    __table_args__ = (UniqueConstraint("video_id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    video_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.videos_video.id"))
    name: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    modified: Mapped[int] = mapped_column(BigInteger)
    received: Mapped[int] = mapped_column(BigInteger)
    last_at: Mapped[datetime] = mapped_column(index=True)
    person_id: Mapped[UUID | None] = mapped_column(index=True)
    is_live: Mapped[bool] = mapped_column(server_default=false())


class VideoRendition(TenantModel):
    """A smaller file of a video, one of a kind, made of the file `source_key`.

    Without `file_key` it could not be made, and is not tried again for that source.
    """

    __tablename__ = "videos_rendition"
    __table_args__ = (UniqueConstraint("video_id", "kind"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    video_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.videos_video.id"))
    kind: Mapped[str]
    source_key: Mapped[UUID]
    file_key: Mapped[UUID | None]
    mime: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    made_at: Mapped[datetime]


class VideoChapter(TenantModel):
    """A part of a video from a second on; `item_id` is the point of the agenda that it is."""

    __tablename__ = "videos_chapter"
    __table_args__ = (UniqueConstraint("video_id", "seconds"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    video_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.videos_video.id"))
    seconds: Mapped[int]
    title: Mapped[str]
    item_id: Mapped[UUID | None]


class VideoCue(Versioned, TenantModel):
    """Caption from a moment to another, in milliseconds; cues of a video never overlap."""

    __tablename__ = "videos_cue"
    __table_args__ = (UniqueConstraint("video_id", "start_ms"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    video_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.videos_video.id"))
    start_ms: Mapped[int]
    end_ms: Mapped[int]
    text: Mapped[str]


MODELS = (Video, VideoUpload, VideoRendition, VideoChapter, VideoCue)
