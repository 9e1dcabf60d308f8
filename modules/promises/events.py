"""Domain events of promises. Names and keys are fixed: others react to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class PromiseFact(DomainEvent):
    """The promise and its title, both public words."""

    is_public: ClassVar[bool] = True
    subject_id: UUID
    title: str


class PromiseGiven(PromiseFact):
    name: ClassVar[str] = "promises:promise.given"
    label: ClassVar[LazyString] = lazy_gettext("Записано обещание")


class PromiseChanged(PromiseFact):
    """Its words, its day, or who owes it."""

    name: ClassVar[str] = "promises:promise.changed"
    label: ClassVar[LazyString] = lazy_gettext("Променено обещание")


class PromiseKept(PromiseFact):
    name: ClassVar[str] = "promises:promise.kept"
    label: ClassVar[LazyString] = lazy_gettext("Изпълнено обещание")


class PromiseDropped(PromiseFact):
    name: ClassVar[str] = "promises:promise.dropped"
    label: ClassVar[LazyString] = lazy_gettext("Отпаднало обещание")


class PromiseReopened(PromiseFact):
    name: ClassVar[str] = "promises:promise.reopened"
    label: ClassVar[LazyString] = lazy_gettext("Върнато сред неизпълнените обещание")


EVENTS = (PromiseGiven, PromiseChanged, PromiseKept, PromiseDropped, PromiseReopened)
