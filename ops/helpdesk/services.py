"""Ask, answer, arrange, close and rate; each in a transaction of the region's.

The municipality is an argument that the page takes from its host, never from what was sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError

from obshto.billing.sharing.usage import count_help
from obshto.ops.helpdesk.events import (
    HelpGiven,
    TicketAnswered,
    TicketArranged,
    TicketAsked,
    TicketClosed,
    TicketRated,
    TicketReplied,
)
from obshto.ops.helpdesk.models import Entry, Kind, Priority, State, Ticket
from obshto.platform.clock import SOFIA
from obshto.platform.entity import expect_version
from obshto.platform.errors import Conflict, NotAllowed, NotFound
from obshto.platform.practice_exits import refuse_exit_in_practice
from obshto.platform.unit_of_work import UnitOfWork

BEST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What was typed, and what the page knew: its address, its module, the browser."""

    title: str
    text: str
    page: str = ""
    module: str = ""
    browser: str = ""


def ask(region: UnitOfWork, municipality: str, question: Question, *, request_id: UUID) -> Ticket:
    """A new question; one form asks once, however often it arrives. Raises StaysInside."""
    refuse_exit_in_practice()
    same = select(Ticket).where(
        Ticket.request_id == request_id, Ticket.municipality == municipality
    )
    if (found := region.session.scalars(same).one_or_none()) is not None:
        return found
    ticket = _new(region, municipality, question, request_id)
    try:
        with region.session.begin_nested():
            region.session.add(ticket)
    except IntegrityError:  # a second click, in the same instant
        return _one(region, same)
    _tell(region, ticket, text=question.text, request_id=request_id)
    region.emit(TicketAsked(**_about(ticket)))
    return ticket


def reply(region: UnitOfWork, ticket: Ticket, *, text: str, request_id: UUID) -> None:
    """The municipality writes more, which opens what was closed."""
    if _is_told(region, ticket, request_id):
        return
    _tell(region, ticket, text=text, request_id=request_id)
    ticket.state, ticket.closed_at = State.OPEN, None
    _changed(region, ticket)
    region.emit(TicketReplied(**_about(ticket)))


def answer(
    region: UnitOfWork, ticket: Ticket, *, text: str, minutes: int, closes: bool, request_id: UUID
) -> None:
    """The team answers; the minutes of help are noted for the month in which they were given."""
    if _is_told(region, ticket, request_id):
        return
    _tell(region, ticket, text=text, request_id=request_id, is_team=True, minutes=minutes)
    if ticket.assignee_id is None:
        ticket.assignee_id = region.principal.person_id
        ticket.assignee_name = region.principal.name
    ticket.state = State.CLOSED if closes else State.ANSWERED
    ticket.closed_at = region.now if closes else None
    ticket.minutes += minutes
    _changed(region, ticket)
    region.emit(TicketAnswered(**_about(ticket)))
    if minutes:
        month = f"{region.now.astimezone(SOFIA):%Y-%m}"
        region.emit(HelpGiven(**_about(ticket), minutes=minutes, month=month))
        count_help(region, ticket.municipality, request_id, minutes=minutes)
    if closes:
        _tell(region, ticket, kind=Kind.CLOSED, is_team=True)
        region.emit(TicketClosed(**_about(ticket)))


def arrange(
    region: UnitOfWork,
    ticket: Ticket,
    *,
    priority: Priority,
    due_at: datetime | None,
    assignee: tuple[UUID, str] | None,
    expected_version: int,
) -> None:
    """Who answers, how soon, until when. Raises Conflict."""
    who, name = assignee or (None, "")
    same = (ticket.priority, ticket.due_at, ticket.assignee_id) == (priority, due_at, who)
    if same:
        return
    expect_version(ticket, expected_version, Conflict)
    ticket.priority, ticket.due_at = priority, due_at
    ticket.assignee_id, ticket.assignee_name = who, name
    due = due_at.isoformat() if due_at else None
    detail = {"priority": str(priority), "assignee": name, "due": due}
    _tell(region, ticket, kind=Kind.ARRANGED, is_team=True, detail=detail)
    _changed(region, ticket)
    region.emit(TicketArranged(**_about(ticket)))


def rate(
    region: UnitOfWork, ticket: Ticket, *, mark: int, words: str, expected_version: int
) -> None:
    """How the help was, once it is closed. Raises NotAllowed, Conflict."""
    if (ticket.mark, ticket.mark_words) == (mark, words):
        return
    if ticket.state != State.CLOSED or not 1 <= mark <= BEST:
        raise NotAllowed
    expect_version(ticket, expected_version, Conflict)
    ticket.mark, ticket.mark_words = mark, words
    _changed(region, ticket)
    region.emit(TicketRated(**_about(ticket), mark=mark))


def ticket_of(
    region: UnitOfWork, ticket_id: UUID, *, municipality: str, author_id: UUID | None
) -> Ticket:
    """A ticket of that municipality, held; of that author where one is given. NotFound."""
    asked = select(Ticket).where(Ticket.id == ticket_id, Ticket.municipality == municipality)
    if author_id:
        asked = asked.where(Ticket.author_id == author_id)
    return _one(region, asked.with_for_update())


def ticket_numbered(region: UnitOfWork, number: int) -> Ticket:
    """For the team, held. Raises NotFound."""
    return _one(region, select(Ticket).where(Ticket.number == number).with_for_update())


def history_of(region: UnitOfWork, ticket: Ticket) -> list[Entry]:
    """From the question on. One query."""
    lines = select(Entry).where(Entry.ticket_id == ticket.id).order_by(Entry.id)
    return list(region.session.scalars(lines))


def tickets_here(municipality: str, author_id: UUID | None) -> Select[Ticket]:
    """Those of a municipality, or of one of its people; the newest first."""
    asked = select(Ticket).where(Ticket.municipality == municipality)
    if author_id:
        asked = asked.where(Ticket.author_id == author_id)
    return asked.order_by(Ticket.id.desc())


def _new(region: UnitOfWork, municipality: str, question: Question, request_id: UUID) -> Ticket:
    return Ticket(
        request_id=request_id,
        municipality=municipality,
        title=question.title,
        page=question.page,
        module=question.module,
        browser=question.browser,
        author_id=region.principal.person_id,
        author_name=region.principal.name,
        asked_at=region.now,
        changed_at=region.now,
        state=State.OPEN,
        priority=Priority.NORMAL,
        assignee_name="",
        minutes=0,
        mark_words="",
        version=1,
    )


def _tell(
    region: UnitOfWork,
    ticket: Ticket,
    *,
    kind: Kind = Kind.SAID,
    text: str = "",
    is_team: bool = False,
    minutes: int = 0,
    request_id: UUID | None = None,
    detail: dict[str, Any] | None = None,
) -> None:
    region.session.add(
        Entry(
            request_id=request_id or uuid4(),
            ticket_id=ticket.id,
            municipality=ticket.municipality,
            at=region.now,
            author_id=region.principal.person_id,
            author_name=region.principal.name,
            is_team=is_team,
            kind=kind,
            text=text,
            detail=detail or {},
            minutes=minutes,
        )
    )
    region.session.flush()


def _is_told(region: UnitOfWork, ticket: Ticket, request_id: UUID) -> bool:
    """The row of the ticket is locked, so that a second click waits and then finds the first."""
    same = select(Entry.id).where(Entry.request_id == request_id, Entry.ticket_id == ticket.id)
    return region.session.scalar(same) is not None


def _changed(region: UnitOfWork, ticket: Ticket) -> None:
    ticket.changed_at = region.now
    ticket.version += 1


def _about(ticket: Ticket) -> dict[str, Any]:
    return {
        "subject_id": ticket.id,
        "municipality": ticket.municipality,
        "number": ticket.number,
    }


def _one(region: UnitOfWork, asked: Select[Ticket]) -> Ticket:
    found = region.session.scalars(asked).one_or_none()
    if found is None:
        raise NotFound
    return found
