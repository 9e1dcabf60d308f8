"""What the log keeps of people and their rights."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent

_ = lazy_gettext


@dataclass(frozen=True, kw_only=True)
class RoleGiven(DomainEvent):
    """Somebody may do more here from now on; the subject is the person."""

    name: ClassVar[str] = "tenants:role.given"
    label: ClassVar[LazyString] = _("даде роля")
    role: str


@dataclass(frozen=True, kw_only=True)
class PhoneLost(DomainEvent):
    """Somebody's second factor was taken away, because it is lost; the subject is the person."""

    name: ClassVar[str] = "tenants:phone.lost"
    label: ClassVar[LazyString] = _("премахна втората проверка на служител със загубен телефон")


@dataclass(frozen=True, kw_only=True)
class RoleTaken(DomainEvent):
    """Somebody may do less here from now on; the subject is the person."""

    name: ClassVar[str] = "tenants:role.taken"
    label: ClassVar[LazyString] = _("отне роля")
    role: str


@dataclass(frozen=True, kw_only=True)
class RoleMade(DomainEvent):
    """The municipality has a role of its own, which allows these words."""

    name: ClassVar[str] = "tenants:role.made"
    label: ClassVar[LazyString] = _("направи роля")
    called: str
    words: str


@dataclass(frozen=True, kw_only=True)
class RoleChanged(DomainEvent):
    """Whoever holds the role may do these words from now on, and no others by it."""

    name: ClassVar[str] = "tenants:role.changed"
    label: ClassVar[LazyString] = _("промени роля")
    called: str
    words: str


@dataclass(frozen=True, kw_only=True)
class RoleRemoved(DomainEvent):
    """A role that nobody held is not there any more."""

    name: ClassVar[str] = "tenants:role.removed"
    label: ClassVar[LazyString] = _("премахна роля")
    called: str


@dataclass(frozen=True, kw_only=True)
class PersonInvited(DomainEvent):
    """Somebody was asked to work here."""

    name: ClassVar[str] = "tenants:person.invited"
    label: ClassVar[LazyString] = _("покани служител")


@dataclass(frozen=True, kw_only=True)
class InvitationAccepted(DomainEvent):
    """Who was invited has signed in and holds the roles that awaited them."""

    name: ClassVar[str] = "tenants:invitation.accepted"
    label: ClassVar[LazyString] = _("прие поканата")


@dataclass(frozen=True, kw_only=True)
class InvitationWithdrawn(DomainEvent):
    """Who was invited is not any more."""

    name: ClassVar[str] = "tenants:invitation.withdrawn"
    label: ClassVar[LazyString] = _("оттегли покана")


@dataclass(frozen=True, kw_only=True)
class PersonRemoved(DomainEvent):
    """Somebody works here no longer."""

    name: ClassVar[str] = "tenants:person.removed"
    label: ClassVar[LazyString] = _("премахна служител")


@dataclass(frozen=True, kw_only=True)
class RegionalRoleGiven(DomainEvent):
    """The person may act for the region from now on; `title` is their name."""

    name: ClassVar[str] = "tenants:regional-role.given"
    label: ClassVar[LazyString] = _("прие в ИТ екипа")
    role: str
    title: str


@dataclass(frozen=True, kw_only=True)
class RegionalRoleTaken(DomainEvent):
    """Somebody may not act for the region any more."""

    name: ClassVar[str] = "tenants:regional-role.taken"
    label: ClassVar[LazyString] = _("освободи от ИТ екипа")
    role: str
    title: str


@dataclass(frozen=True, kw_only=True)
class StepInBegun(DomainEvent):
    """The region's specialist entered the municipality; its admins are told."""

    name: ClassVar[str] = "tenants:step-in.begun"
    label: ClassVar[LazyString] = _("влезе в общината като ИТ екип на областта")
    municipality: str
    reason: str
    ends_at: datetime


@dataclass(frozen=True, kw_only=True)
class StepInEnded(DomainEvent):
    """The region's specialist left before the time was over."""

    name: ClassVar[str] = "tenants:step-in.ended"
    label: ClassVar[LazyString] = _("излезе от общината")
    municipality: str
