"""Domain events of requests. Names and keys are fixed; no fact says who the person is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class RequestFact(DomainEvent):
    """The request, its number, its kind: words that may stand in a log."""

    subject_id: UUID
    number: str
    kind: str


class RequestToConfirm(RequestFact):
    name: ClassVar[str] = "personaldata:request.to-confirm"
    label: ClassVar[LazyString] = lazy_gettext("Искане за лични данни чака потвърждение по имейл")


class RequestSent(RequestFact):
    name: ClassVar[str] = "personaldata:request.sent"
    label: ClassVar[LazyString] = lazy_gettext("Подадено искане за лични данни")


class RequestTaken(RequestFact):
    name: ClassVar[str] = "personaldata:request.taken"
    label: ClassVar[LazyString] = lazy_gettext("Поето искане за лични данни")


class IdentityAsked(RequestFact):
    name: ClassVar[str] = "personaldata:identity.asked"
    label: ClassVar[LazyString] = lazy_gettext("Поискано доказване на самоличност")


class IdentityChecked(RequestFact):
    name: ClassVar[str] = "personaldata:identity.checked"
    label: ClassVar[LazyString] = lazy_gettext("Проверена самоличност")


class RequestExtended(RequestFact):
    name: ClassVar[str] = "personaldata:request.extended"
    label: ClassVar[LazyString] = lazy_gettext("Удължен срок на искане за лични данни")


class RequestAnswered(RequestFact):
    name: ClassVar[str] = "personaldata:request.answered"
    label: ClassVar[LazyString] = lazy_gettext("Отговор на искане за лични данни")


class RequestRefused(RequestFact):
    name: ClassVar[str] = "personaldata:request.refused"
    label: ClassVar[LazyString] = lazy_gettext("Отказ по искане за лични данни")


class RequestWithdrawn(RequestFact):
    name: ClassVar[str] = "personaldata:request.withdrawn"
    label: ClassVar[LazyString] = lazy_gettext("Оттеглено искане за лични данни")


class RequestLapsed(RequestFact):
    name: ClassVar[str] = "personaldata:request.lapsed"
    label: ClassVar[LazyString] = lazy_gettext("Непотвърдено искане за лични данни отпадна")


class RequestLate(RequestFact):
    name: ClassVar[str] = "personaldata:request.late"
    label: ClassVar[LazyString] = lazy_gettext("Просрочено искане за лични данни")


class RequestDueSoon(RequestFact):
    name: ClassVar[str] = "personaldata:request.due-soon"
    label: ClassVar[LazyString] = lazy_gettext("Срокът на искане за лични данни изтича")


class CopyAssembled(RequestFact):
    name: ClassVar[str] = "personaldata:copy.assembled"
    label: ClassVar[LazyString] = lazy_gettext("Сглобено копие на лични данни")


class LimitLifted(RequestFact):
    name: ClassVar[str] = "personaldata:limit.lifted"
    label: ClassVar[LazyString] = lazy_gettext("Вдигнато ограничение по искане за лични данни")


class AccountsLinked(RequestFact):
    name: ClassVar[str] = "personaldata:accounts.linked"
    label: ClassVar[LazyString] = lazy_gettext("Два профила на един човек се виждат заедно")


class AccountsParted(RequestFact):
    name: ClassVar[str] = "personaldata:accounts.parted"
    label: ClassVar[LazyString] = lazy_gettext("Два профила вече не се виждат заедно")


EVENTS = (
    *(RequestToConfirm, RequestSent, RequestTaken, IdentityAsked, IdentityChecked),
    *(RequestExtended, RequestAnswered, RequestRefused, RequestWithdrawn, RequestLapsed),
    *(RequestLate, RequestDueSoon, CopyAssembled, LimitLifted),
    *(AccountsLinked, AccountsParted),
)
