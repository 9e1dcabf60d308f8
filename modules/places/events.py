"""What happens to places. Names and keys are fixed: others react to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class PlaceFact(DomainEvent):
    """The place and its name, both public words."""

    subject_id: UUID
    title: str
    is_public: ClassVar[bool] = True


class PlaceWritten(PlaceFact):
    """A draft was begun."""

    name: ClassVar[str] = "places:place.written"
    label: ClassVar[LazyString] = lazy_gettext("Добавено място")
    is_public: ClassVar[bool] = False


class PlaceEdited(PlaceFact):
    name: ClassVar[str] = "places:place.edited"
    label: ClassVar[LazyString] = lazy_gettext("Променено място")


class PlaceTranslated(PlaceFact):
    name: ClassVar[str] = "places:place.translated"
    label: ClassVar[LazyString] = lazy_gettext("Преведено място")


class PlacePublished(PlaceFact):
    name: ClassVar[str] = "places:place.published"
    label: ClassVar[LazyString] = lazy_gettext("Публикувано място")


class PlaceHidden(PlaceFact):
    name: ClassVar[str] = "places:place.hidden"
    label: ClassVar[LazyString] = lazy_gettext("Скрито място")


class PlaceDeleted(PlaceFact):
    name: ClassVar[str] = "places:place.deleted"
    label: ClassVar[LazyString] = lazy_gettext("Изтрито място")


class PlaceRestored(PlaceFact):
    name: ClassVar[str] = "places:place.restored"
    label: ClassVar[LazyString] = lazy_gettext("Върнато място")


class HoursConfirmed(PlaceFact):
    """Somebody has asked at the place: the hours are right."""

    name: ClassVar[str] = "places:hours.confirmed"
    label: ClassVar[LazyString] = lazy_gettext("Потвърдено работно време")


@dataclass(frozen=True, kw_only=True)
class HoursStale(DomainEvent):
    """So many places have hours that nobody has confirmed for long."""

    name: ClassVar[str] = "places:hours.stale"
    label: ClassVar[LazyString] = lazy_gettext("Напомняне за работно време")

    places: int


EVENTS = (
    PlaceWritten,
    PlaceEdited,
    PlaceTranslated,
    PlacePublished,
    PlaceHidden,
    PlaceDeleted,
    PlaceRestored,
    HoursConfirmed,
    HoursStale,
)
