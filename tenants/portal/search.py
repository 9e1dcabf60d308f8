"""The search page of a municipality, and that of the region."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import request, url_for
from markupsafe import Markup, escape
from sqlalchemy import any_, exists, or_

from obshto.platform.modularity.manifest import ModuleManifest
from obshto.platform.modularity.registry import components_here, current_registry
from obshto.platform.search.demand import count_search, wished_for
from obshto.platform.search.highlight import marked, snippet
from obshto.platform.search.models import PublicRow, SearchEntry
from obshto.platform.search.personalization import newest_concerning
from obshto.platform.search.query import Found, Shelf
from obshto.platform.search.query_parser import understand
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import current_language
from obshto.platform.web.pagination import page_number
from obshto.tenants.municipalities.models import Tenant
from obshto.tenants.portal.preferences import Reader
from obshto.tenants.portal.sections import FoundSection, sections_named
from obshto.tenants.portal.territory import municipalities

ON_HOME = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One line of the results; the found words are marked."""

    title: Markup
    snippet: Markup
    href: str
    kind: str
    place: str
    published_at: datetime
    language: str


def search_here(uow: UnitOfWork, reader: Reader | None) -> dict[str, Any]:
    """What the page of a municipality shows: its own table, of what is switched on now."""
    on = [part.slug for part in components_here()]
    concern = reader.concern if reader else None
    shelf = Shelf(uow, SearchEntry, [SearchEntry.part.in_(on)], concern)
    shown = _shown(shelf, lambda row: (f"{request.script_root}{row.path}", row.place))
    sections = sections_here(shown)
    if (found := shown.get("found")) and found.page.number == 1 and not shown["part"]:
        off = [module for module in current_registry().modules() if module.slug not in on]
        wished = wished_for(found.question, off) if not found.parts else ()
        count_search(uow, in_vain=not (found.parts or sections), wished=wished)
    return shown | {"reader": reader, "sections": sections}


def sections_here(shown: dict[str, Any]) -> list[FoundSection]:
    """Pages of the menu that the question names, above the first results of all kinds."""
    found = shown.get("found")
    if found is None or found.page.number > 1 or shown["part"]:
        return []
    return sections_named(understand(shown["asked"], current_language()), components_here())


def first_for(uow: UnitOfWork, reader: Reader) -> list[Result]:
    """What is published here that concerns the reader, the newest first."""
    found = newest_concerning(
        uow,
        reader.concern,
        parts=[part.slug for part in components_here()],
        language=current_language(),
        size=ON_HOME,
    )
    return [
        Result(
            title=escape(row.title),
            snippet=Markup(),
            href=f"{request.script_root}{row.path}",
            kind=title_of(row.part),
            place=row.place,
            published_at=row.published_at,
            language=row.language,
        )
        for row in found
    ]


def search_region(uow: UnitOfWork) -> dict[str, Any]:
    """What the page of the region shows: what municipalities published, where it is switched on."""
    everyone = municipalities()
    names = {tenant.slug: tenant.names for tenant in everyone}

    def where(row: PublicRow) -> tuple[str, str]:
        home = url_for("tenants_portal.home", municipality=row.municipality).rstrip("/")
        name = names[row.municipality].get(current_language()) or names[row.municipality]["bg"]
        return f"{home}{row.path}", ", ".join(filter(None, (row.place, name)))

    return _shown(Shelf(uow, PublicRow, [_is_on()]), where) | {"everyone": everyone}


def _is_on() -> Any:
    """A row of a municipality that is there, of a part that is on there."""
    parts = current_registry().parts.values()
    always = [part.slug for part in parts if not isinstance(part, ModuleManifest)]
    here = exists().where(Tenant.slug == PublicRow.municipality)
    is_on = or_(PublicRow.part.in_(always), PublicRow.part == any_(Tenant.modules))
    return here.where(is_on)


def _shown(shelf: Shelf, where: Callable[[Any], tuple[str, str]]) -> dict[str, Any]:
    """The context of the page; before anything is asked there is only the box."""
    question = understand(request.args.get("q", ""), current_language())
    if not question.text:
        return {"asked": ""}
    part = request.args.get("part") or None
    found = shelf.find(question, part=part, number=page_number())
    return {
        "asked": question.text,
        "found": found,
        "part": part,
        "kinds": [(slug, title_of(slug), number) for slug, number in found.parts.items()],
        "results": [_result(row, found, *where(row)) for row in found.page.rows],
    }


def _result(row: SearchEntry | PublicRow, found: Found, href: str, place: str) -> Result:
    return Result(
        title=marked(row.title, found.question, row.language),
        snippet=snippet(row.text, found.question, row.language),
        href=href,
        kind=title_of(row.part),
        place=place,
        published_at=row.published_at,
        language=row.language,
    )


def title_of(slug: str) -> str:
    """How a part is called where something of it is listed."""
    part = current_registry().parts.get(slug)
    return str(part.title) if isinstance(part, ModuleManifest) else slug
