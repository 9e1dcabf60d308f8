"""What happens to notices. Names and keys are fixed: others react to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class NoticesFact(DomainEvent):
    """The notice and its title."""

    subject_id: UUID
    title: str


class NoticeWritten(NoticesFact):
    """A draft was begun."""

    name: ClassVar[str] = "notices:notice.written"
    label: ClassVar[LazyString] = lazy_gettext("Написана чернова на съобщение")


class NoticeEdited(NoticesFact):
    """A draft was changed."""

    name: ClassVar[str] = "notices:notice.edited"
    label: ClassVar[LazyString] = lazy_gettext("Променена чернова на съобщение")


class NoticePublished(NoticesFact):
    name: ClassVar[str] = "notices:notice.published"
    label: ClassVar[LazyString] = lazy_gettext("Публикувано съобщение")
    is_public: ClassVar[bool] = True


class NoticeTouchedUp(NoticesFact):
    """A slip of a published notice was mended: nobody needs to hear of that."""

    name: ClassVar[str] = "notices:notice.touched-up"
    label: ClassVar[LazyString] = lazy_gettext("Оправена правописна грешка в съобщение")
    is_public: ClassVar[bool] = True


class NoticeCorrected(NoticesFact):
    """What was published does not hold as it was told."""

    name: ClassVar[str] = "notices:notice.corrected"
    label: ClassVar[LazyString] = lazy_gettext("Поправено съобщение")
    is_public: ClassVar[bool] = True


class NoticeWithdrawn(NoticesFact):
    name: ClassVar[str] = "notices:notice.withdrawn"
    label: ClassVar[LazyString] = lazy_gettext("Отменено съобщение")
    is_public: ClassVar[bool] = True


class NoticeDeleted(NoticesFact):
    """A draft was thrown away."""

    name: ClassVar[str] = "notices:notice.deleted"
    label: ClassVar[LazyString] = lazy_gettext("Изтрита чернова на съобщение")


EVENTS = (
    NoticeWritten,
    NoticeEdited,
    NoticePublished,
    NoticeTouchedUp,
    NoticeCorrected,
    NoticeWithdrawn,
    NoticeDeleted,
)
