"""Content of a guide's page: its steps, its files, where it is done, where it can be tried."""

from __future__ import annotations

from typing import Any

from obshto.modules.guides.models import CitizenGuide
from obshto.modules.guides.services.edits import GuideLinks
from obshto.modules.guides.services.kind import KIND
from obshto.modules.guides.services.queries import translations
from obshto.modules.guides.services.steps import steps_of
from obshto.platform.editorial.attachments import files_on, leads_of
from obshto.platform.modularity.guide_films import GuideFilm, GuideFilms
from obshto.platform.modularity.ports import port_here
from obshto.platform.modularity.registry import components_here, current_registry
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import prefix_of
from obshto.tenants.api import find_practice, name_of, settlements_here


def page_of(uow: UnitOfWork, guide: CitizenGuide, language: str) -> dict[str, Any]:
    """In that language, else in Bulgarian."""
    shown = translations(uow, [guide], language).get(guide.id, guide)
    links = open_links(guide)
    film = film_of(uow, guide, links)
    return {
        "kind": KIND,
        "guide": guide,
        "shown": shown,
        "told": steps_of(shown.html),
        "files": files_on(uow, KIND, guide),
        "links": links,
        "film": film,
        "poster": _poster(uow, guide) if film else "",
        "trial": trial_address(uow, links.leads_to, language),
    }


def film_of(uow: UnitOfWork, guide: CitizenGuide, links: GuideLinks) -> GuideFilm | None:
    """The film that staff chose, else one about the guide itself or about where it leads."""
    films = port_here(GuideFilms)
    about = (guide.path, links.leads_to)
    return films.film_of(uow, page=links.video, about=about) if films else None


def _poster(uow: UnitOfWork, guide: CitizenGuide) -> str:
    """The guide's first picture stands where the film will be."""
    lead = leads_of(uow, KIND, [guide.id]).get(guide.id)
    return lead.attachment.path if lead else ""


def open_links(guide: CitizenGuide) -> GuideLinks:
    """Its links, without those into a part that is switched off."""
    return GuideLinks(
        leads_to=guide.leads_to if _is_on(guide.leads_to) else "",
        video=guide.video if _is_on(guide.video) else "",
    )


def _is_on(path: str) -> bool:
    slug = path.split("?")[0].strip("/").split("/")[0]
    here = {part.slug for part in components_here()}
    return slug in here or slug not in current_registry().parts


def trial_address(uow: UnitOfWork, path: str, language: str) -> str:
    """The same page in the practice municipality and in that language, empty where nothing can be
    tried.

    Without an account one is somebody invented there.
    """
    practice = find_practice() if path and not uow.scope.is_practice else None
    return f"{practice.scope().address}{prefix_of(language)}{path}" if practice else ""


def places_here(uow: UnitOfWork, language: str) -> dict[str, str]:
    """Settlements of the municipality by their codes, in the order of their names."""
    names = settlements_here(uow)
    told = {code: name_of(code, names, language) for code in names}
    return dict(sorted(told.items(), key=lambda item: item[1].split(".")[-1].strip()))
