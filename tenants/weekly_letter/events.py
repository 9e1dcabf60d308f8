"""Domain events of the weekly letter; the subject is its reader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent

_ = lazy_gettext


@dataclass(frozen=True, kw_only=True)
class WeeklyLetterWritten(DomainEvent):
    """The letter of a week is on its way."""

    name: ClassVar[str] = "tenants:weekly-letter.written"
    label: ClassVar[LazyString] = _("написа седмичното писмо")
    week: str


@dataclass(frozen=True, kw_only=True)
class WeeklyLetterStopped(DomainEvent):
    """Somebody wants no letter of the week any more."""

    name: ClassVar[str] = "tenants:weekly-letter.stopped"
    label: ClassVar[LazyString] = _("спря седмичното писмо до себе си")


@dataclass(frozen=True, kw_only=True)
class WeeklyLetterResumed(DomainEvent):
    """Somebody wants the letter of the week again."""

    name: ClassVar[str] = "tenants:weekly-letter.resumed"
    label: ClassVar[LazyString] = _("пусна отново седмичното писмо до себе си")
