"""What a browser that is gone would have been told goes by letter, where we know one."""

from __future__ import annotations

from obshto.platform.notify.address import addresses
from obshto.platform.notify.models import Message, Subscriber, Text
from obshto.platform.notify.outbox import put_letter
from obshto.platform.notify.subscribers import stop, subscriber_behind
from obshto.platform.unit_of_work import UnitOfWork


def fall_back(uow: UnitOfWork, message: Message, reader: Subscriber, text: Text | None) -> None:
    """Forget the browser; write to its owner, unless they get letters of the same anyway."""
    person_id, language = reader.person_id, reader.language
    stop(uow, reader)
    if text is None or person_id is None or subscriber_behind(uow, person_id):
        return
    for person in addresses().people([person_id]):
        put_letter(
            uow,
            cause=message.cause,
            fact=message.fact,
            language=language,
            words=(text.subject, text.text),
            person_id=person_id,
            recipient=person.email,
        )
