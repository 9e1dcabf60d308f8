"""What the log keeps of sign-ins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent

_ = lazy_gettext
STRANGER = "Непознат посетител"  # in the log, whose names stand as they were written


@dataclass(frozen=True, kw_only=True)
class SessionOpened(DomainEvent):
    """Somebody signed in here; the subject is the person."""

    name: ClassVar[str] = "sso:session.opened"
    label: ClassVar[LazyString] = _("влезе в профила си")
    assurance: int
    is_staff: bool


@dataclass(frozen=True, kw_only=True)
class WayChanged(DomainEvent):
    """Somebody changed how they sign in, or what the provider says of them."""

    name: ClassVar[str] = "sso:way.changed"
    label: ClassVar[LazyString] = _("промени как влиза в профила си")
    what: str  # an act (`acts.py`)


@dataclass(frozen=True, kw_only=True)
class SignInFailed(DomainEvent):
    """Somebody came back from the provider, or tried to, and was not let in."""

    name: ClassVar[str] = "sso:sign-in.failed"
    label: ClassVar[LazyString] = _("опита да влезе, но не успя")
    reasons: ClassVar[Mapping[str, LazyString]] = {
        "cancelled": _("отказа се"),
        "refused": _("системата за вход не потвърди кой е"),
        "hand-off": _("връзката за вход беше отворена в друг браузър"),
    }
    municipality: str
    why: str  # a word of ours, never what was sent


@dataclass(frozen=True, kw_only=True)
class SignInRefused(DomainEvent):
    """The identity provider did not let somebody in; the subject is whose account it was.

    In each municipality where they work; None: of the region, as of everybody else.
    """

    name: ClassVar[str] = "sso:sign-in.refused"
    label: ClassVar[LazyString] = _("опит за вход в профила, който не успя")
    reasons: ClassVar[Mapping[str, LazyString]] = {
        "password": _("грешна парола"),
        "code": _("грешен код от телефона"),
        "unknown": _("няма такъв профил"),
        "paused": _("входът е спрян за кратко след много опити"),
        "off": _("профилът е изключен"),
        "other": _("друга причина"),
    }
    municipality: str | None
    why: str  # a trouble of the port
    tried_at: datetime
