"""What happens to a question; it stands in the municipality's log beside its own acts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent

_ = lazy_gettext


@dataclass(frozen=True, kw_only=True)
class AboutTicket(DomainEvent):
    """Whose question it is, and the number that people call it by."""

    municipality: str
    number: int


@dataclass(frozen=True, kw_only=True)
class TicketAsked(AboutTicket):
    """Staff of a municipality asked the region's team."""

    name: ClassVar[str] = "helpdesk:ticket.asked"
    label: ClassVar[LazyString] = _("поиска помощ от ИТ екипа")


@dataclass(frozen=True, kw_only=True)
class TicketReplied(AboutTicket):
    """The municipality wrote more: it is the team's turn."""

    name: ClassVar[str] = "helpdesk:ticket.replied"
    label: ClassVar[LazyString] = _("писа по запитване до ИТ екипа")


@dataclass(frozen=True, kw_only=True)
class TicketAnswered(AboutTicket):
    """The team answered."""

    name: ClassVar[str] = "helpdesk:ticket.answered"
    label: ClassVar[LazyString] = _("отговори на запитване")


@dataclass(frozen=True, kw_only=True)
class TicketClosed(AboutTicket):
    """Nothing more is to be done, until somebody writes again."""

    name: ClassVar[str] = "helpdesk:ticket.closed"
    label: ClassVar[LazyString] = _("приключи запитване")


@dataclass(frozen=True, kw_only=True)
class TicketArranged(AboutTicket):
    """The team decided who answers, how soon, until when."""

    name: ClassVar[str] = "helpdesk:ticket.arranged"
    label: ClassVar[LazyString] = _("разпредели запитване")


@dataclass(frozen=True, kw_only=True)
class TicketRated(AboutTicket):
    """The municipality said how the help was, 1 to 5."""

    name: ClassVar[str] = "helpdesk:ticket.rated"
    label: ClassVar[LazyString] = _("оцени помощта на ИТ екипа")
    mark: int


@dataclass(frozen=True, kw_only=True)
class HelpGiven(AboutTicket):
    """So many minutes of help, which count in the sharing of costs of this month („2026-11“)."""

    name: ClassVar[str] = "helpdesk:help.given"
    label: ClassVar[LazyString] = _("отбеляза време за помощ")
    minutes: int
    month: str
