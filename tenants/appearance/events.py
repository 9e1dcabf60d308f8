"""What happens to the appearance of a municipality."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class AppearanceChanged(DomainEvent):
    name: ClassVar[str] = "tenants:appearance.changed"
    label: ClassVar[LazyString] = lazy_gettext("Променен облик на портала")

    municipality: str


@dataclass(frozen=True, kw_only=True)
class HomeArranged(DomainEvent):
    name: ClassVar[str] = "tenants:home.arranged"
    label: ClassVar[LazyString] = lazy_gettext("Пренаредена начална страница")

    municipality: str


@dataclass(frozen=True, kw_only=True)
class NoticePosted(DomainEvent):
    name: ClassVar[str] = "tenants:notice.posted"
    label: ClassVar[LazyString] = lazy_gettext("Поставено важно съобщение")

    municipality: str


@dataclass(frozen=True, kw_only=True)
class NoticeTakenDown(DomainEvent):
    name: ClassVar[str] = "tenants:notice.taken-down"
    label: ClassVar[LazyString] = lazy_gettext("Свалено важно съобщение")

    municipality: str


@dataclass(frozen=True, kw_only=True)
class EmblemChanged(DomainEvent):
    name: ClassVar[str] = "tenants:emblem.changed"
    label: ClassVar[LazyString] = lazy_gettext("Сменен герб")

    municipality: str


@dataclass(frozen=True, kw_only=True)
class HomePhotoChanged(DomainEvent):
    name: ClassVar[str] = "tenants:photo.changed"
    label: ClassVar[LazyString] = lazy_gettext("Сменена снимка на началната страница")
    is_public: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class HomePhotoCut(DomainEvent):
    name: ClassVar[str] = "tenants:photo.cut"
    label: ClassVar[LazyString] = lazy_gettext("Готова снимка на началната страница")
    is_public: ClassVar[bool] = True
