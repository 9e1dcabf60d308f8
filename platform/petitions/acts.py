"""Acts upon a petition: who may still print, enter, correct, and what each says to the log."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic
from uuid import UUID

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent
from obshto.platform.errors import StaleRow
from obshto.platform.modularity.processing_activities import DataKind
from obshto.platform.petitions.committee import Owner
from obshto.platform.petitions.counts import Counts, counts_of
from obshto.platform.petitions.kinds import PetitionKind, Row, Sheet
from obshto.platform.petitions.models import MemberRow
from obshto.platform.petitions.sheets import add_sheets
from obshto.platform.petitions.signatures import (
    Place,
    SignatureWords,
    correct_signature,
    enter_findings,
    enter_signature,
)
from obshto.platform.purposes import services as purposes
from obshto.platform.purposes.break_glass import BREAK_GLASS
from obshto.platform.purposes.events import PersonLookedAt
from obshto.platform.purposes.models import RecordedLook
from obshto.platform.purposes.subjects import Subject
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.workflow import Machine

KINDS = (DataKind.NAME, DataKind.NUMBER, DataKind.ADDRESS)
PURPOSES: Mapping[str, LazyString] = {
    "check": lazy_gettext("Проверява въведеното"),
    "correct": lazy_gettext("Поправя ред"),
    "file": lazy_gettext("Предава файла на общината или на ГРАО"),
    "ask": lazy_gettext("Отговаря на човек, който е подписал"),
    **BREAK_GLASS,
}
COMMITTEE = "committee"
LOOKS: Mapping[str, LazyString] = {
    **PURPOSES,
    COMMITTEE: lazy_gettext("Работи с документите на инициативния комитет"),
}
MOST = 100  # looks on a page


@dataclass(frozen=True, slots=True, kw_only=True)
class PetitionFacts:
    """What the log is told: never who signed."""

    printed: type[DomainEvent]
    entered: type[DomainEvent]
    corrected: type[DomainEvent]
    found: type[DomainEvent]
    looked: type[DomainEvent]


@dataclass(frozen=True, slots=True, kw_only=True)
class Petition(Generic[Owner, Sheet, Row]):
    """A module's petition on paper. The states say when something may still be done with it.

    A look at the rows stands with the petition, whose signatories have no account: it points at
    nobody. A look at the committee stands with each member.
    """

    part: str
    kind: PetitionKind[Sheet, Row]
    machine: Machine
    printable: Sequence[str]
    enterable: Sequence[str]
    checked: Sequence[str]
    facts: PetitionFacts
    stale: type[StaleRow]
    ground: str  # of opening the rows
    places_article: str = ""  # by which the places for signing are agreed with the mayor
    address_label: LazyString = lazy_gettext("Постоянен адрес")

    def counts(self, uow: UnitOfWork, owner: Owner) -> Counts:
        """How many rows the petition has, how many count. One query."""
        return counts_of(uow, self.kind, owner.id)

    def print_sheets(
        self, uow: UnitOfWork, owner: Owner, count: int, *, request_id: UUID
    ) -> Sequence[int]:
        """Number new sheets. Raises the machine's refusal, TooManySheets."""
        self._expect(owner, self.printable)
        numbers = add_sheets(uow, self.kind, owner.id, count, request_id=request_id)
        self._tell(uow, owner, self.facts.printed)
        return numbers

    def enter_row(
        self,
        uow: UnitOfWork,
        owner: Owner,
        words: SignatureWords,
        *,
        place: Place,
        request_id: UUID,
    ) -> Row:
        """Enter a line from paper.

        Raises the machine's refusal, NoSuchSheet, NoSuchLine, LineTaken.
        """
        self._expect(owner, self.enterable)
        row = enter_signature(uow, self.kind, owner.id, words, place=place, request_id=request_id)
        self._tell(uow, owner, self.facts.entered)
        return row

    def correct_row(
        self,
        uow: UnitOfWork,
        owner: Owner,
        row: Row,
        words: SignatureWords,
        *,
        expected_version: int,
    ) -> None:
        """Mend a line. Raises the machine's refusal, StaleSignature."""
        self._expect(owner, self.enterable)
        correct_signature(uow, self.kind, row, words, expected_version=expected_version)
        self._tell(uow, owner, self.facts.corrected)

    def enter_protocol(
        self,
        uow: UnitOfWork,
        owner: Owner,
        not_voters: Sequence[Place],
        *,
        confirms_rest: bool,
        expected_version: int,
    ) -> None:
        """The protocol's findings, line by line; the same again changes nothing that counts.

        Raises the module's stale row, the machine's refusal, NotEntered.
        """
        if owner.version != expected_version:
            raise self.stale
        self._expect(owner, self.checked)
        enter_findings(uow, self.kind, owner.id, not_voters, confirms_rest=confirms_rest)
        self._tell(uow, owner, self.facts.found)

    def look_at_rows(
        self, uow: UnitOfWork, owner: Owner, purpose: str, *, request_id: UUID, reason: str = ""
    ) -> None:
        """Write down that somebody opens the rows, and what for."""
        said = purposes.Purpose(
            word=purpose,
            kinds=KINDS,
            ground=self.ground,
            request_id=request_id,
            reason=reason,
            fact=self._fact(owner, self.facts.looked),
        )
        opened = purposes.Opened(part=self.part, object_id=owner.id, subject=Subject())
        purposes.look(uow, opened, said)

    def look_at_members(self, uow: UnitOfWork, owner: Owner, members: Sequence[MemberRow]) -> None:
        """Write down that staff read the names of a committee: one look at each member."""
        if members:
            fact = PersonLookedAt(subject_id=owner.id, part=self.part)
            said = purposes.Purpose(
                word=COMMITTEE, kinds=(DataKind.NAME,), ground=self.ground, fact=fact
            )
            purposes.look_at_each(uow, [self._seat(member) for member in members], said)

    def sees_rows(self, uow: UnitOfWork, owner: Owner) -> bool:
        """Said a purpose in this sitting."""
        return purposes.is_looking(uow, self.part, owner.id)

    def looks_at(self, uow: UnitOfWork, owner: Owner) -> Sequence[RecordedLook]:
        """Who opened the rows, the newest first. One query."""
        rows = purposes.looks_at_objects(self.part, (owner.id,)).limit(MOST)
        return uow.session.scalars(rows).all()

    def _seat(self, member: MemberRow) -> purposes.Opened:
        subject = Subject(person_id=member.person_id, name=member.name or "")
        return purposes.Opened(part=self.part, object_id=member.id, subject=subject)

    def _tell(self, uow: UnitOfWork, owner: Owner, fact: type[DomainEvent]) -> None:
        uow.emit(self._fact(owner, fact))

    def _fact(self, owner: Owner, fact: type[DomainEvent]) -> DomainEvent:
        made: Callable[..., DomainEvent] = fact
        return made(subject_id=owner.id, number=owner.number)

    def _expect(self, owner: Owner, states: Sequence[str]) -> None:
        if owner.state not in states:
            raise self.machine.refusal(state=self.machine.states[owner.state])
