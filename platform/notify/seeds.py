"""For municipalities that are shown to others: a sender of short messages, a lost letter."""

from __future__ import annotations

import re
from dataclasses import replace
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy.dialects.postgresql import insert

from obshto.platform.notify.events import SubscriberAsked
from obshto.platform.notify.models import Message, State
from obshto.platform.notify.settings import letters_settings
from obshto.platform.settings.services import save_settings, version_of
from obshto.platform.unit_of_work import UnitOfWork

LONGEST = 11  # letters of a sender


def seed(uow: UnitOfWork) -> None:
    """Named as the address of the municipality is. Seeding twice is harmless."""
    sender = re.sub(r"[^a-z0-9]", "", uow.scope.slug).upper()[:LONGEST]
    settings = replace(letters_settings(uow), sms_sender=sender)
    save_settings(uow, "notify", settings, expected_version=version_of(uow, "notify"))
    add_lost_letter(uow, uuid5(NAMESPACE_URL, f"{uow.scope.slug}/lost"))


def add_lost_letter(uow: UnitOfWork, cause: UUID) -> None:
    """To somebody who mistyped their address; the same `cause` again changes nothing."""
    row = {"id": cause, "cause": cause, "fact": SubscriberAsked.name, "language": "bg"}
    row |= {"recipient": "ivanka@example.invalid", "accepted_at": uow.now, "tries": 1}
    row |= {"subject": "Потвърдете абонамента си", "text": "Отворете страницата."}
    row |= {"state": State.REFUSED, "trouble": "550 5.1.1"}
    uow.session.execute(insert(Message).values(row).on_conflict_do_nothing())
