"""Counts of a petition, its rows for pages and for the file of law."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from flask_babel import LazyString, lazy_gettext
from sqlalchemy import Select, func, select

from obshto.platform.petitions.kinds import LINES, NOT_VOTER, PetitionKind, Row, Sheet
from obshto.platform.unit_of_work import UnitOfWork

# Columns of the structured file: number of sheet and row, then what stands on paper. The law names
# what is in it (ЗПУГДВМС чл. 29, ал. 1) and no act that we know of its format: unconfirmed.
COLUMNS: Sequence[LazyString] = (
    lazy_gettext("Лист №"),
    lazy_gettext("Ред №"),
    lazy_gettext("Име, презиме и фамилия"),
    lazy_gettext("ЕГН"),
    lazy_gettext("Постоянен адрес"),
    lazy_gettext("Забележки"),
)
AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many rows there are; `counted` are those without a fault that no protocol took out."""

    total: int = 0
    counted: int = 0
    not_voters: int = 0
    faults: Mapping[str, int] = field(default_factory=dict)


def counts_of(uow: UnitOfWork, kind: PetitionKind[Sheet, Row], petition_id: UUID) -> Counts:
    """Of one petition; the same before and after its names were erased. One query."""
    row = kind.row
    grouped = select(row.fault, row.finding, func.count()).where(row.petition_id == petition_id)
    found = uow.session.execute(grouped.group_by(row.fault, row.finding)).all()
    faults: dict[str, int] = {}
    for fault, _finding, number in found:
        if fault:
            faults[fault] = faults.get(fault, 0) + number
    out = sum(n for fault, finding, n in found if not fault and finding == NOT_VOTER)
    good = sum(n for fault, finding, n in found if not fault and finding != NOT_VOTER)
    total = sum(number for *_, number in found)
    return Counts(total=total, counted=good, not_voters=out, faults=faults)


def rows_of(kind: PetitionKind[Sheet, Row], petition_id: UUID, *, fault: str = "") -> Select[Row]:
    """The rows by sheet and line; of one fault, or `not_voter`, where one is given."""
    wanted = select(kind.row).where(kind.row.petition_id == petition_id)
    if fault == NOT_VOTER:
        wanted = wanted.where(kind.row.finding == NOT_VOTER)
    elif fault:
        wanted = wanted.where(kind.row.fault == fault)
    return wanted.order_by(kind.row.sheet, kind.row.line)


def place_after(sheet: int, line: int) -> tuple[int, int]:
    """The line after one that was typed, on the next sheet after the last one."""
    return (sheet, line + 1) if line < LINES else (sheet + 1, 1)


def file_rows(
    uow: UnitOfWork, kind: PetitionKind[Sheet, Row], petition_id: UUID
) -> Iterator[Sequence[str]]:
    """All rows that count for the file of law, in the order of the sheets."""
    wanted = rows_of(kind, petition_id).where(kind.row.fault == "", kind.row.is_emptied.is_(False))
    for row in uow.session.scalars(wanted.execution_options(yield_per=AT_ONCE)):
        told = (row.name, row.egn, row.address, row.note)
        yield (str(row.sheet), str(row.line), *(words or "" for words in told))
