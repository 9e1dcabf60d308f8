"""What somebody was told lastly, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from sqlalchemy import select

from obshto.platform.notify.address import places_here
from obshto.platform.notify.models import WAITING, Message, State, Subscriber, Text
from obshto.platform.notify.topics import names_of, titles_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import current_language

SHOWN = 30
STATES: dict[str, LazyString] = {
    **dict.fromkeys(WAITING, _("Чака да тръгне")),
    State.HANDED_OVER: _("Изпратено"),
    State.REFUSED: _("Недоставено"),
    State.COLLECTED: _("За общото писмо"),
    State.GATHERED: _("За общото писмо"),
    State.REPLACED: _("Заменено с поправка"),
    State.TOO_LATE: _("Вече не важеше"),
    State.HELD: _("Задържано при проба"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One thing: when, what, how far it came; why says topic and places."""

    at: datetime
    subject: str
    language: str
    state: LazyString
    why: str


def told_to(uow: UnitOfWork, reader: Subscriber) -> list[Told]:
    """The newest first, no letters of several things. One query, one of the region."""
    rows = (
        select(Message, Text)
        .join(Text, Text.id == Message.text_id)
        .where(Message.subscriber_id == reader.id)
        .order_by(Message.accepted_at.desc(), Message.id)
        .limit(SHOWN)
    )
    found = [(message, text) for message, text in uow.session.execute(rows)]
    places, language = places_here(uow) if found else {}, current_language()
    return [
        Told(
            at=message.handed_over_at or message.accepted_at,
            subject=text.subject,
            language=message.language,
            state=STATES[message.state],
            why=", ".join([*titles_of([text.topic]), *names_of(text.places, places, language)]),
        )
        for message, text in found
    ]
