"""Projects of the region: one list and one map of all municipalities, compared by residents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import lazy_gettext as _

from obshto.modules.projects.services.page_context import words_of
from obshto.modules.projects.services.regional import (
    FEW,
    RegionalProjectFilter,
    project_comparison,
    projects_by_village,
    regional_projects,
)
from obshto.modules.projects.services.vocabulary import STATES, SUBJECTS
from obshto.platform.amounts import typed_as
from obshto.platform.db.batches import batches_of
from obshto.platform.village_map import drawing_of_counts
from obshto.platform.web.access import open_to_all
from obshto.platform.web.file_responses import csv_file
from obshto.platform.web.language import SOURCE, current_language
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.request_uow import current_uow
from obshto.platform.web.validity import keep_until
from obshto.tenants.api import Home, homes_with, settlements_of_region, villages_of_region

region = Blueprint("projects_region", __name__)
SLUG = "projects"
HEAD = (
    *(_("Община"), _("Име на проекта"), _("Тема"), _("Населено място"), _("Докъде е")),
    *(_("Начало на работата"), _("Обещан край"), _("Обща стойност в евро")),
    _("Адрес на страницата"),
)


@region.get("/")
@open_to_all
def index() -> str:
    uow, homes, language = current_uow(), homes_with(SLUG), current_language()
    names = settlements_of_region()
    wanted = _wanted(homes, names)
    counts = projects_by_village(uow, wanted, among=homes)
    keep_until(None)
    return render_template(
        "projects/region.html",
        page=paginate(uow.session, regional_projects(wanted, among=homes), page_number()),
        drawing=drawing_of_counts(counts, villages_of_region(language)),
        links={code: _to_village(code) for code in counts},
        compared=project_comparison(uow, among=homes),
        **words_of() | {"wanted": wanted, "homes": homes, "names": names, "few": FEW},
    )


@region.get("/projects.csv")
@open_to_all
def download() -> Response:
    """The list with its filter, as a table: all of it."""
    uow, homes, names = current_uow(), homes_with(SLUG), settlements_of_region()
    rows = regional_projects(_wanted(homes, names), among=homes)
    told = (
        [
            homes[row.municipality].name,
            row.titles[SOURCE],
            str(SUBJECTS[row.subject]),
            names.get(row.ekatte, {}).get(SOURCE, ""),
            str(STATES[row.state]),
            row.starts_on.isoformat() if row.starts_on else "",
            row.ends_on.isoformat() if row.ends_on else "",
            "" if row.total_cents is None else typed_as(row.total_cents),
            f"{homes[row.municipality].address}{row.path}",
        ]
        for some in batches_of(uow.session, rows)
        for row in some
    )
    return csv_file("projects-region.csv", HEAD, told)


def _wanted(homes: Mapping[str, Home], names: Mapping[str, Any]) -> RegionalProjectFilter:
    """The filter of the list, without what nobody offers."""
    offered: Mapping[str, Mapping[Any, Any]] = {
        "municipality": homes,
        "state": STATES,
        "subject": SUBJECTS,
        "place": names,
    }
    asked = {name: request.args.get(name, "") for name in offered}
    return RegionalProjectFilter(
        **{name: word if word in offered[name] else "" for name, word in asked.items()}
    )


def _to_village(code: str) -> str:
    """The same list of one village."""
    kept: dict[str, Any] = {
        name: request.args[name]
        for name in ("municipality", "state", "subject")
        if name in request.args
    }
    return url_for("projects_region.index", **kept, place=code)
