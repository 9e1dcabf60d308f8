"""Domain events of services that go from one municipality to another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class ServiceOffered(DomainEvent):
    """Other municipalities may take an own service over, or no longer may."""

    name: ClassVar[str] = "eservices:service.offered"
    label: ClassVar[LazyString] = lazy_gettext("Променено предлагане на услуга на другите общини")

    service: str


@dataclass(frozen=True, kw_only=True)
class ServiceTaken(DomainEvent):
    """A service of another municipality became a draft here."""

    name: ClassVar[str] = "eservices:service.taken"
    label: ClassVar[LazyString] = lazy_gettext("Взета услуга от друга община")

    service: str
    municipality: str


@dataclass(frozen=True, kw_only=True)
class VersionOffered(DomainEvent):
    """There is a newer version of a service that was taken over; somebody must say yes or no."""

    name: ClassVar[str] = "eservices:version.offered"
    label: ClassVar[LazyString] = lazy_gettext("Нова версия на взета услуга")

    service: str
    number: int


@dataclass(frozen=True, kw_only=True)
class VersionDeclined(DomainEvent):
    """Somebody stays with what is here, and said why."""

    name: ClassVar[str] = "eservices:version.declined"
    label: ClassVar[LazyString] = lazy_gettext("Отказана версия на взета услуга")

    service: str
    number: int


@dataclass(frozen=True, kw_only=True)
class VersionCame(DomainEvent):
    """The day that the region named came, and nobody had decided of a version."""

    name: ClassVar[str] = "eservices:version.came"
    label: ClassVar[LazyString] = lazy_gettext("Версия на областта, чийто ден дойде")

    service: str
    number: int
    is_out: bool  # else it waits as a draft, for something in it must be mended here


VERSION_EVENTS = (ServiceOffered, ServiceTaken, VersionOffered, VersionDeclined, VersionCame)
