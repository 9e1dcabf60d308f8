"""Open data of the region: one list of the sets of all municipalities, one catalogue of theirs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from flask import Blueprint, Response, current_app, render_template, request

from obshto.modules.opendata.models import RegionalDataset
from obshto.modules.opendata.services.catalogue import THEMES
from obshto.modules.opendata.services.dcat import (
    CataloguePage,
    DcatCatalogue,
    DcatDataset,
    catalogue_in,
    often_of,
)
from obshto.modules.opendata.services.regional import datasets_by_municipality, regional_datasets
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.access import open_to_all
from obshto.platform.web.language import SOURCE
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.request_uow import current_uow
from obshto.platform.web.validity import keep_until
from obshto.tenants.api import homes_with, municipalities

region = Blueprint("opendata_region", __name__)
SLUG = "opendata"


@region.get("/")
@open_to_all
def index() -> str:
    uow, homes = current_uow(), homes_with(SLUG)
    asked = {name: request.args.get(name, "")[:200] for name in ("municipality", "theme", "q")}
    municipality = asked["municipality"] if asked["municipality"] in homes else ""
    theme = asked["theme"] if asked["theme"] in THEMES else ""
    rows = regional_datasets(among=homes, municipality=municipality, theme=theme, words=asked["q"])
    keep_until(None)
    return render_template(
        "opendata/region.html",
        page=paginate(uow.session, rows, page_number()),
        counts=datasets_by_municipality(uow, among=homes),
        homes=homes,
        themes=THEMES,
        **{"municipality": municipality, "theme": theme, "q": asked["q"]},
    )


@region.get("/catalog.<suffix>")
@open_to_all
def catalogue_file(suffix: str) -> Response:
    """DCAT-AP 3: the region's catalogue with those of the municipalities, page by page."""
    uow, homes = current_uow(), homes_with(SLUG)
    counts = datasets_by_municipality(uow, among=homes)
    total = sum(sets for sets, _ in counts.values())
    file = f"{_address()}/opendata/catalog.{suffix}"
    page = CataloguePage(address=file, number=page_number(), total=total)
    keep_until(None)
    body, mime = catalogue_in(_catalogue(uow, page, homes), page, suffix)
    # Scripts of other sites may read it: it is for everybody (Fetch, CORS).
    return Response(body, mimetype=mime, headers={"Access-Control-Allow-Origin": "*"})


def _catalogue(uow: UnitOfWork, page: CataloguePage, homes: Collection[str]) -> DcatCatalogue:
    """That of the region with those of the municipalities, and the data sets of the page."""
    first, last = page.span.start, page.span.stop
    rows = regional_datasets(among=homes).offset(first).limit(last - first)
    by_slug: dict[str, list[RegionalDataset]] = defaultdict(list)
    for row in uow.session.scalars(rows):
        by_slug[row.municipality].append(row)
    return DcatCatalogue(
        address=_address(),
        title="Отворени данни: област Видин",
        about="Наборите от данни на всички общини в областта",
        publisher="Област Видин",
        parts=[
            _part(one.titles[SOURCE], _address(one.slug), by_slug[one.slug])
            for one in municipalities()
            if one.slug in homes
        ],
    )


def _address(slug: str = "") -> str:
    """Of a portal, else of the region's, as no language and no request names it."""
    scheme, base = current_app.config["PREFERRED_URL_SCHEME"], current_app.config["SERVER_NAME"]
    return f"{scheme}://{slug}.{base}" if slug else f"{scheme}://{base}"


def _part(title: str, address: str, rows: list[RegionalDataset]) -> DcatCatalogue:
    return DcatCatalogue(
        address=address,
        title=f"Отворени данни: {title}",
        about="Набори от данни на общината",
        publisher=title,
        datasets=[
            DcatDataset(
                page=address + row.path,
                title=row.titles[SOURCE],
                about=row.abouts[SOURCE],
                theme=row.theme,
                licence=row.licence,
                often=often_of(row.part),
                number=row.number,
                made_at=row.made_at,
                sizes=row.sizes,
                covers=row.covers,
            )
            for row in rows
        ],
    )
