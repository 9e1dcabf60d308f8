"""Files and answers for programs: each format, earlier editions, descriptions, the API, DCAT."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask import Blueprint, Response, make_response, request

from obshto.modules.opendata.errors import NoFileYet
from obshto.modules.opendata.models import Edition
from obshto.modules.opendata.services.api_query import read_page, read_query
from obshto.modules.opendata.services.catalogue import entries, entry_of
from obshto.modules.opendata.services.dcat import (
    CataloguePage,
    catalogue_in,
    catalogue_of,
)
from obshto.modules.opendata.services.descriptions import package_of
from obshto.modules.opendata.services.edition_feed import edition_feed
from obshto.modules.opendata.services.editions import edition_numbered
from obshto.platform.errors import DomainError
from obshto.platform.storage.downloads import send_file
from obshto.platform.storage.services import file_of
from obshto.platform.web.access import open_to_all
from obshto.platform.web.language import SOURCE, current_language, speaking
from obshto.platform.web.pagination import page_number
from obshto.platform.web.request_uow import current_uow


def add_files(citizen: Blueprint) -> None:
    """Hang these addresses below the pages."""
    sets = "/sets/<part>/<slug>"
    citizen.add_url_rule(f"{sets}.<suffix>", view_func=download)
    citizen.add_url_rule(f"{sets}/versions/<int:number>.json", view_func=earlier)
    citizen.add_url_rule(f"{sets}/datapackage.json", view_func=package)
    citizen.add_url_rule(f"{sets}/atom.xml", view_func=feed)
    citizen.add_url_rule("/api/<part>/<slug>", view_func=api)
    citizen.add_url_rule("/catalog.<suffix>", view_func=catalogue_file)


@open_to_all
def download(part: str, slug: str, suffix: str) -> Response:
    """The latest edition in a format."""
    entry = entry_of(current_uow(), part, slug)
    return _file(entry.edition, suffix)


@open_to_all
def earlier(part: str, slug: str, number: int) -> Response:
    """An edition by its number: its content never changes."""
    uow = current_uow()
    entry_of(uow, part, slug)
    return _file(edition_numbered(uow, part, slug, number), "json")


@open_to_all
def package(part: str, slug: str) -> Response:
    """Frictionless data package."""
    uow = current_uow()
    with speaking(SOURCE):
        entry = entry_of(uow, part, slug)
        if entry.edition is None:
            raise NoFileYet
        told = package_of(entry, uow.scope.address + entry.address)
        return _json(told)


@open_to_all
def feed(part: str, slug: str) -> Response:
    """The latest editions as Atom."""
    uow = current_uow()
    told = edition_feed(uow, entry_of(uow, part, slug), language=current_language())
    return Response(told, content_type="application/atom+xml; charset=utf-8")


@open_to_all
def api(part: str, slug: str) -> Response:
    """Rows narrowed by columns, page by page; what is wrong is said as JSON."""
    uow = current_uow()
    try:
        edition = entry_of(uow, part, slug).edition
        if edition is None:
            raise NoFileYet
        query = read_query(request.args, edition.columns)
        page = read_page(uow, edition, query)
    except DomainError as refusal:
        return _json({"error": str(refusal)}, refusal.status)
    onward = None
    if page.after is not None:
        args = [(name, value) for name, value in request.args.items() if name != "after"]
        onward = f"{request.base_url}?{urlencode([*args, ('after', page.after)])}"
    told = {"edition": edition.number, "rows": edition.rows, "data": page.rows, "next": onward}
    return _json(told)


@open_to_all
def catalogue_file(suffix: str) -> Response:
    """DCAT-AP 3, as harvesters read it."""
    uow = current_uow()
    with speaking(SOURCE):
        whole = catalogue_of(entries(uow), uow.scope)
    page = CataloguePage(
        address=f"{whole.address}/opendata/catalog.{suffix}",
        number=page_number(),
        total=len(whole.datasets),
    )
    shown = replace(whole, datasets=whole.datasets[page.span])
    body, mime = catalogue_in(shown, page, suffix)
    return _open(Response(body, mimetype=mime))


def _file(edition: Edition | None, suffix: str) -> Response:
    if edition is None or suffix not in edition.files:
        raise NoFileYet
    uow = current_uow()
    return _open(send_file(uow, file_of(uow, UUID(edition.files[suffix]))))


def _json(told: Any, status: int = 200) -> Response:
    body = json.dumps(told, ensure_ascii=False)
    answer = make_response(f"{body}\n", status)
    answer.mimetype = "application/json"
    return _open(answer)


def _open(answer: Response) -> Response:
    """Scripts of other sites may read it: it is for everybody (Fetch, CORS)."""
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer
