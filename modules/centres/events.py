"""Domain events of centres. Names and keys are fixed; the words are public ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class CentreFact(DomainEvent):
    """The centre or office and its name."""

    subject_id: UUID
    title: str
    is_public: ClassVar[bool] = True


class CentreWritten(CentreFact):
    """A draft was begun."""

    name: ClassVar[str] = "centres:centre.written"
    label: ClassVar[LazyString] = lazy_gettext("Добавен център")
    is_public: ClassVar[bool] = False


class CentreEdited(CentreFact):
    name: ClassVar[str] = "centres:centre.edited"
    label: ClassVar[LazyString] = lazy_gettext("Променен център")


class CentrePublished(CentreFact):
    name: ClassVar[str] = "centres:centre.published"
    label: ClassVar[LazyString] = lazy_gettext("Публикуван център")


class CentreHidden(CentreFact):
    name: ClassVar[str] = "centres:centre.hidden"
    label: ClassVar[LazyString] = lazy_gettext("Скрит център")


class ResourceChanged(CentreFact):
    """What can be booked there was added, changed, or takes no more bookings."""

    name: ClassVar[str] = "centres:resource.changed"
    label: ClassVar[LazyString] = lazy_gettext("Променено какво се запазва в център")


EVENTS = (CentreWritten, CentreEdited, CentrePublished, CentreHidden, ResourceChanged)
