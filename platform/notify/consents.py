"""Consents to letters: a subscription of each channel and device."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from flask_babel import LazyString, lazy_gettext

from obshto.platform.modularity.consents import Consents, GivenConsent
from obshto.platform.modularity.registry import current_registry
from obshto.platform.notify.models import Subscriber
from obshto.platform.notify.subscribers import stop, subscribers_behind
from obshto.platform.unit_of_work import UnitOfWork

WAYS: Mapping[str, LazyString] = {
    "email": lazy_gettext("Да ми пишете по имейл: %(topics)s"),
    "sms": lazy_gettext("Да ми пишете със SMS: %(topics)s"),
    "push": lazy_gettext("Да ми пишете с известие на устройството: %(topics)s"),
}


def letters_agreed(uow: UnitOfWork, person_id: UUID) -> Sequence[GivenConsent]:
    """By which channel, of which topics. One query."""
    titles = {t.word: t.title for part in current_registry().parts.values() for t in part.topics}
    return [_given(row, titles) for row in subscribers_behind(uow, person_id)]


def withdraw_letters(uow: UnitOfWork, person_id: UUID, consent_id: UUID) -> None:
    """Nothing more is sent; the address is forgotten."""
    for row in subscribers_behind(uow, person_id):
        if row.id == consent_id:
            stop(uow, row)


def _given(row: Subscriber, titles: Mapping[str, LazyString]) -> GivenConsent:
    topics = ", ".join(str(titles.get(word, word)) for word in row.topics)
    title = str(WAYS[row.channel]) % {"topics": topics}
    return GivenConsent(id=row.id, title=title, given_at=row.confirmed_at or row.asked_at)


CONSENTS = Consents(
    wording=lazy_gettext("Искам да получавам писма и съобщения за това, което избрах."),
    to_whom=lazy_gettext("общината и доставчиците на имейл и на SMS"),
    withdrawn=lazy_gettext("Повече не Ви пишем и адресът Ви се забравя веднага."),
    given_by=letters_agreed,
    withdraw=withdraw_letters,
)
