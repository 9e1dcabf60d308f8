"""The region's pages of the formula: its versions, what next year would cost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from obshto.billing.permissions import CostPermission
from obshto.billing.region.desk import Answer, filled
from obshto.billing.region.forms.tariff import TariffForm, tariff_form
from obshto.billing.region.tariff_diff import changes, lines
from obshto.billing.sharing import tariffs as kept
from obshto.billing.sharing.errors import InForceAlready
from obshto.billing.sharing.members import all_titles
from obshto.billing.sharing.models import Tariff
from obshto.billing.sharing.simulation import KINDS, Outlook, outlook
from obshto.billing.sharing.tariff_terms import Terms
from obshto.platform.amounts import typed_as
from obshto.platform.clock import today
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.file_responses import csv_file
from obshto.platform.web.language import current_language
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow

tariffs = Blueprint("tariffs", __name__)
YEARS = 2  # ahead; farther nobody can say anything
HEAD = (
    _("Община"),
    _("Жители"),
    _("Равен дял"),
    _("Според жителите"),
    _("Модули"),
    _("Според ползването"),
    _("За годината"),
    _("За предишната година"),
    _("Разлика"),
)


@tariffs.get("/")
@requires(CostPermission.SEE)
def index() -> str:
    versions = kept.tariffs(current_uow())
    now = kept.in_force(versions, kept.month_of(today()))
    return render_template("billing/region_tariffs.html", versions=versions, now=now)


@tariffs.get("/<uuid:tariff_id>")
@requires(CostPermission.SEE)
def show(tariff_id: UUID) -> str:
    """What it says, and what it changes."""
    uow = current_uow()
    found = kept.tariff_of(uow, tariff_id)
    before = kept.in_force(
        [one for one in kept.tariffs(uow) if one.in_force_on < found.in_force_on],
        found.in_force_on,
    )
    return render_template(
        "billing/region_tariff.html",
        tariff=found,
        terms=found.said,
        lines=list(lines(found.said)),
        titles=all_titles(),
        is_open=kept.is_open(uow, found),
        changes=changes(before.said if before else Terms(), found.said),
        year=found.in_force_on.year,
    )


@tariffs.route("/new", methods=["GET", "POST"])
@requires(CostPermission.RUN)
def new() -> Answer:
    """Begins with what the last version says."""
    versions = kept.tariffs(current_uow())
    month = kept.month_of(today())
    first = kept.next_month(month) if versions else month.replace(month=1)
    form = tariff_form(
        first=first, terms=versions[0].said if versions else Terms(), expected_version=0
    )
    if form.validate_on_submit():
        try:
            return see_other(".show", tariff_id=_written(form).id, said="billing.tariff-set")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    return _page(form, gettext("Нова версия на формулата"), url_for(".index"))


@tariffs.route("/<uuid:tariff_id>/change", methods=["GET", "POST"])
@requires(CostPermission.RUN)
def change(tariff_id: UUID) -> Answer:
    uow = current_uow()
    found = kept.tariff_of(uow, tariff_id, to_change=request.method == "POST")
    if not kept.is_open(uow, found):
        raise InForceAlready
    said = {"in_force_on": found.in_force_on.isoformat(), "reason": found.reason}
    first = kept.next_month(kept.month_of(today()))
    form = tariff_form(first=first, terms=found.said, expected_version=found.version, **said)
    if form.validate_on_submit():
        try:
            _changed(found, form)
            return see_other(".show", tariff_id=found.id, said="billing.tariff-set")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
            form.expected_version.data = found.version
    return _page(form, gettext("Промяна на формулата"), url_for(".show", tariff_id=found.id))


@tariffs.get("/simulation")
@requires(CostPermission.SEE)
def simulation() -> str:
    year, tried = _asked()
    found = outlook(current_uow(), year, tried=tried.said if tried else None)
    return render_template(
        "billing/region_simulation.html",
        found=found,
        year=year,
        tried=tried,
        versions=kept.tariffs(current_uow()),
        years=range(today().year, today().year + YEARS + 1),
        head=HEAD,
    )


@tariffs.get("/simulation.csv")
@requires(CostPermission.SEE)
def simulation_file() -> Response:
    year, tried = _asked()
    found = outlook(current_uow(), year, tried=tried.said if tried else None)
    return csv_file(f"costs-{year}.csv", HEAD, _rows(found))


def _rows(found: list[Outlook]) -> Iterator[list[str]]:
    for one in found:
        sums = [*(one.part(kind) for kind in KINDS), one.cents, one.before_cents]
        change = f"{'-' if one.change_cents < 0 else ''}{typed_as(abs(one.change_cents))}"
        name, people = one.sharer.name(current_language()), str(one.sharer.population)
        yield [name, people, *(typed_as(cents) for cents in sums), change]


def _asked() -> tuple[int, Tariff | None]:
    """The year and the version that is tried out; next year and none where none is said."""
    asked, tried = request.args.get("year", ""), request.args.get("tariff", "")
    years = {str(year): year for year in range(today().year, today().year + YEARS + 1)}
    known = {str(one.id): one for one in kept.tariffs(current_uow())}
    return years.get(asked, today().year + 1), known.get(tried)


def _written(form: TariffForm) -> Tariff:
    return kept.write_tariff(
        current_uow(),
        form.terms(),
        in_force_on=date.fromisoformat(form.in_force_on.data),
        reason=form["reason"].data.strip(),
        request_id=form.request_id.data,
    )


def _changed(found: Tariff, form: TariffForm) -> None:
    kept.change_tariff(
        current_uow(),
        found,
        form.terms(),
        in_force_on=date.fromisoformat(form.in_force_on.data),
        reason=form["reason"].data.strip(),
        expected_version=form.expected_version.data,
    )


def _page(form: TariffForm, heading: str, back: str) -> Answer:
    return filled(form, heading=heading, act=gettext("Запишете версията"), back=back)
