"""Projects as rows of a table that everybody may take away. In Bulgarian, as they are written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask_babel import lazy_gettext as _

from obshto.modules.projects.models import Project
from obshto.modules.projects.services.queries import states_of
from obshto.modules.projects.services.vocabulary import STATES, SUBJECTS
from obshto.platform.amounts import typed_as
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


def rows_of(uow: UnitOfWork, projects: Sequence[Project]) -> list[list[str]]:
    """One row each. Two queries."""
    assert uow.scope
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


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _sum(hundredths: int | None) -> str:
    return "" if hundredths is None else typed_as(hundredths)
