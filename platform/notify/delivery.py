"""Messages leave, each at least once under one id; those to many in pages, within the budgets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from sqlalchemy import Select, or_, select, update

from obshto.platform.clock import now
from obshto.platform.notify.address import addresses
from obshto.platform.notify.budgets import room_left, warn_of_budgets
from obshto.platform.notify.channels import CHANNEL_ADAPTERS, ChannelAdapter
from obshto.platform.notify.job_names import DRAIN
from obshto.platform.notify.models import (
    WAITING,
    Channel,
    Message,
    State,
    Subscriber,
    Text,
)
from obshto.platform.notify.permanent_failures import refuse
from obshto.platform.notify.settings import letters_settings
from obshto.platform.notify.sms.port import Unanswered
from obshto.platform.notify.suppression import is_of_the_address, is_suppressed, suppress
from obshto.platform.notify.transport import Refused, Unreachable
from obshto.platform.scope import is_in_practice
from obshto.platform.unit_of_work import UnitOfWork

PAGE = 20  # letters of one job; others have their turn in between
PATIENCE = 3  # letters in a row that nobody takes: the server is away
LONGEST = timedelta(hours=6)  # until a letter is tried again
REPORTED = timedelta(minutes=10)  # a gateway that took a message has said so by then


def send_letter(uow: UnitOfWork, *, message_id: str) -> None:
    """Job: hand one letter over. Raises Unreachable, so that the queue tries again later."""
    message = uow.session.get(Message, UUID(message_id), with_for_update=True)
    if message is None or message.state not in WAITING:
        return
    _hand_over(uow, message)


def drain_letters(uow: UnitOfWork) -> None:
    """Job: hand over a page of the messages to many, urgent ones first, then ask for the next page.

    One at a time in a municipality (the queue sees to that). When nobody takes those of a channel,
    or its budget of the day is spent, they wait for `resume_letters`.
    """
    left = room_left(uow)
    due = _due(left).limit(PAGE).with_for_update(skip_locked=True)
    page = list(uow.session.scalars(due))
    failures: Counter[str] = Counter()
    for message in page:
        channel = message.channel
        if failures[channel] == PATIENCE or left[channel] <= 0:
            continue
        try:
            _hand_over(uow, message)
            failures[channel] = 0
            left[channel] -= max(message.parts, 1)
        except Unreachable as away:
            _postpone(uow, message, away)
            failures[channel] += 1
    if len(page) == PAGE and PATIENCE not in failures.values():
        uow.defer(DRAIN, once=DRAIN, in_turn=DRAIN)
    warn_of_budgets(uow)


def resume_letters(uow: UnitOfWork) -> None:
    """Job: go on where messages wait and the budget of the day is not spent."""
    if uow.session.scalar(_due(room_left(uow)).limit(1)):
        uow.defer(DRAIN, once=DRAIN, in_turn=DRAIN)


def _due(left: Mapping[str, int]) -> Select[Message]:
    waiting = select(Message).where(
        Message.is_bulk,
        Message.state.in_(WAITING),
        Message.channel.in_([channel for channel, number in left.items() if number > 0]),
        or_(Message.due_at.is_(None), Message.due_at <= now()),
    )
    return waiting.order_by(Message.is_urgent.desc(), Message.accepted_at, Message.id)


def _hand_over(uow: UnitOfWork, message: Message) -> None:
    """Raises Unreachable; then the message is still „handing over“, and goes again as it is."""
    reader = uow.session.get(Subscriber, message.subscriber_id) if message.subscriber_id else None
    text = uow.session.get(Text, message.text_id) if message.text_id else None
    address = reader.address if reader else message.recipient
    if not address:
        message.state, message.trouble = State.REFUSED, "stopped"
    elif text and text.until and text.until <= now():
        message.state = State.TOO_LATE
    elif is_suppressed(uow, address):
        message.state, message.trouble = State.REFUSED, "suppressed"
    elif not _may_get(uow, address, reader, message.channel):
        message.state = State.HELD
    else:
        way = CHANNEL_ADAPTERS[Channel(message.channel)]
        message.state, message.tries = State.HANDING_OVER, message.tries + 1
        try:
            parcel = way.wrap(uow, message, reader, text)
            uow.commit()
            _send(way, message, parcel)
            _handed_over(uow, message)
            way.sent(uow, message)
        except Refused as refusal:
            _refused(uow, message, address, str(refusal))
            way.refused(uow, message, reader, text, str(refusal))
    uow.commit()


def _send(way: ChannelAdapter, message: Message, parcel: object) -> None:
    """Practice reads what would have been sent, and nobody gets it."""
    if not is_in_practice():
        way.send(message, parcel)


def _handed_over(uow: UnitOfWork, message: Message) -> None:
    uow.session.flush()
    uow.session.refresh(message, ["state"], with_for_update=True)
    if message.state == State.REFUSED:  # it has come back already
        return
    message.state, message.handed_over_at = State.HANDED_OVER, now()
    message.due_at = message.trouble = None
    if message.text_id is None and message.is_bulk:  # a letter of several things
        told = update(Message).where(Message.digest_id == message.id)
        uow.session.execute(told.values(state=State.HANDED_OVER))


def _refused(uow: UnitOfWork, message: Message, address: str, trouble: str) -> None:
    refuse(uow, message, trouble)
    if is_of_the_address(trouble):
        suppress(uow, address, trouble)


def _postpone(uow: UnitOfWork, message: Message, away: Unreachable) -> None:
    """Later each time: after one minute, two, four … Where nobody knows whether it was taken, a
    report may still come, and until then it would be read twice.
    """
    wait = min(timedelta(minutes=2 ** min(message.tries - 1, 10)), LONGEST)
    if isinstance(away, Unanswered):
        wait = max(wait, REPORTED)
    message.due_at, message.trouble = now() + wait, str(away)
    uow.commit()


def _may_get(uow: UnitOfWork, address: str, reader: Subscriber | None, channel: str) -> bool:
    """While the portal is tried out only those who work here get anything."""
    if not letters_settings(uow).only_to_staff:
        return True
    if reader is None and channel != Channel.EMAIL:
        return False  # a phone that somebody left, of whom nobody knows whether they work here
    if reader and reader.channel != Channel.EMAIL:
        staff_ids = {one.person_id for one in addresses().staff(uow)}
        return reader.person_id is not None and reader.person_id in staff_ids
    staff = {one.email.casefold() for one in addresses().staff(uow)}
    return address.casefold() in staff
