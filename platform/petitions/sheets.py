"""Sheets of a petition: numbers without gaps, and the paper itself as PDF."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from obshto.platform.content.pdf import pdf_of
from obshto.platform.petitions.errors import TooManySheets
from obshto.platform.petitions.kinds import LINES, PetitionKind, Row, Sheet
from obshto.platform.unit_of_work import UnitOfWork

TEMPLATE = Path(__file__).parent / "data" / "sheet.typ"
MOST = 200  # sheets of one printing


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetText:
    """What stands on each page: Bulgarian, as the law's columns are."""

    title: str
    unit: str
    request: str  # what is asked for, before the question
    question: str
    data_use: str  # on a line of its own, by law
    columns: Sequence[str]  # number, names, personal number, address, signature, notes
    number: str  # „Лист №“
    help: str
    foot: str


def add_sheets(
    uow: UnitOfWork,
    kind: PetitionKind[Sheet, Row],
    petition_id: UUID,
    count: int,
    *,
    request_id: UUID,
) -> Sequence[int]:
    """Number so many new sheets after the last; the same request again finds the same numbers.

    The caller holds the petition's row locked. Raises TooManySheets.
    """
    if not 0 < count <= MOST:
        raise TooManySheets(most=MOST)
    if first := numbers_of_batch(uow, kind, petition_id, request_id):
        return first
    last = uow.session.scalar(
        select(func.max(kind.sheet.number)).where(kind.sheet.petition_id == petition_id)
    )
    new: Callable[..., Sheet] = kind.sheet
    numbers = range((last or 0) + 1, (last or 0) + count + 1)
    told = {"batch_id": request_id, "printed_at": uow.now}
    try:
        with uow.session.begin_nested():
            uow.session.add_all(
                new(
                    petition_id=petition_id,
                    number=number,
                    printed_by_id=uow.principal.person_id,
                    **told,
                )
                for number in numbers
            )
    except IntegrityError:  # the same form, in the same instant
        return numbers_of_batch(uow, kind, petition_id, request_id)
    return numbers


def numbers_of_batch(
    uow: UnitOfWork, kind: PetitionKind[Sheet, Row], petition_id: UUID, batch_id: UUID
) -> Sequence[int]:
    """The numbers of one printing, in order; none where nothing was printed so."""
    wanted = select(kind.sheet.number).where(
        kind.sheet.petition_id == petition_id, kind.sheet.batch_id == batch_id
    )
    return uow.session.scalars(wanted.order_by(kind.sheet.number)).all()


def count_sheets(uow: UnitOfWork, kind: PetitionKind[Sheet, Row], petition_id: UUID) -> int:
    """How many were printed."""
    printed = select(func.count()).select_from(kind.sheet)
    return uow.session.scalar(printed.where(kind.sheet.petition_id == petition_id)) or 0


def sheets_as_pdf(text: SheetText, numbers: Sequence[int], *, on: date) -> bytes:
    """The sheets as PDF/UA-1, one a page. The same numbers on the same day give the same bytes."""
    told = {name: getattr(text, name) for name in SheetText.__slots__}
    told["columns"] = list(text.columns)
    at = [on.year, on.month, on.day]
    return pdf_of(TEMPLATE, {**told, "numbers": list(numbers), "lines": LINES, "at": at})
