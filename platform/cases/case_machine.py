"""Case machine: a way that is taken is a state, a line of the history and a fact."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from obshto.platform.cases.lines import add_line
from obshto.platform.cases.models import CaseLineRow, CaseRow
from obshto.platform.domain_events import DomainEvent
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.workflow import Machine, Transition


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseMachine(Machine):
    """`lines` is the table of the history.

    `told` are fields of facts by the column they come from, beside the number: none names a person.
    """

    lines: type[CaseLineRow]
    told: Mapping[str, str] = field(default_factory=dict)

    def move(
        self,
        uow: UnitOfWork,
        row: CaseRow,
        way: Transition[DomainEvent],
        *,
        words: str | None = None,
        request_id: UUID | None = None,
    ) -> None:
        """Take a way. Raises the machine's refusal from a state that it does not begin in."""
        self.advance_row(row, way)
        by_staff = way.who is not None
        self.note(uow, row, way.name, words=words, by_staff=by_staff, request_id=request_id)
        self.record(uow, row, way.fact)

    def note(
        self,
        uow: UnitOfWork,
        row: CaseRow,
        name: str,
        *,
        words: str | None = None,
        by_staff: bool = True,
        is_internal: bool = False,
        request_id: UUID | None = None,
    ) -> None:
        """A line of the history; what the person did themselves bears no name."""
        add_line(
            uow,
            self.lines,
            row.id,
            name,
            words=words,
            by_name=uow.principal.name if by_staff else "",
            is_internal=is_internal,
            request_id=request_id,
        )

    def record(
        self, uow: UnitOfWork, row: CaseRow, fact: type[DomainEvent], **more: str | UUID
    ) -> None:
        """Say it to the log and to others, never whose it is."""
        made: Callable[..., DomainEvent] = fact
        told = {name: getattr(row, column) for name, column in self.told.items()}
        uow.emit(made(subject_id=row.id, number=row.number, **told, **more))
