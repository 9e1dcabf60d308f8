"""Incoming short messages: STOP ends a subscription, what a part reads is answered to the number.

Of the message and of the number nothing is kept beside the answer in the outbox.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from obshto.platform.db.base import new_id
from obshto.platform.modularity.incoming_sms import IncomingSms
from obshto.platform.modularity.ports import port_here
from obshto.platform.notify.budgets import room_left
from obshto.platform.notify.events import SmsAnswered
from obshto.platform.notify.models import Channel
from obshto.platform.notify.outbox import put_letter
from obshto.platform.notify.settings import letters_settings
from obshto.platform.notify.sms.reports import take_reply
from obshto.platform.notify.sms.short_codes import key_of_phone, sends_sms
from obshto.platform.rate_limit.forms import may_still
from obshto.platform.rate_limit.services import RateLimit
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE

LONGEST: Final = 400  # characters that are read
# Of one number: nobody guesses a code by writing again and again, nobody runs up our bill.
READ: Final = RateLimit(thing="notify:sms.read", most=30, window=timedelta(days=1))


def take_incoming(uow: UnitOfWork, number: str, words: str) -> None:
    """Read a message once; beyond the limit of its number it is passed over in silence."""
    port = None if take_reply(uow, number, words) else port_here(IncomingSms)
    if port is None or not may_still(READ, key_of_phone(number)):
        return
    told = port.answer(uow, words[:LONGEST])
    if told and sends_sms(uow) and room_left(uow)[Channel.SMS] > 0:
        cause = new_id()
        put_letter(
            uow,
            cause=cause,
            fact=SmsAnswered.name,
            language=SOURCE,
            words=("", told),
            recipient=number,
            channel=Channel.SMS,
        )
        uow.emit(SmsAnswered(subject_id=cause))


def answerable_number(uow: UnitOfWork) -> str:
    """The number to which people can write; empty where messages leave in the name of letters."""
    sender = letters_settings(uow).sms_sender
    return sender if sender.lstrip("+").isdecimal() else ""
