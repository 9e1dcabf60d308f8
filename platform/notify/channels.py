"""The ways a message can go, one for each channel."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol, cast

from flask import current_app

from obshto.platform.notify.events import SmsSent
from obshto.platform.notify.job_names import PHONES, PUSHER, TRANSPORT
from obshto.platform.notify.letter import Letter
from obshto.platform.notify.letter_frame import letter_of
from obshto.platform.notify.models import Channel, Message, Subscriber, Text
from obshto.platform.notify.push.email_fallback import fall_back
from obshto.platform.notify.push.payload import note_of
from obshto.platform.notify.push.web_push import GONE, Note, Pusher
from obshto.platform.notify.sms.failover import Phones
from obshto.platform.notify.sms.message_text import sms_of
from obshto.platform.notify.sms.port import ShortMessage, Unanswered
from obshto.platform.notify.sms.segments import parts_of
from obshto.platform.notify.transport import Transport
from obshto.platform.unit_of_work import UnitOfWork


class ChannelAdapter(Protocol):
    """How the messages of one channel are wrapped, sent and followed."""

    def wrap(
        self, uow: UnitOfWork, message: Message, reader: Subscriber | None, text: Text | None
    ) -> Any:
        """What is handed over, complete."""

    def send(self, message: Message, parcel: Any) -> None:
        """Returned means taken. Raises Refused, Unreachable."""

    def sent(self, uow: UnitOfWork, message: Message) -> None:
        """What follows when it was taken, in the transaction that says so."""

    def refused(
        self,
        uow: UnitOfWork,
        message: Message,
        reader: Subscriber | None,
        text: Text | None,
        trouble: str,
    ) -> None:
        """What follows when it will never be taken."""


class _Plain:
    """Nothing follows."""

    def sent(self, uow: UnitOfWork, message: Message) -> None:
        """See Way."""

    def refused(
        self,
        uow: UnitOfWork,
        message: Message,
        reader: Subscriber | None,
        text: Text | None,
        trouble: str,
    ) -> None:
        """See Way."""


class ByLetter(_Plain):
    """To a mailbox."""

    def wrap(
        self, uow: UnitOfWork, message: Message, reader: Subscriber | None, text: Text | None
    ) -> Letter:
        """See Way."""
        return letter_of(uow, message, reader=reader, text=text)

    def send(self, message: Message, parcel: Letter) -> None:
        """See Way."""
        cast(Transport, current_app.extensions[TRANSPORT]).send(parcel)


class BySms(_Plain):
    """To a phone; the municipality pays for each part."""

    def wrap(
        self, uow: UnitOfWork, message: Message, reader: Subscriber | None, text: Text | None
    ) -> ShortMessage:
        """See Way."""
        wrapped = sms_of(uow, message, reader=reader, text=text)
        message.parts = parts_of(wrapped.text)
        return wrapped

    def send(self, message: Message, parcel: ShortMessage) -> None:
        """See Way. Whoever left us without an answer is asked last the next time."""
        phones = cast(Phones, current_app.extensions[PHONES])
        try:
            message.gateway = phones.send(parcel, but=message.gateway or "").gateway
        except Unanswered as silence:
            message.gateway = str(silence).partition(":")[0]
            raise

    def sent(self, uow: UnitOfWork, message: Message) -> None:
        """See Way."""
        uow.emit(SmsSent(subject_id=message.id, parts=message.parts))


class ByPush(_Plain):
    """To a browser."""

    def wrap(
        self, uow: UnitOfWork, message: Message, reader: Subscriber | None, text: Text | None
    ) -> Note:
        """See Way."""
        assert reader  # nobody else has a browser here
        return note_of(uow, message, reader=reader, text=text)

    def send(self, message: Message, parcel: Note) -> None:
        """See Way."""
        cast(Pusher, current_app.extensions[PUSHER]).send(parcel)

    def refused(
        self,
        uow: UnitOfWork,
        message: Message,
        reader: Subscriber | None,
        text: Text | None,
        trouble: str,
    ) -> None:
        """See Way."""
        if reader and trouble.startswith(GONE):
            fall_back(uow, message, reader, text)


CHANNEL_ADAPTERS: Mapping[Channel, ChannelAdapter] = {
    Channel.EMAIL: ByLetter(),
    Channel.SMS: BySms(),
    Channel.PUSH: ByPush(),
}
