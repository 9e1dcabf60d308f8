"""Contracts with processors and their dates (Regulation (EU) 2016/679, art. 28)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, select

from obshto.modules.dataprotection.errors import NoSuchProcessor, StaleProtectionRow
from obshto.modules.dataprotection.events import ProcessorChanged
from obshto.modules.dataprotection.models import Processor
from obshto.platform.entity import create_once, expect_version
from obshto.platform.unit_of_work import UnitOfWork

SOON_DAYS = 60  # a contract is renewed by the council or by tender: that takes weeks


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessorWords:
    """A contract as staff type it; without `ends_on` it has no end."""

    name: str
    service: str
    contact: str
    signed_on: date
    ends_on: date | None


def contracts() -> Select[Processor]:
    """Those that are kept, the first to end first, those without an end last."""
    rows = select(Processor).where(Processor.removed_at.is_(None))
    return rows.order_by(Processor.ends_on.asc().nulls_last(), Processor.name, Processor.id)


def all_contracts(uow: UnitOfWork) -> Sequence[Processor]:
    """Every one, for the file."""
    return uow.session.scalars(contracts()).all()


def processor_of(uow: UnitOfWork, processor_id: UUID) -> Processor:
    """One of them, locked. Raises NoSuchProcessor."""
    row = contracts().where(Processor.id == processor_id).with_for_update()
    found = uow.session.scalar(row.execution_options(populate_existing=True))
    if found is None:
        raise NoSuchProcessor
    return found


def enter_processor(uow: UnitOfWork, words: ProcessorWords, *, request_id: UUID) -> Processor:
    """Write a contract down; the same form twice is one."""
    row = Processor(request_id=request_id, **asdict(words))
    if (first := create_once(uow, row)) is not row:
        return first
    uow.emit(ProcessorChanged(subject_id=row.id))
    return row


def change_processor(
    uow: UnitOfWork, row: Processor, words: ProcessorWords, *, expected_version: int
) -> None:
    """Raises StaleProtectionRow."""
    new = asdict(words)
    if all(getattr(row, name) == said for name, said in new.items()):
        return
    expect_version(row, expected_version, StaleProtectionRow)
    for name, said in new.items():
        setattr(row, name, said)
    uow.emit(ProcessorChanged(subject_id=row.id))


def remove_processor(uow: UnitOfWork, row: Processor, *, expected_version: int) -> None:
    """It was entered by mistake, or is over and settled. Raises StaleProtectionRow."""
    expect_version(row, expected_version, StaleProtectionRow)
    row.removed_at = uow.now
    uow.emit(ProcessorChanged(subject_id=row.id))
