"""The account of a year as a PDF to be printed, filed and read aloud."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from flask_babel import gettext

from obshto.billing.years.models import YearAccount
from obshto.billing.years.services import Figures
from obshto.platform.clock import day_of
from obshto.platform.content.pdf import pdf_of
from obshto.platform.web.formats import euro, moment
from obshto.platform.web.language import current_language

TEMPLATE = Path(__file__).parent / "data" / "account.typ"
Section = dict[str, Any]


def year_pdf(account: YearAccount, figures: Figures, names: Mapping[str, str]) -> bytes:
    """The same figures as on the page, in the language in force, as PDF/UA-1."""
    at = day_of(account.published_at)
    told = {
        "title": gettext("Отчет за %(year)s г.", year=figures.year),
        "region": gettext("Общински портал на област Видин"),
        "lang": current_language(),
        "at": [at.year, at.month, at.day],
        "intro": [
            gettext("Приходи: %(sum)s", sum=euro(figures.income_cents)),
            gettext("Разходи: %(sum)s", sum=euro(figures.spending_cents)),
            gettext("Остава: %(sum)s", sum=euro(figures.result_cents)),
            gettext("Сумите са без данък. Публикувано на %(at)s.", at=moment(account.published_at)),
        ],
        "sections": list(_sections(figures, names)),
    }
    return pdf_of(TEMPLATE, told)


def _sections(figures: Figures, names: Mapping[str, str]) -> Iterator[Section]:
    empty, total = gettext("Няма"), gettext("Общо")
    money = gettext("Сума")
    rows = [[names.get(slug, slug), euro(cents)] for slug, cents in figures.invoiced.items()]
    rows += [[total, euro(sum(figures.invoiced.values()))]] if rows else []
    title = gettext("Приходи от общините")
    yield {"title": title, "head": [gettext("Община"), money], "rows": rows, "empty": empty}
    rows = [[programme, euro(cents)] for programme, cents in figures.funding.items()]
    rows += [[total, euro(sum(figures.funding.values()))]] if rows else []
    title = gettext("Приходи по програми")
    yield {"title": title, "head": [gettext("Програма"), money], "rows": rows, "empty": empty}
    rows = [
        [programme, purpose, euro(cents)]
        for programme, purposes in figures.purposes.items()
        for purpose, cents in purposes.items()
    ]
    rows += [[total, "", euro(figures.spending_cents)]] if rows else []
    head = [gettext("Програма"), gettext("За какво"), money]
    yield {"title": gettext("Разходи по програми"), "head": head, "rows": rows, "empty": empty}
