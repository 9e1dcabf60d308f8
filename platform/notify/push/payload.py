"""What a notification says: who speaks, the title of what is public, where it is read."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Final

from obshto.platform.notify.letter_frame import page_of
from obshto.platform.notify.models import Message, Subscriber, Text
from obshto.platform.notify.push.subscription_keys import read_subscription
from obshto.platform.notify.push.web_push import GONE, Note
from obshto.platform.notify.transport import Refused
from obshto.platform.unit_of_work import UnitOfWork

KEPT: Final = timedelta(days=1)  # for a phone that is off
WORDS: Final = 150  # letters; a phone shows no more


def note_of(uow: UnitOfWork, message: Message, *, reader: Subscriber, text: Text | None) -> Note:
    """Nothing of a person stands in it. Raises Refused for what no browser gave."""
    to = read_subscription(reader.address)
    if to is None:
        raise Refused(GONE)
    words = ((text or message).subject or "")[:WORDS]
    told = {
        "title": uow.scope.title,
        "body": words,
        "lang": message.language,
        "tag": message.id.hex,
        "url": _address_in(uow, message) or page_of(uow, reader, message.language),
    }
    lasts = min(KEPT, text.until - uow.now) if text and text.until else KEPT
    return Note(
        message_id=message.id.hex,
        to=to,
        content=json.dumps(told, ensure_ascii=False).encode(),
        is_urgent=message.is_urgent,
        lasts=lasts,
    )


def _address_in(uow: UnitOfWork, message: Message) -> str:
    """What a letter to one reader leads to first: a page of the municipality itself, or nothing."""
    found = re.search(rf"{re.escape(uow.scope.address)}/\S+", message.text or "")
    return found[0] if found else ""
