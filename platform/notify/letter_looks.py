"""Looks at letters of the outbox: declared here, recorded by who keeps looks.

Recorded looks know of addresses, so that this part cannot know of them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol, cast
from uuid import UUID

from flask import current_app
from flask_babel import LazyString, gettext, lazy_gettext
from sqlalchemy import select

from obshto.platform.clock import day_of
from obshto.platform.modularity.processing_activities import DataKind, LookedAt
from obshto.platform.notify.models import Message
from obshto.platform.web.formats import day

if TYPE_CHECKING:
    from obshto.platform.domain_events import DomainEvent
    from obshto.platform.unit_of_work import UnitOfWork

PART: Final = "notify"
LETTER_LOOKS: Final = "obshto.letter-looks"
ARRIVAL: Final = "arrival"
REACH: Final = "reach"
PURPOSES: Mapping[str, LazyString] = {
    ARRIVAL: lazy_gettext("Проверява дали писмата до Вас пристигат, без да ги чете"),
    REACH: lazy_gettext("Търси Ви по друг начин, защото писмо до Вас не е стигнало"),
}
KINDS = (DataKind.CONTACT,)
ADDRESS_KINDS = (DataKind.CONTACT, DataKind.ACTS)  # the whole address, and what it is about
GROUND = "Регламент (ЕС) 2016/679, чл. 6, § 1, б. „д“"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenLetter:
    """A letter of which staff see the subject and a masked address; whose it is."""

    id: UUID
    person_id: UUID | None
    email: str = ""
    phone: str = ""


class LetterLooks(Protocol):
    """Port: whoever keeps who looked."""

    def look_at_letters(self, uow: UnitOfWork, letters: Sequence[SeenLetter]) -> None:
        """Record that staff see how these letters went: one look at each."""
        ...

    def look_at_address(
        self, uow: UnitOfWork, letter: SeenLetter, *, fact: DomainEvent, request_id: UUID
    ) -> None:
        """Record that staff open to whom an undelivered letter was, with `fact` in the log."""
        ...

    def has_opened_address(self, uow: UnitOfWork, letter_id: UUID) -> bool:
        """Whether that was done in this sitting."""
        ...


class NoLetterLooks:
    """The default where nobody keeps looks."""

    def look_at_letters(self, uow: UnitOfWork, letters: Sequence[SeenLetter]) -> None:
        return None

    def look_at_address(
        self, uow: UnitOfWork, letter: SeenLetter, *, fact: DomainEvent, request_id: UUID
    ) -> None:
        return None

    def has_opened_address(self, uow: UnitOfWork, letter_id: UUID) -> bool:
        return False


def letter_looks() -> LetterLooks:
    """The one supplied, read at call time."""
    return cast(LetterLooks, current_app.extensions.get(LETTER_LOOKS) or NoLetterLooks())


def described(uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, LookedAt]:
    """The letters among these ids that are still kept, by their days. One query."""
    wanted = select(Message.id, Message.accepted_at).where(Message.id.in_(ids))
    return {
        row.id: LookedAt(gettext("Писмо от %(day)s", day=day(day_of(row.accepted_at))))
        for row in uow.session.execute(wanted)
    }
