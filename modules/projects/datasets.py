"""Data sets of projects: what is built where, by when, for how much; who pays and what was paid."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, Float, cast, select

from obshto.modules.projects.models import (
    BudgetLine,
    BudgetYear,
    FundingShare,
    Programme,
    Project,
    ProjectPayment,
    Stage,
)
from obshto.modules.projects.services.budget import INCOME, SPENDING
from obshto.modules.projects.services.queries import public
from obshto.modules.projects.services.vocabulary import SOURCES, SUBJECTS
from obshto.platform.datasets import common_columns as common
from obshto.platform.datasets.declarations import Column, ColumnType, Dataset, Query
from obshto.platform.unit_of_work import UnitOfWork


def _euro(cents: Any) -> ColumnElement[Any]:
    return cast(cents, Float) / 100


def _rows(uow: UnitOfWork) -> Query:
    return public(uow).with_only_columns(
        *(Project.id, Project.number, Project.title, Project.subject, Project.ekatte),
        *(Project.starts_on, Project.promised_on, Project.ends_on, Project.ended_on),
        *(Project.stopped_on, _euro(Project.total_cents), _euro(Project.contract_cents)),
        *(Project.latitude, Project.longitude),
    )


def _shares(uow: UnitOfWork) -> Query:
    rows = public(uow).join(FundingShare, FundingShare.project_id == Project.id)
    rows = rows.join(Programme, Programme.id == FundingShare.programme_id)
    return rows.order_by(Programme.id).with_only_columns(
        *(Project.id, Project.number, Project.title),
        *(Programme.name, Programme.source, _euro(FundingShare.cents)),
    )


def _payments(uow: UnitOfWork) -> Query:
    rows = public(uow).join(ProjectPayment, ProjectPayment.project_id == Project.id)
    rows = rows.join(Programme, Programme.id == ProjectPayment.programme_id)
    return rows.order_by(ProjectPayment.paid_on, ProjectPayment.id).with_only_columns(
        *(ProjectPayment.id, Project.id, Project.number, Project.title),
        *(Programme.name, Programme.source),
        *(ProjectPayment.paid_on, _euro(ProjectPayment.cents)),
    )


def _stages(uow: UnitOfWork) -> Query:
    rows = public(uow).join(Stage, Stage.project_id == Project.id)
    return rows.order_by(Stage.promised_on, Stage.id).with_only_columns(
        *(Stage.id, Project.id, Project.number, Project.title, Stage.title),
        *(Stage.promised_on, Stage.due_on, Stage.reached_on),
    )


def _budget(kind: str) -> Callable[[UnitOfWork], Query]:
    def rows(uow: UnitOfWork) -> Query:
        of_kind = select(
            *(BudgetYear.year, BudgetLine.function, _euro(BudgetLine.plan_cents)),
            *(_euro(BudgetLine.changes_cents), _euro(BudgetLine.done_cents), BudgetYear.as_of),
        ).join(BudgetYear, BudgetYear.id == BudgetLine.budget_id)
        in_order = of_kind.order_by(BudgetYear.year, BudgetLine.position)
        return in_order.where(BudgetLine.kind == kind)

    return rows


def _budget_set(kind: str, slug: str, title: Any, about: Any) -> Dataset:
    return Dataset(
        slug=slug,
        period=("year",),
        title=title,
        about=about,
        columns=(
            common.YEAR,
            Column(name="function", title=_("Функция")),
            _sum("plan", _("План в евро")),
            _sum("changes", _("Промени в евро")),
            _sum("done", _("Изпълнение в евро")),
            _day("as_of", _("До коя дата е изпълнението")),
        ),
        rows=_budget(kind),
        key=("year", "function"),
        theme="ECON",
        chart=("year", "done"),
        path="/projects/budget",
    )


def _day(name: str, title: Any) -> Column:
    return Column(name=name, title=title, type=ColumnType.DATE)


def _sum(name: str, title: Any) -> Column:
    return Column(name=name, title=title, type=ColumnType.NUMBER)


PROJECT_ID = Column(name="project_id", title=_("Постоянен номер на проекта"))
PROJECT_TITLE = Column(name="project", title=_("Проект"))
PROGRAMME = Column(name="programme", title=_("Програма"))
DATASETS = (
    Dataset(
        slug="projects",
        period=("started_on", "ends_on", "ended_on", "stopped_on"),
        title=_("Проекти на общината"),
        about=_("Какво се строи, къде, докога беше обещано и за колко. Сумите са в евро."),
        columns=(
            *(common.ID, common.NUMBER, common.TITLE, common.kind(SUBJECTS), common.PLACE),
            common.STARTED_ON,
            _day("promised_on", _("Обещан край в началото")),
            _day("ends_on", _("Обещан край сега")),
            _day("ended_on", _("Кога е завършен")),
            _day("stopped_on", _("Кога е спрян")),
            _sum("total", _("Обща стойност в евро")),
            _sum("contract", _("Стойност на договора в евро")),
            *(common.LATITUDE, common.LONGITUDE),
        ),
        rows=_rows,
        point=common.POINT,
        path="/projects/",
    ),
    Dataset(
        slug="project-funding",
        title=_("Кой плаща проектите"),
        about=_("Какъв дял от всеки проект идва от коя програма. Сумите са в евро."),
        columns=(
            *(PROJECT_ID, common.NUMBER, PROJECT_TITLE, PROGRAMME, common.kind(SOURCES)),
            _sum("share", _("Дял в евро")),
        ),
        rows=_shares,
        key=("project_id", "programme"),
        path="/projects/",
    ),
    Dataset(
        slug="project-payments",
        period=("paid_on",),
        title=_("Плащания по проекти"),
        about=_("Какво е платено, кога и по коя програма. Сумите са в евро."),
        columns=(
            *(common.ID, PROJECT_ID, common.NUMBER, PROJECT_TITLE, PROGRAMME),
            *(common.kind(SOURCES), _day("paid_on", _("Кога е платено"))),
            _sum("sum", _("Сума в евро")),
        ),
        rows=_payments,
        path="/projects/",
    ),
    Dataset(
        slug="project-stages",
        period=("promised_on", "due_on", "reached_on"),
        title=_("Етапи на проектите"),
        about=_("Кой етап докога беше обещан, докога е обещан сега и кога е стигнат."),
        columns=(
            *(common.ID, PROJECT_ID, common.NUMBER, PROJECT_TITLE, common.TITLE),
            _day("promised_on", _("Обещан край в началото")),
            _day("due_on", _("Обещан край сега")),
            _day("reached_on", _("Кога е стигнат")),
        ),
        rows=_stages,
        path="/projects/",
    ),
    _budget_set(
        INCOME,
        "budget-income",
        _("Бюджет: приходи"),
        _("Откъде идват парите на общината: план, промени и изпълнение. Сумите са в евро."),
    ),
    _budget_set(
        SPENDING,
        "budget-spending",
        _("Бюджет: разходи"),
        _("За какво отиват парите на общината: план, промени и изпълнение. Сумите са в евро."),
    ),
)
