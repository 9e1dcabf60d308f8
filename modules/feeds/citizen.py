"""Public pages: how to follow the municipality, what it says on networks, short posts."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, render_template

from obshto.modules.feeds.services import outgoing, reading, sources
from obshto.modules.feeds.services.incoming import picture_of_item
from obshto.modules.feeds.services.shown import shown_of
from obshto.platform.storage.sending import send_file
from obshto.platform.web.access import open_to_all
from obshto.platform.web.edge import current_work
from obshto.platform.web.language import current_language
from obshto.platform.web.paging import page_number, paginate

citizen = Blueprint("feeds_citizen", __name__)
RSS, ATOM, JSON = "application/rss+xml", "application/atom+xml", "application/feed+json"


@citizen.get("/")
@open_to_all
def index() -> str:
    work = current_work()
    page = paginate(work.session, sources.items(), page_number())
    posts = list(work.session.scalars(reading.standing(work.now)))
    shown = {post.id: shown_of(post) for post in posts}
    about = {"posts": posts, "shown": shown, "sources": sources.sources_by_id(work)}
    return render_template("feeds/index.html", page=page, kinds=sources.KINDS, **about)


@citizen.get("/<uuid:post_id>")
@open_to_all
def show(post_id: UUID) -> str:
    work = current_work()
    post = reading.public_post(work, post_id)
    return render_template("feeds/show.html", post=post, it=shown_of(post), now=work.now)


@citizen.get("/<uuid:post_id>/picture")
@open_to_all
def picture(post_id: UUID) -> Response:
    return send_file(current_work(), reading.picture_for(current_work(), post_id))


@citizen.get("/items/<uuid:entry_id>/picture")
@open_to_all
def item_picture(entry_id: UUID) -> Response:
    return send_file(current_work(), picture_of_item(current_work(), entry_id))


@citizen.get("/rss.xml")
@open_to_all
def rss() -> Response:
    return _feed(outgoing.rss, "rss.xml", RSS)


@citizen.get("/atom.xml")
@open_to_all
def atom() -> Response:
    return _feed(outgoing.atom, "atom.xml", ATOM)


@citizen.get("/feed.json")
@open_to_all
def json_feed() -> Response:
    return _feed(outgoing.json_feed, "feed.json", JSON)


def _feed(written: outgoing.Writer, file: str, mime: str) -> Response:
    work, language = current_work(), current_language()
    head = outgoing.head_here(work, language=language, file=file)
    told = written(head, outgoing.lines_here(work, language=language))
    return Response(told, content_type=f"{mime}; charset=utf-8")
