"""What happens to subscriptions. The ids say nothing of who it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class SubscriberFact(DomainEvent):
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


@dataclass(frozen=True, kw_only=True)
class SmsSent(DomainEvent):
    """A gateway took a short message; the municipality pays for its parts."""

    name: ClassVar[str] = "notify:sms.sent"
    label: ClassVar[LazyString] = lazy_gettext("Изпратен SMS")

    subject_id: UUID  # of the message
    parts: int


@dataclass(frozen=True, kw_only=True)
class SmsAnswered(DomainEvent):
    """An incoming short message was answered; nothing says whose it was."""

    name: ClassVar[str] = "notify:sms.answered"
    label: ClassVar[LazyString] = lazy_gettext("Отговор на входящ SMS")

    subject_id: UUID  # of the answer


@dataclass(frozen=True, kw_only=True)
class BudgetNearlySpent(DomainEvent):
    """Of a channel, today; told once a day."""

    name: ClassVar[str] = "notify:budget.nearly-spent"
    label: ClassVar[LazyString] = lazy_gettext("Дневният лимит е към края си")

    channel: str
    spent: int
    most: int


@dataclass(frozen=True, kw_only=True)
class LetterAddressOpened(DomainEvent):
    """Staff saw to whom a letter was that did not arrive."""

    name: ClassVar[str] = "notify:address.opened"
    label: ClassVar[LazyString] = lazy_gettext("Показан адресът на писмо, което не е стигнало")

    subject_id: UUID  # of the message


@dataclass(frozen=True, kw_only=True)
class LetterSettled(DomainEvent):
    """Whoever did not get the letter was told another way; `settlement` says how."""

    name: ClassVar[str] = "notify:letter.settled"
    label: ClassVar[LazyString] = lazy_gettext("Записано какво е направено за недоставено писмо")

    subject_id: UUID  # of the message
    settlement: str


EVENTS = (
    *(SubscriberAsked, SubscriberConfirmed, SubscriberStopped),
    *(SmsSent, SmsAnswered, BudgetNearlySpent, LetterAddressOpened, LetterSettled),
)
