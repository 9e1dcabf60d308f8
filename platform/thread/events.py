"""Domain events of the thread. Names and keys are fixed: others react to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class LinkFact(DomainEvent):
    """`subject_id` is the thing that followed, `part` its component."""

    is_public: ClassVar[bool] = True
    subject_id: UUID
    part: str


class ThingsLinked(LinkFact):
    name: ClassVar[str] = "thread:things.linked"
    label: ClassVar[LazyString] = lazy_gettext("Отбелязано какво последва")


class ThingsUnlinked(LinkFact):
    name: ClassVar[str] = "thread:things.unlinked"
    label: ClassVar[LazyString] = lazy_gettext("Махнато от това, което последва")


class ThreadsRenewed(DomainEvent):
    """All stations were read anew."""

    name: ClassVar[str] = "thread:threads.renewed"
    label: ClassVar[LazyString] = lazy_gettext("Обновени срокове")
    is_public: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class ThreadLate(DomainEvent):
    """A day of this thread passed; `subject_id` is the thread."""

    name: ClassVar[str] = "thread:thread.late"
    label: ClassVar[LazyString] = lazy_gettext("Минал срок, за който пишем на следящите")
    subject_id: UUID


@dataclass(frozen=True, kw_only=True)
class PromisesLate(DomainEvent):
    """So many promises are late since the last look; told on `day`, an ISO date."""

    name: ClassVar[str] = "thread:promises.late"
    label: ClassVar[LazyString] = lazy_gettext("Минал срок на обещания")
    day: str
    number: int


EVENTS = (ThingsLinked, ThingsUnlinked, ThreadsRenewed, ThreadLate, PromisesLate)
