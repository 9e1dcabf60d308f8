"""Budget of a year: a table of functions judged row by row, and put in the year's place whole."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import delete, select

from obshto.modules.projects.errors import NoSuchBudget, RowsWrong
from obshto.modules.projects.events import BudgetImported
from obshto.modules.projects.models import BudgetLine, BudgetYear
from obshto.modules.projects.services.accounts import FAULTS, LINE, Row
from obshto.modules.projects.services.amounts import Amount, AmountUnclear, amount_of
from obshto.modules.projects.services.money import key_of
from obshto.platform.unit_of_work import UnitOfWork

KIND, FUNCTION, PLAN, CHANGES, DONE = "kind", "function", "plan", "changes", "done"
SUMS = (PLAN, CHANGES, DONE)
# In Bulgarian in every language, so that a file opens anywhere.
BUDGET_COLUMNS: Mapping[str, str] = {
    KIND: "Вид",
    FUNCTION: "Функция",
    PLAN: "План",
    CHANGES: "Промени",
    DONE: "Изпълнение",
}
INCOME, SPENDING = "income", "spending"
BUDGET_KINDS: Mapping[str, LazyString] = {INCOME: _("Приходи"), SPENDING: _("Разходи")}
_KINDS = {"приходи": INCOME, "приход": INCOME, "разходи": SPENDING, "разход": SPENDING}
_minus = re.compile(r"\s*[-−]\s*(.+)", re.DOTALL).fullmatch


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetHead:
    """What is said of the year as a whole. `as_of`: until when `done` is counted."""

    year: int
    currency: str
    as_of: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionLine:
    """Sums of a function, in hundredths of the currency of the year."""

    kind: str
    function: str
    plan: int
    changes: int
    done: int

    @property
    def key(self) -> tuple[str, str]:
        return self.kind, key_of(self.function)


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedLine:
    """A row by its number in the file; `wrong` are columns with what is to be mended.

    A row of totals has no `line`: it is compared with the sum of the others and not kept.
    """

    number: int
    told: Mapping[str, str]
    wrong: tuple[tuple[str, str], ...] = ()
    line: FunctionLine | None = None


def judged_lines(rows: Sequence[tuple[int, Row]], head: BudgetHead) -> list[JudgedLine]:
    """Each row with all that is wrong with it; totals must be what the rows add up to."""
    judged, lines = [], dict[tuple[str, str], int]()
    for number, row in rows:
        found = _judge(number, row, head)
        if found.line and (before := lines.setdefault(found.line.key, number)) != number:
            said = gettext("Същото стои и на ред %(number)s", number=before)
            found = replace(found, line=None, wrong=((FUNCTION, said),))
        judged.append(found)
    kept = [row.line for row in judged if row.line]
    return [_compared(row, kept) for row in judged]


def _judge(number: int, row: Row, head: BudgetHead) -> JudgedLine:
    told = {name: cell.text for name, cell in row.items()}
    wrong = {name: str(FAULTS[cell.fault]) for name, cell in row.items() if cell.fault}
    kind, function = _KINDS.get(key_of(told[KIND])), " ".join(told[FUNCTION].split())
    if kind is None:
        wrong.setdefault(KIND, gettext("Напишете дали са приходи или разходи"))
    if not function:
        wrong.setdefault(FUNCTION, gettext("Напишете функцията"))
    elif len(function) > LINE:
        wrong.setdefault(FUNCTION, gettext("Съкратете текста до %(n)s знака", n=LINE))
    sums = {name: _hundredths(name, told[name], head.currency, wrong) for name in SUMS}
    in_order = tuple((name, wrong[name]) for name in BUDGET_COLUMNS if name in wrong)
    line = None if wrong else FunctionLine(kind=kind or "", function=function, **sums)
    return JudgedLine(number=number, told=told, wrong=in_order, line=line)


def _hundredths(name: str, typed: str, currency: str, wrong: dict[str, str]) -> int:
    """Less than nothing is allowed of changes alone: a plan may be cut."""
    less = _minus(typed) if name == CHANGES else None
    if not typed.strip() and name != PLAN:
        return 0
    try:
        given = amount_of(less[1] if less else typed, currency).given
    except AmountUnclear as refusal:
        wrong.setdefault(name, str(refusal))
        return 0
    return -given if less else given


def _compared(row: JudgedLine, lines: Sequence[FunctionLine]) -> JudgedLine:
    """A row „Общо“ against the sum of its kind; another row as it is."""
    told = row.line
    if told is None or key_of(told.function) not in ("общо", "всичко"):
        return row
    parts = [one for one in lines if one.kind == told.kind and one is not told]
    wrong = []
    for name in SUMS:
        total = sum(getattr(one, name) for one in parts)
        if getattr(told, name) != total:
            said = gettext("Редовете са общо %(sum)s. Поправете ги или общото.", sum=_typed(total))
            wrong.append((name, said))
    return replace(row, line=None, wrong=tuple(wrong))


def _typed(hundredths: int) -> str:
    less = "-" if hundredths < 0 else ""
    return f"{less}{abs(hundredths) // 100},{abs(hundredths) % 100:02}"


def budget_of(uow: UnitOfWork, year: int, *, to_change: bool = False) -> BudgetYear | None:
    """The year as it stands."""
    wanted = select(BudgetYear).where(BudgetYear.year == year)
    return uow.session.scalar(wanted.with_for_update() if to_change else wanted)


def budget_lines(uow: UnitOfWork, row: BudgetYear) -> Sequence[BudgetLine]:
    """Lines of a year in the order of its file."""
    own = select(BudgetLine).where(BudgetLine.budget_id == row.id)
    return uow.session.scalars(own.order_by(BudgetLine.position)).all()


def take_budget(
    uow: UnitOfWork, head: BudgetHead, rows: Sequence[tuple[int, Row]], *, expected_version: int
) -> bool:
    """Put these lines in place of the year's, all or none; False where they stand there already.

    `expected_version` is that of the year on the page, 0 where there was none. Raises RowsWrong.
    """
    judged = judged_lines(rows, head)
    lines = [one.line for one in judged if one.line]
    row = budget_of(uow, head.year, to_change=True)
    if any(one.wrong for one in judged) or not lines:
        raise RowsWrong
    if row and _told_of(uow, row) == (head, lines):
        return False
    if (row.version if row else 0) != expected_version:
        raise RowsWrong
    _write(uow, row or BudgetYear(year=head.year), head, lines)
    return True


def _told_of(uow: UnitOfWork, row: BudgetYear) -> tuple[BudgetHead, list[FunctionLine]]:
    kept = BudgetHead(year=row.year, currency=row.currency, as_of=row.as_of, note=row.note)
    return kept, [
        FunctionLine(
            kind=one.kind,
            function=one.function,
            plan=one.plan_given,
            changes=one.changes_given,
            done=one.done_given,
        )
        for one in budget_lines(uow, row)
    ]


def _write(
    uow: UnitOfWork, row: BudgetYear, head: BudgetHead, lines: Sequence[FunctionLine]
) -> None:
    row.currency, row.as_of, row.note = head.currency, head.as_of, head.note
    row.taken_at = uow.now
    uow.session.add(row)
    uow.session.flush()
    uow.session.execute(delete(BudgetLine).where(BudgetLine.budget_id == row.id))
    uow.session.add_all(
        BudgetLine(
            budget_id=row.id,
            position=at,
            kind=one.kind,
            function=one.function,
            **{f"{name}_given": getattr(one, name) for name in SUMS},
            **{f"{name}_cents": _cents(getattr(one, name), head.currency) for name in SUMS},
        )
        for at, one in enumerate(lines)
    )
    uow.session.flush()
    uow.emit(BudgetImported(subject_id=row.id, year=head.year, lines=len(lines)))


def _cents(given: int, currency: str) -> int:
    cents = Amount(abs(given), currency).cents
    return -cents if given < 0 else cents


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetPart:
    """Income or spending of a year, in euro cents."""

    kind: str
    lines: Sequence[BudgetLine]

    def total(self, name: str) -> int:
        """Sum of `plan`, `changes`, `changed` or `done`."""
        return sum(getattr(line, f"{name}_cents") for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetPage:
    """A year as everybody reads it. `years` are those that were brought, the latest first."""

    row: BudgetYear
    years: Sequence[int]
    parts: Sequence[BudgetPart]


def budget_years(uow: UnitOfWork) -> Sequence[int]:
    """The latest first."""
    return uow.session.scalars(select(BudgetYear.year).order_by(BudgetYear.year.desc())).all()


def budget_page(uow: UnitOfWork, year: int | None) -> BudgetPage | None:
    """The year asked for, else the latest; None where none was brought. Raises NoSuchBudget."""
    years = budget_years(uow)
    if not years and year is None:
        return None
    row = budget_of(uow, years[0] if year is None else year) if years else None
    if row is None:
        raise NoSuchBudget
    lines = budget_lines(uow, row)
    parts = [
        BudgetPart(kind=kind, lines=[one for one in lines if one.kind == kind])
        for kind in BUDGET_KINDS
    ]
    return BudgetPage(row=row, years=years, parts=[part for part in parts if part.lines])
