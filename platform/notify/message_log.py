"""What left, one by one, for whoever must find out why something did not arrive.

Nobody is named: of an address only so much is told that its owner knows it again. Still it is a
look, which the owner reads. What is written to one person is not read.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from sqlalchemy import Select, select
from sqlalchemy.orm import defer

from obshto.platform.errors import NotFound
from obshto.platform.notify.delivery_stats import labels
from obshto.platform.notify.letter_looks import SeenLetter, letter_looks
from obshto.platform.notify.models import WAITING, Channel, Message, State, Subscriber, Text
from obshto.platform.unit_of_work import UnitOfWork

PAGE: Final = 50
# Which lists there are, each with its states; empty for all.
LISTS: Final = {"": (), "waiting": WAITING, "refused": (State.REFUSED,)}
STANDING: Final = {
    State.ACCEPTED: _("чака да тръгне"),
    State.HANDING_OVER: _("опитваме"),
    State.HANDED_OVER: _("изпратено"),
    State.REFUSED: _("недоставено"),
    State.COLLECTED: _("чака общото писмо"),
    State.GATHERED: _("в общо писмо"),
    State.REPLACED: _("заменено с поправка"),
    State.TOO_LATE: _("не е изпратено: вече не важи"),
    State.HELD: _("задържано: проба"),
}
CHANNELS: Final = {Channel.EMAIL: _("писмо"), Channel.SMS: _("SMS"), Channel.PUSH: _("известие")}


@dataclass(frozen=True, slots=True)
class Posted:
    """One message. `text` is what was told to many; empty for a letter to one person alone, which
    may hold a code or a link that opens what is theirs. `to` is the masked address.
    """

    message: Message
    about: LazyString | str
    subject: str
    text: str
    to: str

    @property
    def standing(self) -> LazyString:
        """How far it is."""
        if self.message.delivered_at:
            return _("доставено")
        return STANDING[State(self.message.state)]

    @property
    def channel(self) -> LazyString:
        """By which way."""
        return CHANNELS[Channel(self.message.channel)]


def messages_before(
    uow: UnitOfWork, before: UUID | None = None, *, which: str = ""
) -> list[Posted]:
    """A page of one of LISTS, the newest first. One query, and those of its looks."""
    rows = _rows().order_by(Message.id.desc()).limit(PAGE)
    if states := LISTS[which]:
        rows = rows.where(Message.state.in_(states))
    if before:
        rows = rows.where(Message.id < before)
    return _posted(uow, rows)


def message_of(uow: UnitOfWork, message_id: UUID) -> Posted:
    """Raises NotFound."""
    found = _posted(uow, _rows().where(Message.id == message_id))
    if not found:
        raise NotFound
    return found[0]


def post_rows(uow: UnitOfWork, ids: Collection[UUID]) -> list[Posted]:
    """Those with these ids, the newest first. One query, and those of its looks."""
    return _posted(uow, _rows().where(Message.id.in_(ids)).order_by(Message.id.desc()))


def _rows() -> Select[Message, Subscriber, Text]:
    return (
        select(Message, Subscriber, Text)
        .options(defer(Message.text))
        .outerjoin(Subscriber, Subscriber.id == Message.subscriber_id)
        .outerjoin(Text, Text.id == Message.text_id)
    )


def _posted(uow: UnitOfWork, rows: Select[Message, Subscriber, Text]) -> list[Posted]:
    named, found = labels(), uow.session.execute(rows).all()
    seen = [seen_letter(message, reader) for message, reader, _text in found]
    letter_looks().look_at_letters(uow, [one for one in seen if one])
    return [
        Posted(
            message=message,
            about=named.get(message.fact, message.fact),
            subject=(text or message).subject or "",
            text=text.text if text else "",
            to=masked(reader.address if reader else message.recipient or "", message.channel),
        )
        for message, reader, text in found
    ]


def seen_letter(message: Message, reader: Subscriber | None) -> SeenLetter | None:
    """Whose it is; None where nothing is known of them any more."""
    address = (reader.address if reader else message.recipient) or ""
    person_id = message.person_id or (reader.person_id if reader else None)
    if not (address or person_id):
        return None
    way = {Channel.EMAIL: "email", Channel.SMS: "phone"}.get(Channel(message.channel))
    return SeenLetter(id=message.id, person_id=person_id, **({way: address} if way else {}))


def masked(address: str, channel: str) -> str:
    """„m…@abv.bg“, „…456“; empty for a browser and for whom nothing is known of any more."""
    if channel == Channel.PUSH or not address:
        return ""
    if channel == Channel.SMS:
        return f"…{address[-3:]}"
    name, _at, domain = address.rpartition("@")
    return f"{name[:1]}…@{domain}"
