"""Sums of the accounts: a table is judged row by row, and written whole or not at all."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import NAMESPACE_URL, UUID, uuid5

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from obshto.modules.projects.errors import NoAccountColumn, NoAccountRows, RowsWrong
from obshto.modules.projects.events import PaymentsImported
from obshto.modules.projects.models import Programme, Project, ProjectPayment
from obshto.modules.projects.services.amounts import BGN, EUR, EURO_DAY, Amount, AmountUnclear
from obshto.modules.projects.services.amounts import amount_of as read_amount
from obshto.modules.projects.services.money import key_of
from obshto.modules.projects.services.queries import originals
from obshto.platform.clock import day_of
from obshto.platform.db.base import new_id
from obshto.platform.storage.sheets import Cell, CellFault
from obshto.platform.unit_of_work import UnitOfWork

PROJECT, PROGRAMME, DAY, SUM, CURRENCY, DOCUMENT = (
    "project",
    "programme",
    "day",
    "sum",
    "currency",
    "document",
)
# In Bulgarian in every language, so that a file opens anywhere.
COLUMNS: Mapping[str, str] = {
    PROJECT: "Проект",
    PROGRAMME: "Програма",
    DAY: "Дата",
    SUM: "Сума",
    CURRENCY: "Валута",
    DOCUMENT: "Документ",
}
OPTIONAL = (CURRENCY,)
EARLIEST = 2007  # the first programmes; an older year is a slip, 1900 is an empty cell
LINE = 200
FAULTS: Mapping[CellFault, LazyString] = {
    CellFault.FORMULA: _("Тук има формула. Напишете самата стойност."),
    CellFault.MERGED: _("Клетката е обединена с друга. Разделете ги и попълнете всяка."),
    CellFault.ERROR: _("Тук има грешка на таблицата. Напишете самата стойност."),
}
Row = dict[str, Cell]
_day = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})(?: ?г\.?)?", re.ASCII).fullmatch
_iso = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?", re.ASCII).fullmatch


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRow:
    """A row of the file that can be written."""

    project: Project
    programme: Programme
    paid_on: date
    amount: Amount
    document: str

    @property
    def request_id(self) -> UUID:
        """The same row again, in any file, is the same payment."""
        told = (
            self.project.id,
            self.programme.id,
            self.paid_on,
            self.amount.given,
            self.amount.currency,
            key_of(self.document),
        )
        return uuid5(NAMESPACE_URL, "|".join(str(part) for part in told))


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedRow:
    """A row by its number in the file; `wrong` are columns with what is to be mended."""

    number: int
    told: Mapping[str, str]
    wrong: tuple[tuple[str, str], ...] = ()
    payment: PaymentRow | None = None
    is_known: bool = False  # it is here already


class ToldRow(Protocol):
    """A row of a file, whatever was made of it."""

    @property
    def number(self) -> int: ...
    @property
    def told(self) -> Mapping[str, str]: ...


def rows_in(
    cells: Sequence[Sequence[Cell]],
    columns: Mapping[str, str] = COLUMNS,
    optional: Sequence[str] = OPTIONAL,
) -> list[tuple[int, Row]]:
    """Each row below the head by the names of the columns, with its number in the file.

    Raises NoAccountColumn, NoAccountRows.
    """
    head = [key_of(cell.text) for cell in cells[0]] if cells else []
    places = {
        name: head.index(key_of(title)) for name, title in columns.items() if key_of(title) in head
    }
    for name, title in columns.items():
        if name not in places and name not in optional:
            raise NoAccountColumn(column=title)
    told = [
        (number, {name: row[at] if at < len(row) else Cell("") for name, at in places.items()})
        for number, row in enumerate(cells[1:], 2)
        if any(cell.text or cell.fault for cell in row)
    ]
    if not told:
        raise NoAccountRows
    return told


class AccountJudge:
    """Knows every project and programme; three queries, however many rows are judged."""

    def __init__(self, uow: UnitOfWork, rows: Sequence[tuple[int, Row]]) -> None:
        self.uow, self.today = uow, day_of(uow.now)
        here = uow.session.scalars(originals().where(Project.deleted_at.is_(None))).all()
        self.projects: dict[str, list[Project]] = {}
        for project in here:
            for name in {key_of(project.number), key_of(project.title)} - {""}:
                self.projects.setdefault(name, []).append(project)
        programmes = uow.session.scalars(select(Programme)).all()
        self.programmes = {row.name_key: row for row in programmes}
        self.lines: dict[UUID, int] = {}
        self.rows = rows

    def judged(self) -> list[JudgedRow]:
        """Each row with all that is wrong with it."""
        rows = [self._judge(number, row) for number, row in self.rows]
        ids = [row.payment.request_id for row in rows if row.payment]
        known = set(
            self.uow.session.scalars(
                select(ProjectPayment.request_id).where(ProjectPayment.request_id.in_(ids))
            )
        )
        return [self._with_known(row, known) for row in rows]

    def _with_known(self, row: JudgedRow, known: set[UUID]) -> JudgedRow:
        is_known = row.payment is not None and row.payment.request_id in known
        return JudgedRow(
            number=row.number,
            told=row.told,
            wrong=row.wrong,
            payment=row.payment,
            is_known=is_known,
        )

    def _judge(self, number: int, row: Row) -> JudgedRow:
        told = {name: cell.text for name, cell in row.items()}
        wrong: dict[str, str] = {
            name: str(FAULTS[cell.fault]) for name, cell in row.items() if cell.fault
        }
        project = self._project(told[PROJECT], wrong)
        programme = self._programme(told[PROGRAMME], wrong)
        paid_on = self._paid_on(told[DAY], wrong)
        amount = _amount(told, paid_on, wrong)
        document = told[DOCUMENT]
        if not document:
            wrong.setdefault(DOCUMENT, gettext("Напишете номера на документа"))
        elif len(document) > LINE:
            wrong.setdefault(DOCUMENT, gettext("Съкратете текста до %(n)s знака", n=LINE))
        payment = None
        if project and programme and paid_on and amount and not wrong:
            payment = PaymentRow(
                project=project,
                programme=programme,
                paid_on=paid_on,
                amount=amount,
                document=document,
            )
            if before := self.lines.get(payment.request_id):
                wrong[DOCUMENT] = gettext("Същото стои и на ред %(number)s", number=before)
                payment = None
            else:
                self.lines[payment.request_id] = number
        in_order = tuple((name, wrong[name]) for name in COLUMNS if name in wrong)
        return JudgedRow(number=number, told=told, wrong=in_order, payment=payment)

    def _project(self, told: str, wrong: dict[str, str]) -> Project | None:
        found = self.projects.get(key_of(told), [])
        if len(found) == 1:
            return found[0]
        if not told:
            said = gettext("Напишете номера или името на проекта")
        elif found:
            said = gettext("Има няколко проекта с това име. Напишете номера.")
        else:
            said = gettext("Няма такъв проект. Проверете номера или името.")
        wrong.setdefault(PROJECT, said)
        return None

    def _programme(self, told: str, wrong: dict[str, str]) -> Programme | None:
        found = self.programmes.get(key_of(told))
        if found is None:
            said = gettext("Няма такава програма. Проверете името или първо я добавете.")
            wrong.setdefault(PROGRAMME, said if told else gettext("Напишете програмата"))
        return found

    def _paid_on(self, told: str, wrong: dict[str, str]) -> date | None:
        day = _date(told)
        if day is None:
            wrong.setdefault(DAY, gettext("Напишете датата като 24.11.2026"))
        elif day.year < EARLIEST:
            wrong.setdefault(DAY, gettext("Проверете годината: %(year)s", year=day.year))
        elif day > self.today:
            wrong.setdefault(DAY, gettext("Тази дата още не е дошла"))
        else:
            return day
        return None


def _date(told: str) -> date | None:
    if found := _day(told):
        day, month, year = (int(part) for part in found.groups())
    elif found := _iso(told):
        year, month, day = (int(part) for part in found.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _amount(told: Mapping[str, str], paid_on: date | None, wrong: dict[str, str]) -> Amount | None:
    try:
        amount = read_amount(told[SUM], told.get(CURRENCY, "") or _usual(told[SUM], paid_on))
    except AmountUnclear as refusal:
        wrong.setdefault(SUM, str(refusal))
        return None
    if amount.given == 0:
        wrong.setdefault(SUM, gettext("Въведете сума, по-голяма от нула"))
    elif amount.currency == BGN and paid_on and paid_on >= EURO_DAY:
        wrong.setdefault(SUM, gettext("От 1 януари 2026 г. се плаща в евро, а не в лева"))
    else:
        return amount
    return None


def _usual(told: str, paid_on: date | None) -> str:
    """Since the euro came a bare number is euro; before it the file has to say. Where the day is
    wrong, that is what has to be mended first.
    """
    is_bare = not re.search(r"[^\d\s.,'\u00a0\u202f-]", told)
    return EUR if is_bare and (paid_on is None or paid_on >= EURO_DAY) else ""


def packed(rows: Sequence[ToldRow]) -> str:
    """What travels with the form from the preview to the decision."""
    return json.dumps([[row.number, dict(row.told)] for row in rows], ensure_ascii=False)


def unpacked(
    text: str, columns: Mapping[str, str] = COLUMNS, optional: Sequence[str] = OPTIONAL
) -> list[tuple[int, Row]]:
    """The rows that were packed. Raises ValueError for what never was."""
    told, rows = json.loads(text), []
    if not told or not isinstance(told, list):
        raise ValueError(text[:40])
    for number, row in told:
        cells = {name: Cell(str(row[name])) for name in columns if name in row}
        if set(columns) - set(optional) - cells.keys():
            raise ValueError(row)
        rows.append((int(number), cells))
    return rows


def take_rows(uow: UnitOfWork, rows: Sequence[tuple[int, Row]]) -> int:
    """Write every row, or none: how many were new. The same rows again find everything done.

    Raises RowsWrong where one of them is not right any more.
    """
    judged = AccountJudge(uow, rows).judged()
    if any(row.payment is None for row in judged):
        raise RowsWrong
    values = [_values(row.payment) for row in judged if row.payment]
    written = (
        insert(ProjectPayment).values(values).on_conflict_do_nothing().returning(ProjectPayment.id)
    )
    new = len(uow.session.scalars(written).all())
    if new:
        uow.emit(PaymentsImported(payments=new))
    return new


def _values(row: PaymentRow) -> dict[str, object]:
    return {
        "id": new_id(),
        "request_id": row.request_id,
        "project_id": row.project.id,
        "programme_id": row.programme.id,
        "paid_on": row.paid_on,
        "document": row.document,
        "cents": row.amount.cents,
        "given": row.amount.given,
        "currency": row.amount.currency,
    }
