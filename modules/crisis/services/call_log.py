"""Log of calls: who called whom about a text, when, with what result; results ticked on the list.

What was called from paper, or found out at the door, is ticked on the list itself. Result and who
ticked it stand on the row of the call, so that the next caller skips who knows already.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import Select, select

from obshto.modules.crisis.errors import CallInHand, NoSuchContact, NoSuchCrisis, StaleCall
from obshto.modules.crisis.events import CallEnded
from obshto.modules.crisis.models import CallContact, CallState, ContactCall, CrisisMessage
from obshto.modules.crisis.services.access_log import CALL, look_at_contacts
from obshto.modules.crisis.services.calls import AWAY, CallRound
from obshto.platform.db.base import new_id
from obshto.platform.unit_of_work import UnitOfWork

UNCALLED = "left"  # the word for those without a call
WORDS = (UNCALLED, *CallState)


def text_of_round(uow: UnitOfWork, of: CallRound, number: int) -> CrisisMessage:
    """One text of the crisis that left. Raises NoSuchCrisis."""
    if number == of.message.number:
        return of.message
    rows = select(CrisisMessage).filter_by(crisis_id=of.crisis.id, number=number)
    found = uow.session.scalar(rows.where(CrisisMessage.sent_at.is_not(None)))
    if found is None:
        raise NoSuchCrisis
    return found


def people_called(
    of: CallRound, message: CrisisMessage, *, state: str = "", settlement: str = ""
) -> Select[CallContact]:
    """Whom the text in force concerns; of an earlier one who was called. By settlement.

    `state` is one of `WORDS`, empty for all.
    """
    called = select(ContactCall.contact_id).filter_by(message_id=message.id)
    is_now = message.id == of.message.id
    rows = of.people if is_now else select(CallContact).where(CallContact.id.in_(called))
    if state == UNCALLED:
        rows = rows.where(CallContact.id.not_in(called))
    elif state:
        rows = rows.where(CallContact.id.in_(called.where(ContactCall.state == state)))
    if settlement:
        rows = rows.where(CallContact.settlement == settlement)
    return rows.order_by(CallContact.settlement, CallContact.id)


def calls_to(
    uow: UnitOfWork, message: CrisisMessage, people: Collection[CallContact]
) -> Mapping[UUID, ContactCall]:
    """The call of each of these people about a text, by the person's id. One query."""
    rows = select(ContactCall).where(
        ContactCall.message_id == message.id, ContactCall.contact_id.in_([one.id for one in people])
    )
    return {one.contact_id: one for one in uow.session.scalars(rows)} if people else {}


def tick_call(
    uow: UnitOfWork, of: CallRound, contact_id: UUID, result: CallState, *, expected_version: int
) -> ContactCall:
    """A result without „take the next“: `expected_version` is 0 where the list showed no call.

    Who ticks stands as the caller. The person's row is locked, as by `take_call`, so that one
    person has one call. Sent twice it is one. Raises NoSuchContact, StaleCall, CallInHand.
    """
    contact = uow.session.scalar(
        of.people.where(CallContact.id == contact_id).with_for_update(of=CallContact)
    )
    if contact is None:
        raise NoSuchContact
    look_at_contacts(uow, [contact], CALL)
    by_person = select(ContactCall).filter_by(message_id=of.message.id, contact_id=contact_id)
    call = uow.session.scalar(by_person.with_for_update())
    version = call.version if call else 0
    if call and call.state == result and version == expected_version + 1:
        return call  # the same form, sent twice
    if version != expected_version:
        raise StaleCall
    if call and _is_in_hand(uow, call):
        raise CallInHand(who=call.caller)
    call = call or _unmade(of, contact_id)
    _end(uow, call, result)
    uow.emit(CallEnded(subject_id=call.id))
    return call


def _is_in_hand(uow: UnitOfWork, call: ContactCall) -> bool:
    """Whether somebody else is calling right now."""
    is_calling = call.state == CallState.CALLING and call.taken_at >= uow.now - AWAY
    return is_calling and call.caller_id != uow.principal.person_id


def _unmade(of: CallRound, contact_id: UUID) -> ContactCall:
    return ContactCall(
        id=new_id(),
        request_id=new_id(),
        message_id=of.message.id,
        contact_id=contact_id,
        tries=0,
    )


def _end(uow: UnitOfWork, call: ContactCall, result: CallState) -> None:
    if call.state != CallState.CALLING:
        call.tries, call.taken_at = call.tries + 1, uow.now
    call.state, call.ended_at = result, uow.now
    call.caller, call.caller_id = uow.principal.name, uow.principal.person_id
    uow.session.add(call)
    uow.session.flush()
