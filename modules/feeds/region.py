"""The regional profile: what the municipalities say to the whole province, and as feeds."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, render_template, request
from flask_babel import gettext

from obshto.modules.feeds.services import feed_writer
from obshto.modules.feeds.services.regional import places_in, regional_posts
from obshto.platform.content import syndication
from obshto.platform.web.access import open_to_all
from obshto.platform.web.language import SOURCE, current_language
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.request_uow import current_uow
from obshto.tenants.api import municipalities

region = Blueprint("feeds_region", __name__)
SLUG = "feeds"
Homes = dict[str, tuple[str, str]]


@region.get("/")
@open_to_all
def index() -> str:
    uow, homes = current_uow(), _homes()
    asked = request.args.get("municipality", "")
    chosen = asked if asked in homes else ""
    places = places_in(uow, uow.now, chosen) if chosen else []
    place = request.args.get("place", "")
    place = place if place in places else ""
    rows = regional_posts(uow.now, among=homes, municipality=chosen, place=place)
    page = paginate(uow.session, rows, page_number())
    about = {"homes": homes, "municipality": chosen, "place": place, "places": places}
    return render_template("feeds/region.html", page=page, **about)


@region.get("/rss.xml")
@open_to_all
def rss() -> Response:
    return _feed(syndication.rss, "rss.xml", "application/rss+xml")


@region.get("/atom.xml")
@open_to_all
def atom() -> Response:
    return _feed(syndication.atom, "atom.xml", "application/atom+xml")


@region.get("/feed.json")
@open_to_all
def json_feed() -> Response:
    return _feed(feed_writer.json_feed, "feed.json", "application/feed+json")


def _feed(written: feed_writer.Writer, file: str, mime: str) -> Response:
    uow, homes, language = current_uow(), _homes(), current_language()
    prefix = "" if language == SOURCE else f"/{language}"
    page = f"{_scheme()}://{current_app.config['SERVER_NAME']}{prefix}/feeds/"
    head = syndication.FeedHead(
        title=gettext("Публикации от област Видин"),
        about=gettext("Какво казват общините в областта"),
        page=page,
        address=f"{page}{file}",
        language=language,
    )
    rows = uow.session.scalars(regional_posts(uow.now, among=homes).limit(feed_writer.SIZE))
    told = written(head, feed_writer.lines_of_region(rows, homes))
    return Response(told, content_type=f"{mime}; charset=utf-8")


def _homes() -> Homes:
    """Name and address of each municipality that has posts switched on."""
    language, base = current_language(), current_app.config["SERVER_NAME"]
    return {
        tenant.slug: (
            tenant.names.get(language) or tenant.names[SOURCE],
            f"{_scheme()}://{tenant.slug}.{base}",
        )
        for tenant in municipalities()
        if SLUG in tenant.modules
    }


def _scheme() -> str:
    return str(current_app.config["PREFERRED_URL_SCHEME"])
