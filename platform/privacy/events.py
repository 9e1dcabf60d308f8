"""Domain events of privacy: an erasure, a copy, what retention took away, holds, restrictions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class PersonErased(DomainEvent):
    """Somebody's data were erased; after a restore this list is worked through again."""

    name: ClassVar[str] = "privacy:person.erased"
    label: ClassVar[LazyString] = lazy_gettext("изтри лични данни")


@dataclass(frozen=True, kw_only=True)
class CopyTaken(DomainEvent):
    """Somebody has all that is known of them in a file; the subject is the person."""

    name: ClassVar[str] = "privacy:copy.taken"
    label: ClassVar[LazyString] = lazy_gettext("изтегли копие на личните си данни")


@dataclass(frozen=True, kw_only=True)
class RetentionCarriedOut(DomainEvent):
    """Retention took rows away. It stands in the chain of the log, so the proof cannot change."""

    name: ClassVar[str] = "privacy:retention.carried-out"
    label: ClassVar[LazyString] = lazy_gettext("изтри данни с изтекъл срок")
    erased: int
    emptied: int
    ids_hash: str


@dataclass(frozen=True, kw_only=True)
class LegalHoldPlaced(DomainEvent):
    name: ClassVar[str] = "privacy:hold.placed"
    label: ClassVar[LazyString] = lazy_gettext("забрани изтриване")


@dataclass(frozen=True, kw_only=True)
class LegalHoldEnded(DomainEvent):
    name: ClassVar[str] = "privacy:hold.ended"
    label: ClassVar[LazyString] = lazy_gettext("вдигна забрана за изтриване")


@dataclass(frozen=True, kw_only=True)
class RestrictionPlaced(DomainEvent):
    name: ClassVar[str] = "privacy:restriction.placed"
    label: ClassVar[LazyString] = lazy_gettext("ограничи ползването на лични данни")


@dataclass(frozen=True, kw_only=True)
class RestrictionLifted(DomainEvent):
    name: ClassVar[str] = "privacy:restriction.lifted"
    label: ClassVar[LazyString] = lazy_gettext("вдигна ограничение за ползване на лични данни")


EVENTS = (
    *(PersonErased, CopyTaken, RetentionCarriedOut, LegalHoldPlaced, LegalHoldEnded),
    *(RestrictionPlaced, RestrictionLifted),
)
