"""Public pages: how to follow the municipality, what it says on networks, short posts."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, render_template

from obshto.modules.feeds.services import feed_writer, queries, sources
from obshto.modules.feeds.services.approved_text import shown_of
from obshto.modules.feeds.services.feed_reader import picture_of_item
from obshto.modules.feeds.services.picture_limits import picture_of
from obshto.modules.feeds.services.port import PictureLimits
from obshto.platform.content import syndication
from obshto.platform.fetching.services import MB
from obshto.platform.storage.downloads import send_file
from obshto.platform.storage.pictures import COPY_WIDTHS
from obshto.platform.web.access import from_machine, open_to_all
from obshto.platform.web.language import current_language
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.request_uow import current_uow

citizen = Blueprint("feeds_citizen", __name__)
# https://developers.viber.com/docs/tools/channels-post-api/
JPEGS = {"picture": PictureLimits(size=MB), "thumbnail": PictureLimits(size=100_000)}
PHONE, PAGE = COPY_WIDTHS  # pixels across
RSS, ATOM, JSON = "application/rss+xml", "application/atom+xml", "application/feed+json"


@citizen.get("/")
@open_to_all
def index() -> str:
    uow = current_uow()
    page = paginate(uow.session, sources.items(), page_number())
    posts = list(uow.session.scalars(queries.standing(uow.now)))
    shown = {post.id: shown_of(post) for post in posts}
    about = {"posts": posts, "shown": shown, "sources": sources.sources_by_id(uow)}
    return render_template("feeds/index.html", page=page, kinds=sources.KINDS, **about)


@citizen.get("/<uuid:post_id>")
@open_to_all
def show(post_id: UUID) -> str:
    uow = current_uow()
    post = queries.public_post(uow, post_id)
    return render_template("feeds/show.html", post=post, it=shown_of(post), now=uow.now)


@citizen.get("/<uuid:post_id>/picture")
@open_to_all
def picture(post_id: UUID) -> Response:
    return send_file(current_uow(), queries.picture_for(current_uow(), post_id), width=PAGE)


@citizen.get("/<uuid:post_id>/<any(picture, thumbnail):name>.jpeg")
@open_to_all
def jpeg(post_id: UUID, name: str) -> Response:
    """For networks that fetch a picture; kept as a page is, so that it is seldom drawn."""
    uow = current_uow()
    picture_id = queries.picture_id_for(uow, post_id)
    content, mime = picture_of(uow, picture_id, JPEGS[name], is_jpeg=True)
    return Response(content, mimetype=mime)


@citizen.get("/items/<uuid:entry_id>/picture")
@open_to_all
def item_picture(entry_id: UUID) -> Response:
    return send_file(current_uow(), picture_of_item(current_uow(), entry_id), width=PHONE)


@citizen.post("/viber")
@from_machine(lambda: True)
def viber() -> Response:
    """Viber looks whether its webhook answers before it lets a channel post. What it sends is not
    read: of a channel it tells nothing.
    """
    return Response(status=200)


@citizen.get("/rss.xml")
@open_to_all
def rss() -> Response:
    return _feed(syndication.rss, "rss.xml", RSS)


@citizen.get("/atom.xml")
@open_to_all
def atom() -> Response:
    return _feed(syndication.atom, "atom.xml", ATOM)


@citizen.get("/feed.json")
@open_to_all
def json_feed() -> Response:
    return _feed(feed_writer.json_feed, "feed.json", JSON)


def _feed(written: feed_writer.Writer, file: str, mime: str) -> Response:
    uow, language = current_uow(), current_language()
    head = feed_writer.head_here(uow, language=language, file=file)
    told = written(head, feed_writer.lines_here(uow, language=language))
    return Response(told, content_type=f"{mime}; charset=utf-8")
