"""What search engines are told: which pages there are, which to leave alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import Response, current_app, render_template, request, url_for
from sqlalchemy import func, or_, select

from obshto.platform.modularity.registry import components_here
from obshto.platform.scope import is_in_practice
from obshto.platform.search.models import SearchEntry
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import LANGUAGES, SOURCE
from obshto.tenants.municipalities.lookup import Municipality
from obshto.tenants.portal.frame import IS_DEMO
from obshto.tenants.portal.territory import municipalities

VALID = timedelta(days=180)  # of what is said of security
NEWEST = 5_000  # published things that are told
FIXED = (
    "tenants_portal.home",
    "tenants_portal.contact",
    "accessibility_citizen.statement",
    "tenants_portal.privacy",
)


@dataclass(frozen=True, slots=True)
class Told:
    """One page: its whole address in each language that it is written in."""

    addresses: dict[str, str]

    @property
    def first(self) -> str:
        return self.addresses.get(SOURCE) or next(iter(self.addresses.values()))


def sitemap_of(uow: UnitOfWork, here: Municipality) -> Response:
    """The pages of a municipality (sitemaps.org), with their other languages."""
    told = [*_sections(here), *_published(uow, here)]
    pages = render_template("tenants/sitemap.xml", told=told)
    return Response(pages, mimetype="application/xml")


def robots() -> Response:
    """The console is for nobody's index; a demonstration is for nobody's at all."""
    closed = "/" if current_app.config[IS_DEMO] or is_in_practice() else "/console/"
    lines = ["User-agent: *", f"Disallow: {closed}"]
    if request.endpoint in {"tenants_portal.robots_txt", "tenants_region.robots_txt"}:
        lines.append(f"Sitemap: {_host()}/sitemap.xml")
    return Response("\n".join([*lines, ""]), mimetype="text/plain")


def security_contact(path: str, now: datetime) -> Response:
    """`security.txt`: it says of itself until when it holds, so that nobody trusts an old copy."""
    until = (now + VALID).replace(microsecond=0).astimezone(UTC)
    lines = (
        f"Contact: {_host()}{path}",
        f"Expires: {until:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(LANGUAGES)}",
        f"Canonical: {_host()}/.well-known/security.txt",
        "",
    )
    return Response("\n".join(lines), mimetype="text/plain")


def sitemap_of_region() -> Response:
    """The region's own front page, and the front page of each municipality in its languages."""
    told = [Told({SOURCE: f"{_host()}/"})]
    told += [
        Told({SOURCE: url_for("tenants_portal.home", municipality=tenant.slug)})
        for tenant in municipalities()
    ]
    return Response(render_template("tenants/sitemap.xml", told=told), mimetype="application/xml")


def _sections(here: Municipality) -> Iterator[Told]:
    """The portal's own pages and the first page of each part with a menu line for citizens."""
    lines = (line for part in components_here() for line in part.nav if line.permission is None)
    for endpoint in dict.fromkeys([*FIXED, *(line.endpoint for line in lines)]):
        path = url_for(endpoint).removeprefix(request.script_root)
        yield Told({language: _address(language, path) for language in here.languages})


def _published(uow: UnitOfWork, here: Municipality) -> Iterator[Told]:
    """The newest published things of what is switched on. One query."""
    table, now = SearchEntry, uow.now
    visible = (
        select(table.path, func.array_agg(table.language))
        .where(table.part.in_([part.slug for part in components_here()]), table.published_at <= now)
        .where(or_(table.until.is_(None), table.until > now))
        .group_by(table.part, table.object_id, table.path)
        .order_by(func.max(table.published_at).desc())
        .limit(NEWEST)
    )
    for path, languages in uow.session.execute(visible):
        offered = [language for language in here.languages if language in languages]
        if offered:
            yield Told({language: _address(language, path) for language in offered})


def _address(language: str, path: str) -> str:
    return f"{_host()}{'' if language == SOURCE else f'/{language}'}{path}"


def _host() -> str:
    return request.host_url.rstrip("/")
