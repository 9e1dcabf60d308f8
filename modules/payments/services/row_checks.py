"""Whether each row of a file is understood; what to mend where it is not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar

from flask_babel import gettext

from obshto.modules.payments.services.law import FIRST_YEAR
from obshto.modules.payments.services.numbers import number_in
from obshto.modules.payments.services.table_reader import COLUMNS, Row
from obshto.modules.payments.services.terms import Calendar
from obshto.platform.amounts import cents_of

MOST_INSTALMENTS = 12
T = TypeVar("T")
_DAYS = ("%d.%m.%Y", "%Y-%m-%d", "%d/%m/%Y")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A row that is understood; `cents` is the whole sum, whatever was paid of it."""

    line: int
    number: str
    name: str
    kind: str
    thing: str
    year: int
    instalment: int
    cents: int
    due_on: date

    @property
    def key(self) -> tuple[str, str, str, int, int]:
        """No two rows may speak of the same."""
        return self.number, self.kind, self.thing, self.year, self.instalment


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """`column` is the name in the file, `text` says how to mend it."""

    line: int
    column: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a file says. Nothing of it may be done while there is a problem."""

    wanted: list[Wanted] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


class Wrong(Exception):
    """A cell cannot be so; the sentence says how to mend it."""


def check_rows(
    rows: Iterable[Row], *, kinds: Mapping[str, str], calendar: Calendar, today: date
) -> Checked:
    """Every row, every complaint. `kinds` are the titles of what can be charged, by code."""
    checked, first = Checked(), dict[tuple[str, str, str, int, int], int]()
    codes = {title.casefold(): code for code, title in kinds.items()} | {
        code: code for code in kinds
    }
    for row in rows:
        found = _Reader(row, kinds, codes, calendar, today)
        wanted = found.wanted()
        checked.problems.extend(found.problems)
        if wanted is None:
            continue
        if earlier := first.get(wanted.key):
            text = gettext(
                "Същото задължение стои и на ред %(line)s. Оставете едното.", line=earlier
            )
            checked.problems.append(_problem(row, "number", text))
        first.setdefault(wanted.key, row.line)
        checked.wanted.append(wanted)
    return checked


def is_year(typed: str) -> bool:
    """Whether it is written like one."""
    return len(typed) == 4 and typed.isascii() and typed.isdigit()


class _Reader:
    """One row, read cell by cell, so that all its complaints are told at once."""

    def __init__(
        self,
        row: Row,
        kinds: Mapping[str, str],
        codes: Mapping[str, str],
        calendar: Calendar,
        today: date,
    ) -> None:
        self.row, self.kinds, self.codes = row, kinds, codes
        self.calendar, self.today = calendar, today
        self.problems: list[Problem] = []

    def wanted(self) -> Wanted | None:
        """None where anything must be mended."""
        number, name = self._cell("number", self._number), self._cell("name", _name)
        kind, year = self._cell("kind", self._kind), self._cell("year", self._year)
        instalment = self._cell("instalment", lambda typed: self._instalment(typed, kind, year))
        cents = self._cell("cents", _cents)
        due_on = self._cell("due_on", lambda typed: self._due(typed, kind, year, instalment))
        if None in (number, name, kind, year, instalment, cents, due_on):
            return None
        assert number and name and kind and year and due_on
        return Wanted(
            line=self.row.line,
            number=number,
            name=name,
            kind=kind,
            thing=self.row.cells["thing"][:40],
            year=year,
            instalment=instalment or 0,
            cents=cents or 0,
            due_on=due_on,
        )

    def _cell(self, column: str, read: Callable[[str], T | None]) -> T | None:
        try:
            return read(self.row.cells[column])
        except Wrong as complaint:
            self.problems.append(_problem(self.row, column, str(complaint)))
            return None

    def _number(self, typed: str) -> str:
        number = number_in(typed, lost_zeros="number" in self.row.quantities)
        if number is None:
            raise Wrong(gettext("Проверете номера: ЕГН и ЛНЧ имат 10 цифри, ЕИК има 9 или 13"))
        return number

    def _kind(self, typed: str) -> str:
        if (code := self.codes.get(typed.casefold())) is None:
            raise Wrong(gettext("Няма такъв вид приход. Добавете го в „Сметка и видове приход“."))
        return code

    def _year(self, typed: str) -> int:
        year = int(typed) if is_year(typed) else 0
        if not FIRST_YEAR <= year <= self.today.year + 1:
            raise Wrong(gettext("Въведете година с 4 цифри, най-късно следващата"))
        return year

    def _instalment(self, typed: str, kind: str | None, year: int | None) -> int:
        """None beyond those that the year has by law, or by the municipality's own days."""
        number = _instalment(typed)
        most = len(self.calendar.days(kind, year).due_on) if kind and year else 0
        if most and number > most:
            raise Wrong(
                gettext(
                    "За „%(kind)s“ за %(year)s г. последната вноска е номер %(most)s. Въведете"
                    " номер до %(most)s или оставете празно.",
                    kind=self.kinds[kind or ""],
                    year=year,
                    most=most,
                )
            )
        return number

    def _due(
        self, typed: str, kind: str | None, year: int | None, instalment: int | None
    ) -> date | None:
        """The term of that kind where the cell is empty."""
        if typed:
            return _day(typed, self.today)
        if kind is None or year is None or instalment is None:
            return None  # told already
        due = self.calendar.days(kind, year).due(instalment)
        if due is None:
            raise Wrong(gettext("Въведете дата. За този вид и година няма зададен срок."))
        return due


def _problem(row: Row, column: str, text: str) -> Problem:
    return Problem(line=row.line, column=COLUMNS[column], text=text)


def _name(typed: str) -> str:
    if not typed:
        raise Wrong(gettext("Въведете име"))
    return typed


def _instalment(typed: str) -> int:
    if not typed:
        return 0
    number = int(typed) if len(typed) <= 2 and typed.isascii() and typed.isdigit() else -1
    if not 0 <= number <= MOST_INSTALMENTS:
        raise Wrong(gettext("Въведете номер на вноска от 1 до 12 или оставете празно"))
    return number


def _cents(typed: str) -> int:
    cents = cents_of(typed)
    if cents is None:
        raise Wrong(gettext("Въведете сума с цифри, например 12,50"))
    return cents


def _day(typed: str, today: date) -> date:
    for shape in _DAYS:
        try:
            day = datetime.strptime(typed.removesuffix("г.").strip(), shape).date()
        except ValueError:
            continue
        if FIRST_YEAR <= day.year <= today.year + 2:
            return day
    raise Wrong(gettext("Въведете дата като 30.06.2026"))
