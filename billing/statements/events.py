"""Domain events of bank statements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class StatementFact(DomainEvent):
    """`subject_id` is the statement, `rows` how many of its lines it is about."""

    rows: int


class StatementRead(StatementFact):
    name: ClassVar[str] = "billing:statement.read"
    label: ClassVar[LazyString] = lazy_gettext("Прочетено банково извлечение")


class StatementBooked(StatementFact):
    name: ClassVar[str] = "billing:statement.booked"
    label: ClassVar[LazyString] = lazy_gettext("Вписани преводи от извлечение")


class StatementUndone(StatementFact):
    name: ClassVar[str] = "billing:statement.undone"
    label: ClassVar[LazyString] = lazy_gettext("Върнато вписване от извлечение")


class StatementDropped(StatementFact):
    name: ClassVar[str] = "billing:statement.dropped"
    label: ClassVar[LazyString] = lazy_gettext("Отхвърлено банково извлечение")


class StatementLooked(StatementFact):
    """Somebody read who paid."""

    name: ClassVar[str] = "billing:statement.looked"
    label: ClassVar[LazyString] = lazy_gettext("Прегледани преводи от извлечение")


class LineAssigned(DomainEvent):
    """Somebody named the charge that a transfer is for; `subject_id` is the line."""

    name: ClassVar[str] = "billing:line.assigned"
    label: ClassVar[LazyString] = lazy_gettext("Избрано задължение за превод")


class LineSetAside(DomainEvent):
    name: ClassVar[str] = "billing:line.set-aside"
    label: ClassVar[LazyString] = lazy_gettext("Превод, оставен настрана с причина")


EVENTS = (
    StatementRead,
    StatementBooked,
    StatementUndone,
    StatementDropped,
    StatementLooked,
    LineAssigned,
    LineSetAside,
)
