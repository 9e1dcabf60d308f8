"""Funder's report as tables: for the page, a CSV file and a PDF."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from flask_babel import gettext

from obshto.modules.courses.services.report.figures_of_year import (
    AGE,
    EKATTE,
    Key,
    ProgrammeYear,
    ToldTraits,
    told_traits,
)
from obshto.platform.content.pdf import tables_pdf
from obshto.platform.content.report_tables import ReportTable, sections_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import day, euro, number, percent
from obshto.tenants.api import ages, place_names


def title_of(one: ProgrammeYear) -> str:
    """„Курсове по програма „Умения“, 2026 г.“"""
    if not one.programme:
        return str(gettext("Курсове без програма, %(year)s г.", year=one.year))
    told = {"programme": one.programme, "year": one.year}
    return str(gettext("Курсове по програма „%(programme)s“, %(year)s г.", **told))


def tables_of(
    uow: UnitOfWork, found: Mapping[Key, ProgrammeYear], key: Key, language: str
) -> list[ReportTable]:
    """What may be told of one report."""
    villages = (gettext("По населено място"), gettext("Населено място"))
    by_age = (gettext("По възраст"), gettext("Възраст"))
    names = {code: str(name) for code, name in place_names(uow.scope.slug, language).items()}
    spans = {code: str(name) for code, name in ages().items()}
    return [
        _totals(found[key]),
        _traits(*villages, told_traits(found, key, EKATTE), names),
        _traits(*by_age, told_traits(found, key, AGE), spans),
    ]


def notes() -> list[str]:
    """How to read it."""
    return [
        gettext("Броят се групите, които са завършили през годината."),
        gettext("Завършил е, който е бил на толкова занятия, колкото иска удостоверението."),
        gettext("Числа под 10 са скрити, а с тях и онези, от които могат да се изчислят."),
    ]


def pdf_report(
    uow: UnitOfWork,
    one: ProgrammeYear,
    tables: Sequence[ReportTable],
    *,
    today: date,
    language: str,
) -> bytes:
    """The same as on the page, as PDF/UA-1."""
    made = gettext("Изготвен на %(day)s от данните в портала.", day=day(today))
    return tables_pdf(
        title_of(one),
        sections_of(tables),
        municipality=uow.scope.title,
        language=language,
        on=today,
        foot=[*notes(), made],
    )


def nothing_told() -> str:
    """Where all groups are too small."""
    return str(gettext("Нищо не може да се покаже: групите са под 10 души."))


def _totals(one: ProgrammeYear) -> ReportTable:
    rows = [
        [gettext("Курсове"), number(len(one.courses))],
        [gettext("Групи"), number(one.groups)],
        [gettext("Учебни часове"), number(round(one.minutes / 60, 1))],
        [gettext("Записани"), number(one.enrolled)],
        [gettext("Дошли поне веднъж"), number(one.came)],
        [gettext("Завършили"), number(one.completed)],
        [gettext("Получени такси"), euro(one.received_cents)],
    ]
    for label, right in (
        (gettext("Верни отговори преди курса"), one.before),
        (gettext("Верни отговори след курса"), one.after),
    ):
        told = percent(right / one.asked) if one.is_gain_told else gettext("под 10 души с тест")
        rows.append([label, told])
    head = [gettext("Показател"), gettext("Стойност")]
    return ReportTable(title=gettext("Общо"), head=head, rows=rows)


def _traits(title: str, head: str, told: ToldTraits, names: Mapping[str, str]) -> ReportTable:
    rows = [
        [
            names.get(row.code) or gettext("не казаха"),
            number(row.enrolled),
            gettext("скрито") if row.completed is None else number(row.completed),
        ]
        for row in told.rows
    ]
    if rows and told.others:
        rows.append([gettext("всички останали"), number(told.others), gettext("скрито")])
    return ReportTable(
        title=title,
        head=[head, gettext("Записани"), gettext("Завършили")],
        rows=rows,
        notes=[] if rows else [nothing_told()],
    )
