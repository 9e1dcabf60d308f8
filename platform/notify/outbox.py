"""One letter put into the outbox, with the job that hands it over."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from obshto.platform.db.base import new_id
from obshto.platform.notify.job_names import SEND
from obshto.platform.notify.models import Message, State
from obshto.platform.unit_of_work import UnitOfWork


def put_letter(
    uow: UnitOfWork, *, cause: UUID, fact: str, language: str, words: tuple[str, str], **reader: Any
) -> None:
    """Subject and text to a person (`person_id`, `recipient`) or a `subscriber_id`, once for each
    cause; by letter unless a `channel` is given. It leaves at once and counts no budget: somebody
    waits for it.
    """
    subject, text = words
    row = {
        "id": new_id(),
        "cause": cause,
        "fact": fact,
        "language": language,
        "subject": subject,
        "text": text,
        "state": State.ACCEPTED,
        "accepted_at": uow.now,
        **reader,
    }
    statement = insert(Message).values(row).on_conflict_do_nothing().returning(Message.id)
    if message_id := uow.session.scalar(statement):
        uow.defer(SEND, message_id=message_id)
