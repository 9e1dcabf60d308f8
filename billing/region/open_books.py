"""For everybody: the formula, what each municipality pays, the accounts of past years."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, Response, jsonify, render_template
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from obshto.billing.region.municipality_names import names_here
from obshto.billing.region.tariff_diff import lines
from obshto.billing.sharing.members import all_titles
from obshto.billing.sharing.simulation import KINDS, of_year
from obshto.billing.sharing.tariffs import in_force, month_of, tariffs
from obshto.billing.years.pdf import year_pdf
from obshto.billing.years.services import Figures, published, published_years
from obshto.platform.amounts import typed_as
from obshto.platform.clock import today
from obshto.platform.web.access import open_to_all
from obshto.platform.web.file_responses import csv_file, public_pdf
from obshto.platform.web.request_uow import current_uow

open_books = Blueprint("open_books", __name__)
SHARES_HEAD = (
    *(_("Община"), _("Жители"), _("Равен дял"), _("Според жителите"), _("Модули")),
    *(_("Според ползването"), _("За годината")),
)
HEAD = (_("Раздел"), _("Община или програма"), _("За какво"), _("Сума без данък в евро"))


@open_books.get("/")
@open_to_all
def index() -> str:
    uow, versions = current_uow(), tariffs(current_uow())
    now = in_force(versions, month_of(today()))
    return render_template(
        "billing/open_index.html",
        now=now,
        lines=list(lines(now.said)) if now else [],
        coming=[one for one in versions if one.in_force_on > today()],
        found=of_year(uow, today().year) if now else [],
        titles=all_titles(),
        year=today().year,
        years=published_years(uow),
    )


@open_books.get("/formula.json")
@open_to_all
def formula() -> Response:
    """Every version, for programs: cents without VAT."""
    versions = tariffs(current_uow())
    told = [{"in_force_on": one.in_force_on.isoformat(), **one.terms} for one in versions]
    return jsonify({"currency": "EUR", "versions": told})


@open_books.get("/municipalities.csv")
@open_to_all
def shares_file() -> Response:
    """Who pays how much this year, as a table."""
    found = of_year(current_uow(), today().year)
    names = names_here()
    rows = [
        [names.get(one.sharer.slug, one.sharer.slug), str(one.sharer.population)]
        + [_sum(one.part(kind)) for kind in KINDS]
        + [_sum(one.cents)]
        for one in found
    ]
    return csv_file(f"portal-costs-{today().year}.csv", SHARES_HEAD, rows)


@open_books.get("/municipalities.json")
@open_to_all
def shares_json() -> Response:
    """The same for programs: cents without VAT."""
    told = [
        {"municipality": one.sharer.slug, "residents": one.sharer.population}
        | {f"{kind}_cents": one.part(kind) for kind in KINDS}
        | {"cents": one.cents}
        for one in of_year(current_uow(), today().year)
    ]
    return jsonify({"year": today().year, "currency": "EUR", "municipalities": told})


@open_books.get("/<int:year>")
@open_to_all
def year(year: int) -> str:
    account, figures, is_corrected = published(current_uow(), year)
    return render_template(
        "billing/open_year.html",
        account=account,
        figures=figures,
        is_corrected=is_corrected,
        names=names_here(),
    )


@open_books.get("/<int:year>.csv")
@open_to_all
def year_file(year: int) -> Response:
    _, figures, _corrected = published(current_uow(), year)
    return csv_file(f"account-{year}.csv", HEAD, _rows(figures))


@open_books.get("/<int:year>.pdf")
@open_to_all
def year_paper(year: int) -> Response:
    account, figures, _corrected = published(current_uow(), year)
    return public_pdf(f"account-{year}", year_pdf(account, figures, names_here()))


def _rows(figures: Figures) -> Iterator[list[str]]:
    names = names_here()
    income, spending = gettext("Приходи"), gettext("Разходи")
    for slug, cents in figures.invoiced.items():
        yield [income, names.get(slug, slug), gettext("Фактури за портала"), _sum(cents)]
    for programme, cents in figures.funding.items():
        yield [income, programme, gettext("Пари по програма"), _sum(cents)]
    for programme, purposes in figures.purposes.items():
        for purpose, cents in purposes.items():
            yield [spending, programme, purpose, _sum(cents)]


def _sum(cents: int) -> str:
    return f"{'-' if cents < 0 else ''}{typed_as(abs(cents))}"
