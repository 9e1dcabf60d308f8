"""Calling by several hands: each takes the next person, nobody is called by two."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, delete, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError

from obshto.modules.crisis.errors import NoSuchCall, NoSuchCrisis, StaleCall
from obshto.modules.crisis.events import CallEnded, CallTaken
from obshto.modules.crisis.models import (
    CallContact,
    CallState,
    ContactCall,
    Crisis,
    CrisisMessage,
)
from obshto.modules.crisis.services.access_log import CALL, look_at_contacts
from obshto.modules.crisis.services.queries import crisis_of, told_text
from obshto.platform.db.base import new_id
from obshto.platform.unit_of_work import UnitOfWork

AWAY = timedelta(minutes=15)  # who took a call and says nothing so long has gone away
TRIES = 3  # where others take at the same instant
PAUSE = timedelta(minutes=10)  # before somebody is tried again
ENDED = timedelta(days=3)  # calls about the end go on so long
SHOWN = 20
KEPT = timedelta(days=90)  # who was called, after the end
RESULTS = (CallState.REACHED, CallState.AGAIN, CallState.UNREACHED)


@dataclass(frozen=True, slots=True)
class CallRound:
    """Calls about the text that holds: the crisis, that text, whom it concerns."""

    crisis: Crisis
    message: CrisisMessage
    people: Select[CallContact]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallNumbers:
    """How many people are in each state; `left` were not called yet."""

    left: int
    calling: int
    again: int
    reached: int
    unreached: int


def round_of(uow: UnitOfWork, crisis_id: UUID) -> CallRound:
    """Whom to call now: of an update also who was reached before, of the end nobody else.

    Raises NoSuchCrisis where nothing was sent yet.
    """
    crisis = crisis_of(uow, crisis_id)
    message = told_text(uow, crisis)
    of_crisis = select(CrisisMessage.id).filter_by(crisis_id=crisis.id)
    reached = select(ContactCall.contact_id).where(
        ContactCall.message_id.in_(of_crisis), ContactCall.state == CallState.REACHED
    )
    concerned: ColumnElement[bool] = CallContact.id.in_(reached)
    if not message.is_all_clear:
        here = CallContact.settlement.in_(message.settlements)
        concerned = or_(here, concerned) if message.settlements else CallContact.id.is_not(None)
    people = select(CallContact).where(concerned)
    if crisis.is_rehearsal:
        people = people.where(CallContact.joins_rehearsals)
    return CallRound(crisis, message, people)


def numbers_of_calls(uow: UnitOfWork, of: CallRound) -> CallNumbers:
    """One query."""
    people = of.people.with_only_columns(CallContact.id).subquery()
    rows = (
        select(ContactCall.state, func.count())
        .select_from(people)
        .outerjoin(ContactCall, _about(of, people.c.id))
        .group_by(ContactCall.state)
    )
    found = {state or "left": number for state, number in uow.session.execute(rows)}
    return CallNumbers(left=found.get("left", 0), **{s.value: found.get(s, 0) for s in CallState})


def listed(of: CallRound, *, settlement: str = "") -> Select[CallContact]:
    """Who is still to be reached, by settlement: for paper, and for who goes there."""
    done = select(ContactCall.contact_id).filter_by(message_id=of.message.id)
    done = done.where(ContactCall.state == CallState.REACHED)
    rows = of.people.where(CallContact.id.not_in(done))
    if settlement:
        rows = rows.where(CallContact.settlement == settlement)
    return rows.order_by(CallContact.settlement, CallContact.id)


def rounds_now(uow: UnitOfWork) -> list[tuple[Crisis, CrisisMessage]]:
    """What runs or ended lately, rehearsals too, each with the text that holds. One query."""
    rows = select(Crisis, CrisisMessage).join(
        CrisisMessage,
        and_(CrisisMessage.crisis_id == Crisis.id, CrisisMessage.number == Crisis.edition),
    )
    is_now = or_(Crisis.ended_at.is_(None), Crisis.ended_at > uow.now - ENDED)
    rows = rows.where(Crisis.begun_at.is_not(None), is_now)
    found = uow.session.execute(rows.order_by(Crisis.begun_at.desc(), Crisis.id).limit(SHOWN))
    return [(crisis, message) for crisis, message in found]


def take_call(uow: UnitOfWork, of: CallRound, *, request_id: UUID) -> ContactCall | None:
    """The next person for who asks: not called yet, then who is to be tried again; None at the end.

    Who holds one gets that one. Two at once get different people: the person's row is locked and
    those that others have locked are passed over.
    """
    for _try in range(TRIES):
        if mine := held_call(uow, of, request_id):
            return mine
        contact = uow.session.scalar(_next_person(uow, of))
        if contact is None:
            return None
        if call := _taken(uow, of, contact.id, request_id):
            look_at_contacts(uow, [contact], CALL)
            uow.emit(CallTaken(subject_id=call.id))
            return call
    return None


def held_call(uow: UnitOfWork, of: CallRound, request_id: UUID | None = None) -> ContactCall | None:
    """What who asks has in hand, or took by the press of this id. One query."""
    holds = and_(
        ContactCall.message_id == of.message.id,
        ContactCall.state == CallState.CALLING,
        ContactCall.taken_at >= uow.now - AWAY,
    )
    mine = select(ContactCall).where(
        ContactCall.caller_id == uow.principal.person_id,
        or_(holds, ContactCall.request_id == request_id),
    )
    return uow.session.scalar(mine.order_by(ContactCall.taken_at.desc()).limit(1))


def own_call(
    uow: UnitOfWork, call_id: UUID, *, to_change: bool = False
) -> tuple[ContactCall, CallContact]:
    """The call that this member of staff holds, its person. Raises NoSuchCall."""
    call = uow.session.get(ContactCall, call_id, with_for_update=to_change or None)
    if call is None or call.caller_id != uow.principal.person_id:
        raise NoSuchCall
    contact = uow.session.get(CallContact, call.contact_id)
    assert contact  # a call goes with its person
    look_at_contacts(uow, [contact], CALL)
    return call, contact


def end_call(
    uow: UnitOfWork, call: ContactCall, result: CallState, *, expected_version: int
) -> None:
    """What came of it. Raises StaleCall where somebody else took it over meanwhile."""
    if call.state == result and call.version == expected_version + 1:
        return  # the same form, sent twice
    if call.version != expected_version or call.state != CallState.CALLING:
        raise StaleCall
    call.state, call.ended_at = result, uow.now
    uow.session.flush()
    uow.emit(CallEnded(subject_id=call.id))


def crisis_of_call(uow: UnitOfWork, call: ContactCall) -> tuple[Crisis, CrisisMessage]:
    """Of which danger, and of which text. Raises NoSuchCrisis."""
    message = uow.session.get(CrisisMessage, call.message_id)
    if message is None:
        raise NoSuchCrisis
    return crisis_of(uow, message.crisis_id), message


def forget_calls(uow: UnitOfWork) -> None:
    """Job: who was called is nobody's business three months after the end."""
    over = select(CrisisMessage.id).join(Crisis, Crisis.id == CrisisMessage.crisis_id)
    over = over.where(Crisis.ended_at < uow.now - KEPT)
    uow.session.execute(delete(ContactCall).where(ContactCall.message_id.in_(over)))


def _about(of: CallRound, contact_id: Any) -> ColumnElement[bool]:
    return and_(ContactCall.contact_id == contact_id, ContactCall.message_id == of.message.id)


def _next_person(uow: UnitOfWork, of: CallRound) -> Select[CallContact]:
    due = or_(
        ContactCall.id.is_(None),
        and_(ContactCall.state == CallState.AGAIN, ContactCall.ended_at < uow.now - PAUSE),
        and_(ContactCall.state == CallState.CALLING, ContactCall.taken_at < uow.now - AWAY),
    )
    rows = of.people.outerjoin(ContactCall, _about(of, CallContact.id)).where(due)
    rows = rows.order_by(ContactCall.taken_at.asc().nulls_first(), CallContact.id).limit(1)
    return rows.with_for_update(of=CallContact, skip_locked=True)


def _taken(
    uow: UnitOfWork, of: CallRound, contact_id: UUID, request_id: UUID
) -> ContactCall | None:
    """The row of the call under this hand; None where somebody was quicker between two statements,
    or the same press came twice in the same instant.
    """
    row = {
        "id": new_id(),
        "request_id": request_id,
        "message_id": of.message.id,
        "contact_id": contact_id,
        "state": CallState.CALLING,
        "tries": 1,
        "taken_at": uow.now,
        "ended_at": None,
        "caller": uow.principal.name,
        "caller_id": uow.principal.person_id,
    }
    put = insert(ContactCall).values(row)
    kept = ("id", "tries")
    again: dict[str, Any] = {name: put.excluded[name] for name in row if name not in kept}
    again |= {"tries": ContactCall.tries + 1, "version": ContactCall.version + 1}
    is_free = or_(
        ContactCall.state == CallState.AGAIN,
        and_(ContactCall.state == CallState.CALLING, ContactCall.taken_at < uow.now - AWAY),
    )
    put = put.on_conflict_do_update(
        index_elements=("message_id", "contact_id"), set_=again, where=is_free
    )
    try:
        with uow.session.begin_nested():
            call_id = uow.session.scalar(put.returning(ContactCall.id))
    except IntegrityError:
        return None
    if call_id is None:
        return None
    return uow.session.get(ContactCall, call_id, populate_existing=True)
