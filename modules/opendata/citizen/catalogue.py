"""Catalogue of data sets, the page of one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from typing import Any

from flask import Blueprint, render_template, request
from flask_babel import gettext

from obshto.modules.opendata.services.catalogue import (
    LICENCES,
    OWN,
    POINT,
    THEMES,
    CatalogueEntry,
    editions_of,
    entries,
    entry_of,
)
from obshto.modules.opendata.services.descriptions import linked
from obshto.modules.opendata.services.editions import FORMATS, rows_of_edition
from obshto.modules.opendata.services.set_map import SetMap, map_of
from obshto.modules.opendata.services.upload_reader import MOST_ROWS
from obshto.platform.datasets.declarations import Cell, Column
from obshto.platform.web.access import open_to_all
from obshto.platform.web.formats import number
from obshto.platform.web.language import current_language
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.request_uow import current_uow
from obshto.tenants.api import name_of, settlements_here

citizen = Blueprint("opendata_citizen", __name__)
PREVIEW = 10  # rows
MOST_ON_MAP = 1_000  # rows of a declared set: two pieces of its file or so
HEIGHT, WIDTH = 160, 400  # of the chart


@citizen.get("/")
@open_to_all
def index() -> str:
    words, theme = request.args.get("q", "")[:200], request.args.get("theme", "")
    theme = theme if theme in THEMES else ""
    found = entries(current_uow(), words=words, theme=theme)
    shown = {"entries": found, "q": words, "theme": theme, "themes": THEMES}
    return render_template("opendata/index.html", **shown)


@citizen.get("/sets/<part>/<slug>")
@open_to_all
def show(part: str, slug: str) -> str:
    uow = current_uow()
    entry = entry_of(uow, part, slug)
    address = uow.scope.address + entry.address
    rows = first_rows(entry)
    return render_template(
        "opendata/show.html",
        entry=entry,
        formats=FORMATS,
        licence=LICENCES.get(entry.licence, entry.licence),
        theme=THEMES.get(entry.theme, ""),
        preview=readable_rows(entry.columns, rows[:PREVIEW]),
        read=len(rows),
        map=map_on(entry, rows),
        chart=None if entry.group else drawing_of(entry),
        groups=groups_of(entry),
        api=f"{uow.scope.address}/opendata/api/{part}/{slug}",
        linked=linked(entry, address=address, publisher=uow.scope.title),
        editions=uow.session.scalars(editions_of(part, slug).limit(5)).all(),
    )


@citizen.get("/sets/<part>/<slug>/versions")
@open_to_all
def versions(part: str, slug: str) -> str:
    """What changed from one edition to the next."""
    uow = current_uow()
    entry = entry_of(uow, part, slug)
    page = paginate(uow.session, editions_of(part, slug), page_number())
    return render_template("opendata/versions.html", entry=entry, page=page)


def first_rows(entry: CatalogueEntry) -> Sequence[Mapping[str, Cell]]:
    """What the page shows: all of what was brought by hand, the first of what modules declare,
    more of them where they stand on a map."""
    if entry.edition is None or not entry.edition.files:
        return []
    declared = MOST_ON_MAP if entry.point else PREVIEW
    most = MOST_ROWS if entry.part == OWN else declared
    return list(islice(rows_of_edition(current_uow(), entry.edition), most))


def map_on(entry: CatalogueEntry, rows: Sequence[Mapping[str, Cell]]) -> SetMap | None:
    """Of what was brought by hand, and of what is declared with a point."""
    if entry.part != OWN and not entry.point:
        return None
    named_by, language = entry.named_by, current_language()
    return map_of(current_uow(), entry.columns, rows, language, named_by=named_by)


def readable_rows(columns: Sequence[Column], rows: Any) -> list[list[str]]:
    """Codes as words, EKATTE codes as names of settlements, hidden numbers said to be so."""
    say = _speaker(columns)
    return [[say(column, row.get(column.name)) for column in columns] for row in rows]


def _speaker(columns: Sequence[Column]) -> Callable[[Column, Cell], str]:
    has_places = any(column.is_place for column in columns)
    names: Mapping[str, Mapping[str, str]] = settlements_here(current_uow()) if has_places else {}

    def say(column: Column, cell: Cell) -> str:
        if cell is None:
            return str(gettext("под 10")) if column.counts_people else "–"
        if isinstance(cell, bool):
            return str(gettext("да") if cell else gettext("не"))
        if column.is_place:
            return str(name_of(str(cell), names, current_language()) or cell)
        is_amount = isinstance(cell, float) and column.name not in POINT
        if not isinstance(cell, str) and (is_amount or column.counts_people):
            return str(number(cell))
        return str(column.words.get(str(cell), cell))

    return say


def groups_of(entry: CatalogueEntry) -> list[tuple[str, float]]:
    """Each category or village in words, with its number; nothing where there is one alone."""
    values = entry.edition.chart if entry.edition and entry.group else []
    if len(values) < 2 or entry.group is None:
        return []
    say = _speaker([entry.group])
    return [(say(entry.group, code), value) for code, value in values]


def drawing_of(entry: CatalogueEntry) -> dict[str, Any] | None:
    """Columns by period, with the numbers that stand in the table beside."""
    values = entry.edition.chart if entry.edition else []
    top = max((value for _, value in values), default=0)
    if len(values) < 2 or not top:
        return None
    step = WIDTH / len(values)
    bars = [
        {
            "x": round(at * step + step * 0.15, 1),
            "y": round(HEIGHT - HEIGHT * value / top, 1),
            "width": round(step * 0.7, 1),
            "height": round(HEIGHT * value / top, 1),
            "middle": round(at * step + step / 2, 1),
            "label": str(period),
            "is_named": at % -(-len(values) // 6) == 0,
            "value": number(value),
        }
        for at, (period, value) in enumerate(values)
    ]
    return {"bars": bars, "top": number(top), "half": number(top / 2)}
