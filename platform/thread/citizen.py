"""Public pages of the thread: its whole line at one address, letters about it."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, redirect, render_template, url_for
from flask import Response as FlaskResponse
from werkzeug.wrappers import Response

from obshto.platform.clock import next_midnight
from obshto.platform.followers.pages import follow_page
from obshto.platform.thread.card import CARD_SIZE, card_of
from obshto.platform.thread.lines import thread_at
from obshto.platform.thread.notifications import followed
from obshto.platform.thread.states import COLOURS, STANDINGS
from obshto.platform.web.access import open_to_all
from obshto.platform.web.request_uow import current_uow
from obshto.platform.web.validity import keep_until

citizen = Blueprint("thread_citizen", __name__)


@citizen.get("/<uuid:thread_id>")
@open_to_all
def show(thread_id: UUID) -> str | Response:
    """The line; the address of any other thing of it leads here."""
    uow = current_uow()
    keep_until(next_midnight(uow.now))
    line = thread_at(uow, thread_id)
    if line.id != thread_id:
        return redirect(url_for(".show", thread_id=line.id), 302)
    shown = {"line": line, "standings": STANDINGS, "colours": COLOURS, "card_size": CARD_SIZE}
    return render_template("thread/show.html", **shown)


@citizen.get("/<uuid:thread_id>/card.png")
@open_to_all
def card(thread_id: UUID) -> Response:
    """One picture of the line, for pages of others that show a link to it."""
    uow = current_uow()
    keep_until(next_midnight(uow.now))
    return FlaskResponse(card_of(thread_at(uow, thread_id), uow.scope.title), mimetype="image/png")


@citizen.route("/<uuid:thread_id>/letters", methods=["GET", "POST"])
@open_to_all
def letters(thread_id: UUID) -> Response:
    return follow_page(followed(thread_at(current_uow(), thread_id)))
