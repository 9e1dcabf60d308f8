"""What gateways tell us: what became of a message, what somebody answered to it.

The address that a gateway is given holds a word that only the municipality's key makes, so that
nobody else can tell us anything, and that it is told of this message alone.
"""

from __future__ import annotations

import hmac
import re
from uuid import UUID

from sqlalchemy import select

from obshto.platform.keys.derived_token import derived_token
from obshto.platform.notify.events import SmsSent
from obshto.platform.notify.models import WAITING, Channel, Message, State, Subscriber
from obshto.platform.notify.sms.port import DeliveryOutcome, DeliveryReport
from obshto.platform.notify.subscribers import hash_of, stop
from obshto.platform.notify.suppression import suppress
from obshto.platform.unit_of_work import UnitOfWork

# What people write who want no more, in the three languages and as phones spell them.
STOP = frozenset(("STOP", "СТОП", "STOPALL", "СПРИ", "SPRI", "OPRESTE", "OPREȘTE", "UNSUBSCRIBE"))
_letters = re.compile(r"[^\W\d_]+")
REPLIES = "replies"


def word_for(what: str) -> str:
    """22 letters for the path of an address that a gateway is given."""
    return derived_token("notify_message.gateway", what)


def is_word_for(what: str, word: str) -> bool:
    """Whether we made it."""
    return hmac.compare_digest(word_for(what).encode(), word.encode())


def report_address(uow: UnitOfWork, message_id: UUID) -> str:
    """Where a gateway says what became of this message; it adds its own name at the end.

    The name stands there because each has its own words.
    """
    return f"{uow.scope.address}/notify/sms/{message_id}/{word_for(message_id.hex)}?by="


def reply_address(uow: UnitOfWork, gateway: str) -> str:
    """Where a gateway passes on what people answer; staff copy it into the gateway's own pages."""
    return f"{uow.scope.address}/notify/sms/{REPLIES}/{word_for(REPLIES)}?by={gateway}"


def take_report(uow: UnitOfWork, message_id: UUID, report: DeliveryReport, *, gateway: str) -> None:
    """Once delivered stays delivered, whatever comes late; twice changes nothing."""
    message = uow.session.get(Message, message_id, with_for_update=True)
    if message is None or message.channel != Channel.SMS or message.delivered_at:
        return
    if message.state in WAITING:  # it was taken, though nobody had told us
        message.state, message.handed_over_at = State.HANDED_OVER, uow.now
        message.gateway, message.due_at, message.trouble = gateway, None, None
        uow.emit(SmsSent(subject_id=message.id, parts=message.parts))
    if report.outcome is DeliveryOutcome.DELIVERED:
        message.delivered_at = uow.now
    elif report.outcome is not DeliveryOutcome.ON_ITS_WAY:
        message.state, message.trouble = State.REFUSED, f"{report.outcome}: {report.code}"
    if report.outcome is DeliveryOutcome.NO_SUCH_NUMBER and message.subscriber_id:
        reader = uow.session.get_one(Subscriber, message.subscriber_id)
        suppress(uow, reader.address, message.trouble or "")


def take_reply(uow: UnitOfWork, number: str, words: str) -> bool:
    """STOP ends the subscription of that number; of anything else nothing is kept."""
    first = _letters.search(words)
    if first is None or first[0].upper() not in STOP:
        return False
    wanted = select(Subscriber).where(Subscriber.address_hash == hash_of(number))
    reader = uow.session.scalar(wanted.with_for_update())
    if reader is None:
        return False
    stop(uow, reader)
    return True
