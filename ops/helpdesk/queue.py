"""What waits for the team, and how much help each municipality was given in each month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, case, func, select, text

from obshto.ops.helpdesk.models import Priority, State, Ticket
from obshto.platform.unit_of_work import UnitOfWork

# By the clocks of Bulgaria, as a bill counts months.
HOURS = text("""
    SELECT to_char(at AT TIME ZONE 'Europe/Sofia', 'YYYY-MM') AS month, municipality,
           sum(minutes)::int AS minutes, count(DISTINCT ticket_id) AS tickets
    FROM shared.ticket_entry WHERE minutes > 0 GROUP BY 1, 2 ORDER BY 1 DESC, 2
""")
FIRST = case(
    (Ticket.priority == Priority.URGENT, 0),
    (Ticket.priority == Priority.HIGH, 1),
    (Ticket.priority == Priority.NORMAL, 2),
    else_=3,
)
TURN = case((Ticket.state == State.OPEN, 0), (Ticket.state == State.ANSWERED, 1), else_=2)


@dataclass(frozen=True, slots=True)
class Help:
    """The help of one month to one municipality."""

    month: str
    municipality: str
    minutes: int
    tickets: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """Of a municipality: how many wait for an answer, how many of them longer than was said."""

    tickets: int = 0
    overdue: int = 0


def queue_of(*, state: str, place: str, assignee_id: UUID | None) -> Select[Ticket]:
    """The team's list: whose turn it is, then how urgent, then what is due, then who came first."""
    asked = select(Ticket)
    if state:
        asked = asked.where(Ticket.state == state)
    if place:
        asked = asked.where(Ticket.municipality == place)
    if assignee_id:
        asked = asked.where(Ticket.assignee_id == assignee_id)
    return asked.order_by(TURN, FIRST, Ticket.due_at.nulls_last(), Ticket.id)


def help_by_month(region: UnitOfWork) -> list[Help]:
    """The newest month first. One query."""
    return [Help(*row) for row in region.session.execute(HOURS)]


def waiting_for_us(region: UnitOfWork, place: str | None = None) -> Mapping[str, Waiting]:
    """By municipality, or of that one. One query."""
    overdue = func.count().filter(Ticket.due_at < region.now)
    asked = select(Ticket.municipality, func.count(), overdue).where(Ticket.state == State.OPEN)
    if place:
        asked = asked.where(Ticket.municipality == place)
    rows = region.session.execute(asked.group_by(Ticket.municipality))
    return {slug: Waiting(tickets, late) for slug, tickets, late in rows}
