"""The yearly report on how content people are (НАО чл. 24, ал. 8): as a PDF, as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext, ngettext

from obshto.modules.eservices.services.fragments import DATA
from obshto.modules.eservices.services.official_names import official_title
from obshto.modules.eservices.services.ratings import SCORES
from obshto.modules.eservices.services.statistics import LEAST, Satisfaction, Year
from obshto.platform.cases.channels import CHANNELS
from obshto.platform.content.pdf import pdf_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import day, number, percent

TEMPLATE = DATA / "report.typ"
Rows = list[tuple[str, ...]]


def pdf_report(uow: UnitOfWork, year: Year, *, today: date, language: str) -> bytes:
    """The same figures as on the page, as PDF/UA-1."""
    return pdf_of(
        TEMPLATE,
        {
            "title": title_of(year),
            "municipality": official_title(uow),
            "lang": language,
            "at": [today.year, today.month, today.day],
            "intro": intro_of(year),
            "sections": [
                {"title": title, "level": 2, "before": [], "after": [], "tables": [table]}
                for title, table in _tables(year)
            ],
            "foot": [
                gettext("Изготвен на %(day)s от данните в портала.", day=day(today)),
                gettext("Групи с по-малко от %(n)s оценки не се показват.", n=LEAST),
            ],
        },
    )


def title_of(year: Year) -> str:
    """What the report is called."""
    said: str = gettext(
        "Удовлетвореност от административното обслужване, %(year)s г.", year=year.year
    )
    return said


def intro_of(year: Year) -> list[str]:
    """The year in a few sentences."""
    rated, sent = year.total.answers, sum(row.sent for row in year.terms)
    said = [
        ngettext("%(num)s подадено заявление.", "%(num)s подадени заявления.", sent),
        ngettext("%(num)s оценка.", "%(num)s оценки.", rated),
    ]
    if year.total.is_told:
        said.append(gettext("Доволни: %(share)s.", share=percent(year.total.share)))
    complaints = {"sent": year.complaints, "answered": year.complaints_answered}
    said.append(gettext("Жалби: %(sent)s, с отговор: %(answered)s.", **complaints))
    return said


def table_rows(year: Year) -> Rows:
    """Everything in one table, for a file: what it is about, of what, how much."""
    rows: Rows = [(gettext("Показател"), gettext("Група"), gettext("Стойност"))]
    for title, table in _tables(year):
        for row in table["rows"]:
            rows += [
                (f"{title}: {head}", row[0], cell)
                for head, cell in zip(table["head"][1:], row[1:], strict=True)
            ]
    return rows


def terms_rows(year: Year) -> list[list[str]]:
    """Terms kept and missed, a row for each service."""
    return [
        [
            year.titles.get(row.service, row.service),
            number(row.sent),
            number(row.in_time),
            number(row.late),
            percent(row.kept) if row.kept is not None else "–",
            number(row.overdue),
        ]
        for row in year.terms
    ]


def satisfaction_rows(groups: Sequence[Satisfaction], titles: Any) -> list[list[str]]:
    """A row for each group that is large enough; of the others only that they are small."""
    return [
        [
            str(titles.get(group.group, group.group) or gettext("Друго място")),
            *(
                [number(n) for n in (group.good, group.so_so, group.bad)] + [percent(group.share)]
                if group.is_told
                else [gettext("скрито")] * 4
            ),
        ]
        for group in groups
    ]


def terms_head() -> list[str]:
    """The heads of the table of terms."""
    return [
        gettext("Услуга"),
        gettext("Подадени"),
        gettext("В срок"),
        gettext("След срока"),
        gettext("Дял в срок"),
        gettext("Просрочени сега"),
    ]


def satisfaction_head(group: str) -> list[str]:
    """The heads of a table of scores."""
    return [group, *(str(words) for words in SCORES.values()), gettext("Дял доволни")]


def satisfaction_tables(year: Year) -> Iterator[tuple[str, list[str], list[list[str]]]]:
    """Title, heads and rows: by service, by settlement, by the way it was applied for."""
    for title, group, groups, names in (
        (gettext("Оценки по услуги"), gettext("Услуга"), year.by_service, year.titles),
        (gettext("Оценки по населени места"), gettext("Населено място"), year.by_settlement, {}),
        (gettext("Оценки по начин на заявяване"), gettext("Начин"), year.by_channel, CHANNELS),
    ):
        if groups:
            yield title, satisfaction_head(group), satisfaction_rows(groups, names)


def _tables(year: Year) -> Iterator[tuple[str, dict[str, Any]]]:
    yield (
        gettext("Срокове по услуги"),
        {"head": terms_head(), "rows": terms_rows(year)},
    )
    for title, head, rows in satisfaction_tables(year):
        yield title, {"head": head, "rows": rows}
