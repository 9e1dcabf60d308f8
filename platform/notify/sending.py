"""Letters leave, each at least once under one id; those to many in pages, within the budget."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from uuid import UUID

from flask import current_app
from sqlalchemy import Select, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from obshto.platform.clock import SOFIA, now
from obshto.platform.notify.address import addresses
from obshto.platform.notify.models import (
    WAITING,
    Message,
    State,
    Subscriber,
    Suppression,
    Text,
)
from obshto.platform.notify.names import DRAIN, TRANSPORT
from obshto.platform.notify.rendering import letter_of
from obshto.platform.notify.settings import letters_settings
from obshto.platform.notify.subscribers import hash_of
from obshto.platform.notify.transport import Refused, Transport, Unreachable
from obshto.platform.work import Work

PAGE = 20  # letters of one job; others have their turn in between
PATIENCE = 3  # letters in a row that nobody takes: the server is away
LONGEST = timedelta(hours=6)  # until a letter is tried again
# No such mailbox, or one that is closed (RFC 3463 §3.2, §3.3); without details the bare code.
_is_of_the_address = re.compile(r"55[013]( 5\.(1\.[123]|2\.1))?").fullmatch


def send_letter(work: Work, *, message_id: str) -> None:
    """Job: hand one letter over. Raises Unreachable, so that the queue tries again later."""
    message = work.session.get(Message, UUID(message_id), with_for_update=True)
    if message is None or message.state not in WAITING:
        return
    _hand_over(work, message)


def drain_letters(work: Work) -> None:
    """Job: hand over a page of the letters to many, urgent ones first, then ask for the next page.

    One at a time in a municipality (the queue sees to that). When nobody takes them, or the budget
    of the day is spent, they wait for `resume_letters`.
    """
    size = min(PAGE, letters_left(work))
    page = list(work.session.scalars(_due(work).limit(size).with_for_update(skip_locked=True)))
    failures = 0
    for message in page:
        try:
            _hand_over(work, message)
            failures = 0
        except Unreachable as away:
            _postpone(work, message, away)
            failures += 1
        if failures == PATIENCE:
            return
    if len(page) == PAGE:
        work.later(DRAIN, once=DRAIN, in_turn=DRAIN)


def resume_letters(work: Work) -> None:
    """Job: go on where letters wait and the budget of the day is not spent."""
    if letters_left(work) and work.session.scalar(_due(work).limit(1)):
        work.later(DRAIN, once=DRAIN, in_turn=DRAIN)


def letters_left(work: Work) -> int:
    """How many may still leave today, by the clocks of Bulgaria."""
    return max(letters_settings(work).letters_a_day - letters_today(work), 0)


def letters_today(work: Work) -> int:
    """How many have left since midnight."""
    midnight = datetime.combine(now().astimezone(SOFIA), time.min, SOFIA)
    sent = select(func.count()).where(Message.handed_over_at >= midnight)
    return work.session.scalar(sent.select_from(Message)) or 0


def _due(work: Work) -> Select[Message]:
    waiting = select(Message).where(
        Message.is_bulk,
        Message.state.in_(WAITING),
        or_(Message.due_at.is_(None), Message.due_at <= now()),
    )
    return waiting.order_by(Message.is_urgent.desc(), Message.accepted_at, Message.id)


def _hand_over(work: Work, message: Message) -> None:
    """Raises Unreachable; then the letter is still „handing over“, and goes again as it is."""
    transport: Transport = current_app.extensions[TRANSPORT]
    reader = work.session.get(Subscriber, message.subscriber_id) if message.subscriber_id else None
    text = work.session.get(Text, message.text_id) if message.text_id else None
    address = reader.email if reader else message.recipient
    if not address:
        message.state, message.trouble = State.REFUSED, "stopped"
    elif text and text.until and text.until <= now():
        message.state = State.TOO_LATE
    elif _is_suppressed(work, address):
        message.state, message.trouble = State.REFUSED, "suppressed"
    elif not _may_get(work, address):
        message.state = State.HELD
    else:
        message.state, message.tries = State.HANDING_OVER, message.tries + 1
        letter = letter_of(work, message, reader=reader, text=text)
        work.commit()
        try:
            transport.send(letter)
            _handed_over(work, message)
        except Refused as refusal:
            _refused(work, message, address, str(refusal))
    work.commit()


def _handed_over(work: Work, message: Message) -> None:
    message.state, message.handed_over_at = State.HANDED_OVER, now()
    message.due_at = message.trouble = None
    if message.text_id is None and message.is_bulk:  # a letter of several things
        told = update(Message).where(Message.digest_id == message.id)
        work.session.execute(told.values(state=State.HANDED_OVER))


def _refused(work: Work, message: Message, address: str, trouble: str) -> None:
    message.state, message.trouble = State.REFUSED, trouble
    if message.text_id is None and message.is_bulk:
        told = update(Message).where(Message.digest_id == message.id)
        work.session.execute(told.values(state=State.REFUSED, trouble=trouble))
    if _is_of_the_address(trouble):
        row = {"email_hash": hash_of(address), "trouble": trouble, "at": now()}
        work.session.execute(insert(Suppression).values(row).on_conflict_do_nothing())


def _postpone(work: Work, message: Message, away: Unreachable) -> None:
    """Later each time: after one minute, two, four …"""
    wait = min(timedelta(minutes=2 ** min(message.tries - 1, 10)), LONGEST)
    message.due_at, message.trouble = now() + wait, str(away)
    work.commit()


def _is_suppressed(work: Work, address: str) -> bool:
    return work.session.get(Suppression, hash_of(address)) is not None


def _may_get(work: Work, address: str) -> bool:
    """While the portal is tried out only those who work here get letters."""
    if not letters_settings(work).only_to_staff:
        return True
    staff = {reader.email.casefold() for reader in addresses().staff(work)}
    return address.casefold() in staff
