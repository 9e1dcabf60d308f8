"""Public pages: the council, a session by its points, a councillor, the register of questions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, render_template, request

from obshto.modules.council.forms.sessions import CHOICE_WORDS
from obshto.modules.council.services import inquiries, members, sessions, votes
from obshto.modules.council.services.majorities import GROUNDS
from obshto.modules.council.services.page_context import inquiries_page, names_of
from obshto.platform.clock import day_of
from obshto.platform.storage.downloads import send_file
from obshto.platform.web.access import open_to_all
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.request_uow import current_uow

citizen = Blueprint("council_citizen", __name__)
MOST, MOST_ASKED = 6, 20


@citizen.get("/")
@open_to_all
def index() -> str:
    """Who sits in the council, what it does next, what it did last."""
    uow = current_uow()
    today, rows, bodies = day_of(uow.now), members.councillors(uow), members.committees(uow)
    about: dict[str, Any] = {"rows": [one for one in rows if one.sits_on(today)]}
    about["former"] = [one for one in rows if one not in about["rows"]]
    about |= {"names": {one.id: one for one in rows}, "committees": bodies}
    about |= {"now": uow.now, "today": today}
    about["seats"] = members.seats_of(uow, [one.id for one in bodies], is_running=True)
    about["sessions"] = sessions.meetings().sessions(uow, is_public=True, most=MOST)
    return render_template("council/index.html", **about)


@citizen.get("/sessions/<uuid:session_id>")
@open_to_all
def session(session_id: UUID) -> str:
    """A session by its points: materials, who voted how, what was decided, what became of it."""
    uow, port = current_uow(), sessions.meetings()
    found = sessions.session_here(uow, session_id, is_public=True)
    noted = sessions.attendance_of(uow, found.id)
    about: dict[str, Any] = {"session": found, "points": port.points_of(uow, found.id)}
    about["threads"] = sessions.threads_of(uow, about["points"])
    about |= {"materials": sessions.materials_of(uow, found.id), "noted": noted, "now": uow.now}
    about |= {"votes": votes.votes_of(uow, found.id), "acts": sessions.acts_due(found)}
    about |= {"decisions": port.decisions_of(uow, found.id) if found.published_at else ()}
    about |= {"names": names_of(uow), "grounds": GROUNDS}
    about |= {"choice_words": CHOICE_WORDS, "today": day_of(uow.now)}
    return render_template("council/session.html", **about)


@citizen.get("/members/<uuid:councillor_id>")
@open_to_all
def member(councillor_id: UUID) -> str:
    """A councillor: term, committees, how they voted, what they asked."""
    uow = current_uow()
    row, today = members.councillor_of(uow, councillor_id), day_of(uow.now)
    page = paginate(uow.session, votes.votes_by(row.id), page_number())
    chosen = votes.choices_by(uow, row.id, page.rows)
    asked = inquiries.inquiries(uow, {}, councillor_id=row.id).limit(MOST_ASKED)
    about: dict[str, Any] = {"row": row, "page": page, "chosen": chosen}
    about |= {"seats": members.seats_held(uow, row.id), "choice_words": CHOICE_WORDS}
    about |= {"asked": uow.session.scalars(asked).all()}
    about |= {"state_of": lambda one: inquiries.state_of(one, today)}
    return render_template("council/member.html", **about)


@citizen.get("/questions/")
@open_to_all
def questions() -> str:
    """The register of councillors' questions."""
    return render_template("council/questions.html", **inquiries_page(current_uow(), request.args))


@citizen.get("/questions/<uuid:inquiry_id>")
@open_to_all
def question(inquiry_id: UUID) -> str:
    uow = current_uow()
    row = inquiries.inquiry_of(uow, inquiry_id)
    state = inquiries.state_of(row, day_of(uow.now))
    who = members.councillor_of(uow, row.councillor_id)
    return render_template("council/question.html", row=row, who=who, state=state)


@citizen.get("/materials/<uuid:material_id>")
@open_to_all
def material(material_id: UUID) -> Response:
    """Saved by people; shown to programs that ask for it so."""
    uow, is_shown = current_uow(), request.args.get("inline") == "1"
    return send_file(uow, sessions.public_material(uow, material_id), is_shown=is_shown)
