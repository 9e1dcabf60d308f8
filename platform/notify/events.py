"""What happens to subscriptions. The ids say nothing of who it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask_babel import LazyString, lazy_gettext

from obshto.platform.facts import Fact


@dataclass(frozen=True, kw_only=True)
class SubscriberFact(Fact):
    """The subscriber's row."""

    subject_id: UUID


class SubscriberAsked(SubscriberFact):
    """A member of staff asked for somebody else, who must still confirm."""

    name: ClassVar[str] = "notify:subscriber.asked"
    label: ClassVar[LazyString] = lazy_gettext("Поискан абонамент от името на човек")


class SubscriberConfirmed(SubscriberFact):
    name: ClassVar[str] = "notify:subscriber.confirmed"
    label: ClassVar[LazyString] = lazy_gettext("Потвърден абонамент")


class SubscriberStopped(SubscriberFact):
    name: ClassVar[str] = "notify:subscriber.stopped"
    label: ClassVar[LazyString] = lazy_gettext("Спрян абонамент")


EVENTS = (SubscriberAsked, SubscriberConfirmed, SubscriberStopped)
