"""Looks at letters of the outbox, for the part of messages, which knows of no looks itself."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from obshto.platform.domain_events import DomainEvent
from obshto.platform.notify.letter_looks import (
    ADDRESS_KINDS,
    ARRIVAL,
    GROUND,
    KINDS,
    PART,
    REACH,
    SeenLetter,
)
from obshto.platform.purposes.events import PersonLookedAt
from obshto.platform.purposes.services import Opened, Purpose, is_looking, look, look_at_each
from obshto.platform.purposes.subjects import Subject
from obshto.platform.unit_of_work import UnitOfWork


class RecordedLetterLooks:
    """One look at each letter, all in one statement."""

    def look_at_letters(self, uow: UnitOfWork, letters: Sequence[SeenLetter]) -> None:
        """Record that staff see how these letters went."""
        if letters:
            fact = PersonLookedAt(subject_id=letters[0].id, part=PART)
            said = Purpose(word=ARRIVAL, kinds=KINDS, ground=GROUND, fact=fact)
            look_at_each(uow, [_opened(one) for one in letters], said)

    def look_at_address(
        self, uow: UnitOfWork, letter: SeenLetter, *, fact: DomainEvent, request_id: UUID
    ) -> None:
        """Record that staff open to whom an undelivered letter was; once a sitting."""
        purpose = Purpose(
            word=REACH, kinds=ADDRESS_KINDS, ground=GROUND, fact=fact, request_id=request_id
        )
        look(uow, _opened(letter), purpose)

    def has_opened_address(self, uow: UnitOfWork, letter_id: UUID) -> bool:
        """Whether that was done in this sitting."""
        return is_looking(uow, PART, letter_id, kinds=ADDRESS_KINDS)


def _opened(letter: SeenLetter) -> Opened:
    subject = Subject(person_id=letter.person_id, email=letter.email, phone=letter.phone)
    return Opened(part=PART, object_id=letter.id, subject=subject)
