"""What the log keeps of sign-ins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from flask_babel import LazyString, lazy_gettext

from obshto.platform.facts import Fact

_ = lazy_gettext


@dataclass(frozen=True, kw_only=True)
class SessionOpened(Fact):
    """Somebody signed in here; the subject is the person."""

    name: ClassVar[str] = "sso:session.opened"
    label: ClassVar[LazyString] = _("влезе в профила си")
    assurance: int
    is_staff: bool


@dataclass(frozen=True, kw_only=True)
class WayChanged(Fact):
    """Somebody changed how they sign in, or what the provider says of them."""

    name: ClassVar[str] = "sso:way.changed"
    label: ClassVar[LazyString] = _("промени как влиза в профила си")
    what: str  # an act (`acts.py`)


@dataclass(frozen=True, kw_only=True)
class SignInFailed(Fact):
    """Somebody came back from the provider, or tried to, and was not let in."""

    name: ClassVar[str] = "sso:sign-in.failed"
    label: ClassVar[LazyString] = _("опита да влезе, но не успя")
    municipality: str
    why: str  # a word of ours, never what was sent
