"""Public pages of notices."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, render_template, request

from obshto.modules.notices.services import queries
from obshto.modules.notices.services.feed import rss
from obshto.modules.notices.services.kinds import KINDS, state_of
from obshto.modules.notices.services.settlements import settlements_here
from obshto.platform.web.access import open_to_all
from obshto.platform.web.language import current_language
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.request_uow import current_uow

citizen = Blueprint("notices_citizen", __name__)


@citizen.get("/")
@open_to_all
def index() -> str:
    uow = current_uow()
    names = settlements_here(uow)
    kind, place = request.args.get("kind", ""), request.args.get("place", "")
    chosen = {"kind": kind if kind in KINDS else "", "place": place if place in names else ""}
    page = paginate(uow.session, queries.standing(uow.now, **chosen), page_number())
    states = {notice.id: state_of(notice, uow.now) for notice in page.rows}
    shown = {"page": page, "states": states, "kinds": KINDS, "names": names, **chosen}
    return render_template("notices/index.html", **shown)


@citizen.get("/<uuid:notice_id>")
@open_to_all
def show(notice_id: UUID) -> str:
    uow = current_uow()
    notice = queries.public_notice(uow, notice_id)
    states = {notice.id: state_of(notice, uow.now)}
    about = {"states": states, "kinds": KINDS, "names": settlements_here(uow)}
    return render_template("notices/show.html", it=notice, **about)


@citizen.get("/feed.xml")
@open_to_all
def feed() -> Response:
    uow = current_uow()
    notices = uow.session.scalars(queries.in_feed()).all()
    told = rss(uow, notices, names=settlements_here(uow), language=current_language())
    return Response(told, mimetype="application/rss+xml")
