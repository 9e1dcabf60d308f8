"""Search index beside what is published: where the one is not the other, part by part."""

from flask import g
from sqlalchemy import select
from support.contract import ONLY

from obshto.ops.compose import all_components
from obshto.ops.seed import every_module
from obshto.platform.modularity.manifest import ModuleManifest
from obshto.platform.search.index_rows import row_of
from obshto.platform.search.models import SearchEntry
from obshto.platform.search.services import index
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named

KEPT = ("object_id", "language", "title", "text", "place", "path")


def searched_parts():
    parts = [part for part in all_components() if part.search]
    return [part for part in parts if not ONLY or part.slug == ONLY]


def optional_parts():
    """Those that a municipality may switch off."""
    return {part.slug for part in searched_parts() if isinstance(part, ModuleManifest)}


def index_again(app, slug):
    """All parts are read anew, as the job of the night does."""
    with app.app_context():
        g.modules = every_module()
        for part in searched_parts():
            with open_uow(scope_named(slug), Principal.system("search")) as uow:
                index(uow, part=part.slug)


def index_catalogue(app, slug):
    """What comes with a part and is announced by nothing but its switch: the catalogue of services.

    The test villages are switched on past it."""
    with app.app_context():
        g.modules = every_module()
        with open_uow(scope_named(slug), Principal.system("search")) as uow:
            index(uow, part="eservices")


def index_faults(app, slug):
    """Of each part: rows that stand for nothing published, things published that no search finds.

    The whole part is read anew, as the job of the night does; what was kept since, fact by fact,
    must say the same.
    """
    with app.app_context():
        g.modules = every_module()
        with open_uow(scope_named(slug), Principal.system("search")) as uow:
            faults = {part.slug: _faults(uow, part, slug) for part in searched_parts()}
    return {part: found for part, found in faults.items() if any(found)}


def _faults(uow, part, slug):
    published = {_told(row_of(entry, slug)) for entry in part.search.of(uow, None)}
    kept = select(SearchEntry).where(SearchEntry.part == part.slug)
    found = {_told(vars(row)) for row in uow.session.scalars(kept)}
    return sorted(found - published), sorted(published - found)


def _told(row):
    return tuple(str(row[name]) for name in KEPT)
