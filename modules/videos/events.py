"""Domain events of videos. Names and keys are fixed: others react to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class VideoFact(DomainEvent):
    """`subject_id` is the video."""

    subject_id: UUID
    title: str


class VideoWritten(VideoFact):
    """A draft was begun."""

    name: ClassVar[str] = "videos:video.written"
    label: ClassVar[LazyString] = lazy_gettext("Описано видео")


class VideoUploaded(VideoFact):
    """Its file came whole and is a video."""

    name: ClassVar[str] = "videos:video.uploaded"
    label: ClassVar[LazyString] = lazy_gettext("Качено видео")
    is_public: ClassVar[bool] = True


class VideoEdited(VideoFact):
    """Its words, chapters or captions were changed."""

    name: ClassVar[str] = "videos:video.edited"
    label: ClassVar[LazyString] = lazy_gettext("Променено видео")
    is_public: ClassVar[bool] = True


class VideoConverted(VideoFact):
    """Smaller files or the short version of it were made."""

    name: ClassVar[str] = "videos:video.converted"
    label: ClassVar[LazyString] = lazy_gettext("Направени по-малки файлове на видео")
    is_public: ClassVar[bool] = True


class VideoPublished(VideoFact):
    """Citizens see it from now on."""

    name: ClassVar[str] = "videos:video.published"
    label: ClassVar[LazyString] = lazy_gettext("Публикувано видео")
    is_public: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class VideoHidden(VideoFact):
    """Citizens see it no more."""

    name: ClassVar[str] = "videos:video.hidden"
    label: ClassVar[LazyString] = lazy_gettext("Скрито видео")
    is_public: ClassVar[bool] = True

    because: str


class VideoDeleted(VideoFact):
    """Staff deleted it."""

    name: ClassVar[str] = "videos:video.deleted"
    label: ClassVar[LazyString] = lazy_gettext("Изтрито видео")


class VideoExpired(VideoFact):
    """The term of a recording passed, and it was erased."""

    name: ClassVar[str] = "videos:video.expired"
    label: ClassVar[LazyString] = lazy_gettext("Изтрит запис, чийто срок мина")
    is_public: ClassVar[bool] = True


EVENTS = (
    *(VideoWritten, VideoUploaded, VideoEdited, VideoConverted),
    *(VideoPublished, VideoHidden, VideoDeleted, VideoExpired),
)
