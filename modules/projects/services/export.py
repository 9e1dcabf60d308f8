"""Projects as rows of a table that everybody may take away. In Bulgarian, as they are written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import Select

from obshto.modules.projects.models import BudgetLine, Project
from obshto.modules.projects.services.budget import BUDGET_KINDS, BudgetPage
from obshto.modules.projects.services.queries import states_of
from obshto.modules.projects.services.vocabulary import STATES, SUBJECTS
from obshto.platform.amounts import typed_as
from obshto.platform.db.batches import batches_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.api import name_of, settlements_here

HEAD = (
    _("Номер в счетоводството"),
    _("Име на проекта"),
    _("Защо и какво"),
    _("Тема"),
    _("Населено място"),
    _("Докъде е"),
    _("Начало на работата"),
    _("Обещан край"),
    _("Кога е завършен"),
    _("Обща стойност в евро"),
    _("Договорена сума"),
    _("Валута"),
    _("Изпълнител"),
    _("Адрес на страницата"),
)


BUDGET_HEAD = (
    _("Приходи или разходи"),
    _("Функция"),
    _("План в евро"),
    _("Промени в евро"),
    _("План сега в евро"),
    _("Изпълнение в евро"),
)
_SUMS = ("plan", "changes", "changed", "done")


def all_rows(uow: UnitOfWork, wanted: Select[Project]) -> Iterator[list[str]]:
    """Each project that a query finds, however many; two queries for each batch."""
    for projects in batches_of(uow.session, wanted):
        yield from rows_of(uow, projects)


def rows_of(uow: UnitOfWork, projects: Sequence[Project]) -> list[list[str]]:
    """One row each. Two queries."""
    states, names = states_of(uow, projects), settlements_here(uow)
    return [
        [
            project.number,
            project.title,
            project.summary,
            str(SUBJECTS[project.subject]),
            name_of(project.ekatte, names, "bg"),
            str(STATES[states[project.id]]),
            _day(project.starts_on),
            _day(project.ends_on),
            _day(project.ended_on),
            _sum(project.total_cents),
            _sum(project.total_given),
            project.total_currency if project.total_given is not None else "",
            project.contractor,
            f"{uow.scope.address}{project.path}",
        ]
        for project in projects
    ]


def budget_rows(budget: BudgetPage) -> list[list[str]]:
    """One row a function."""
    return [
        [str(BUDGET_KINDS[part.kind]), line.function, *(_signed(line, name) for name in _SUMS)]
        for part in budget.parts
        for line in part.lines
    ]


def budget_document(budget: BudgetPage) -> dict[str, Any]:
    """The same for programs, in euro cents."""
    row = budget.row
    return {
        "year": row.year,
        "currency": "EUR",
        "as_of": row.as_of.isoformat() if row.as_of else None,
        "note": row.note,
        "lines": [
            {"kind": part.kind, "function": line.function}
            | {f"{name}_cents": getattr(line, f"{name}_cents") for name in _SUMS}
            for part in budget.parts
            for line in part.lines
        ],
    }


def _signed(line: BudgetLine, name: str) -> str:
    cents = getattr(line, f"{name}_cents")
    return f"{'-' if cents < 0 else ''}{typed_as(abs(cents))}"


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _sum(hundredths: int | None) -> str:
    return "" if hundredths is None else typed_as(hundredths)
