"""What follows when a letter came back, or somebody complained about it."""

from __future__ import annotations

from obshto.platform.notify.bounces.report_parser import Verdict
from obshto.platform.notify.letter import mailbox_of
from obshto.platform.notify.models import WAITING, Channel, Message, State, Subscriber
from obshto.platform.notify.permanent_failures import refuse
from obshto.platform.notify.suppression import COMPLAINT, is_of_the_address, suppress
from obshto.platform.unit_of_work import UnitOfWork


def take_verdict(uow: UnitOfWork, verdict: Verdict) -> bool:
    """Note it with the letter; an address that is gone, or whose reader complained, gets nothing
    more. Told twice, nothing changes. False where it is not proven, or of no letter that we know.

    A report of somebody else's address (ours was passed on to it) closes nothing: there may be
    others behind ours who read.
    """
    if not verdict.about.is_ours():
        return False
    message = uow.session.get(Message, verdict.about.message_id, with_for_update=True)
    if message is None or message.channel != Channel.EMAIL or message.trouble == COMPLAINT:
        return False
    if message.state not in (*WAITING, State.HANDED_OVER):
        return False
    address = _address_of(uow, message)
    if verdict.trouble == COMPLAINT:
        message.trouble = COMPLAINT  # it was read, so it stays „handed over“
        closes = True
    else:
        refuse(uow, message, verdict.trouble)
        is_named = _plain(address) in verdict.named
        closes = is_named and is_of_the_address(verdict.trouble)
    if address and closes:
        suppress(uow, address, verdict.trouble)
    return True


def _address_of(uow: UnitOfWork, message: Message) -> str:
    """Empty when whoever read it has stopped meanwhile."""
    reader = uow.session.get(Subscriber, message.subscriber_id) if message.subscriber_id else None
    return reader.address if reader else message.recipient or ""


def _plain(address: str) -> str:
    return mailbox_of(address).addr_spec.lower() if address else ""
