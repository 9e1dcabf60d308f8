"""Pages of followers: the one behind a letter's link, the one after an address was typed."""

from __future__ import annotations

from flask import Blueprint, g, render_template
from werkzeug.wrappers import Response

from obshto.platform.followers.pages import code_page
from obshto.platform.followers.phones import opened_phone
from obshto.platform.followers.services import (
    confirm_follow,
    is_following,
    opened_link,
    stop_following,
)
from obshto.platform.web.access import open_to_all
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow

citizen = Blueprint("followers_citizen", __name__)


@citizen.get("/asked")
@open_to_all
def asked() -> str:
    return render_template("followers/asked.html")


@citizen.route("/phone/<token>", methods=["GET", "POST"])
@open_to_all
def code(token: str) -> Response:
    """The code that came to a phone."""
    return code_page(opened_phone(current_uow(), token))


@citizen.get("/<token>")
@open_to_all
def show(token: str) -> str:
    """Nothing happens by opening it: programs that look for viruses open links, too."""
    g.is_personal = True
    uow = current_uow()
    link = opened_link(uow, token)
    follows = is_following(uow, link.thing, person_id=link.person_id, email=link.email)
    return render_template("followers/show.html", link=link, token=token, is_following=follows)


@citizen.post("/<token>/confirm")
@open_to_all
def confirm(token: str) -> Response:
    uow = current_uow()
    confirm_follow(uow, opened_link(uow, token))
    return see_other(".show", token=token, said="followers.confirmed")


@citizen.post("/<token>/stop")
@open_to_all
def stop(token: str) -> Response:
    uow = current_uow()
    link = opened_link(uow, token)
    stop_following(uow, link.thing, person_id=link.person_id, email=link.email)
    return see_other(".show", token=token, said="followers.stopped")
