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


class PictureChanged(PlaceFact):
    name: ClassVar[str] = "places:picture.changed"
    label: ClassVar[LazyString] = lazy_gettext("Сменена снимка на място")


class PictureAdded(PlaceFact):
    name: ClassVar[str] = "places:picture.added"
    label: ClassVar[LazyString] = lazy_gettext("Добавена още една снимка на място")


class PictureRemoved(PlaceFact):
    name: ClassVar[str] = "places:picture.removed"
    label: ClassVar[LazyString] = lazy_gettext("Махната снимка на място")


class WalkWritten(PlaceFact):
    """A draft of a walk was begun."""

    name: ClassVar[str] = "places:walk.written"
    label: ClassVar[LazyString] = lazy_gettext("Добавена разходка")
    is_public: ClassVar[bool] = False


class WalkEdited(PlaceFact):
    name: ClassVar[str] = "places:walk.edited"
    label: ClassVar[LazyString] = lazy_gettext("Променена разходка")


class WalkTranslated(PlaceFact):
    name: ClassVar[str] = "places:walk.translated"
    label: ClassVar[LazyString] = lazy_gettext("Преведена разходка")


class WalkPublished(PlaceFact):
    name: ClassVar[str] = "places:walk.published"
    label: ClassVar[LazyString] = lazy_gettext("Публикувана разходка")


class WalkHidden(PlaceFact):
    name: ClassVar[str] = "places:walk.hidden"
    label: ClassVar[LazyString] = lazy_gettext("Скрита разходка")


class WalkDeleted(PlaceFact):
    name: ClassVar[str] = "places:walk.deleted"
    label: ClassVar[LazyString] = lazy_gettext("Изтрита разходка")


class WalkRestored(PlaceFact):
    name: ClassVar[str] = "places:walk.restored"
    label: ClassVar[LazyString] = lazy_gettext("Върната разходка")


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
    *(PictureChanged, PictureAdded, PictureRemoved),
    *(WalkWritten, WalkEdited, WalkTranslated),
    *(WalkPublished, WalkHidden, WalkDeleted, WalkRestored),
)
