"""Public pages of notices."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, render_template, request

from obshto.modules.notices.services import reading
from obshto.modules.notices.services.feed import rss
from obshto.modules.notices.services.kinds import KINDS, state_of
from obshto.modules.notices.services.settlements import settlements_here
from obshto.platform.web.access import open_to_all
from obshto.platform.web.edge import current_work
from obshto.platform.web.language import current_language
from obshto.platform.web.paging import page_number, paginate

citizen = Blueprint("notices_citizen", __name__)


@citizen.get("/")
@open_to_all
def index() -> str:
    work = current_work()
    names = settlements_here(work)
    kind, place = request.args.get("kind", ""), request.args.get("place", "")
    chosen = {"kind": kind if kind in KINDS else "", "place": place if place in names else ""}
    page = paginate(work.session, reading.standing(work.now, **chosen), page_number())
    states = {notice.id: state_of(notice, work.now) for notice in page.rows}
    shown = {"page": page, "states": states, "kinds": KINDS, "names": names, **chosen}
    return render_template("notices/index.html", **shown)


@citizen.get("/<uuid:notice_id>")
@open_to_all
def show(notice_id: UUID) -> str:
    work = current_work()
    notice = reading.public_notice(work, notice_id)
    states = {notice.id: state_of(notice, work.now)}
    about = {"states": states, "kinds": KINDS, "names": settlements_here(work)}
    return render_template("notices/show.html", it=notice, **about)


@citizen.get("/feed.xml")
@open_to_all
def feed() -> Response:
    work = current_work()
    notices = work.session.scalars(reading.in_feed()).all()
    told = rss(work, notices, names=settlements_here(work), language=current_language())
    return Response(told, mimetype="application/rss+xml")
