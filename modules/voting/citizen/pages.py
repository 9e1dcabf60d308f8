"""Public pages of votes: the list, one vote, its trackers, how it is checked."""

from __future__ import annotations

from flask import Blueprint, Response, g, render_template, request

from obshto.modules.voting.services import queries
from obshto.modules.voting.services.addresses import booth_address
from obshto.modules.voting.services.board import tracker_of
from obshto.modules.voting.services.elections import voters_of
from obshto.modules.voting.services.outcome import outcome_of
from obshto.modules.voting.services.standing_trial import practice_code
from obshto.modules.voting.services.states import state_of
from obshto.modules.voting.services.village_turnout import turnout_by_village
from obshto.platform.modularity.ports import port_here
from obshto.platform.modularity.voter_rolls import VoterRolls
from obshto.platform.soft_delete import counts
from obshto.platform.thread.lines import line_of
from obshto.platform.web.access import open_to_all
from obshto.platform.web.language import SOURCE, current_language
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.private_page import private_page
from obshto.platform.web.request_uow import current_uow
from obshto.platform.web.validity import limit_validity

citizen = Blueprint("voting_citizen", __name__)
LONGEST_TRACKER = 100


@citizen.get("/")
@open_to_all
def index() -> str:
    uow = current_uow()
    page = paginate(uow.session, queries.listed(uow.now), page_number())
    states = {row.id: state_of(row, uow.now) for row in page.rows}
    return render_template("voting/index.html", page=page, states=states)


@citizen.get("/try")
@open_to_all
def practise() -> Response:
    """A code for the standing trial; each who asks has another one, so no cache keeps the page."""
    uow = current_uow()
    found = practice_code(uow)
    spoken = "" if current_language() == SOURCE else f"?lang={current_language()}"
    booth = f"{booth_address(uow, found.election)}{spoken}" if found else ""
    return private_page("voting/practise.html", found=found, booth=booth)


@citizen.get("/limits")
@open_to_all
def limits() -> str:
    """What a vote by phone does not do, to be printed before one decides how to vote."""
    return render_template("voting/limits.html")


@citizen.get("/<election_slug>")
@open_to_all
def show(election_slug: str) -> str:
    uow = current_uow()
    election = queries.public_election(uow, election_slug)
    for moment in (election.opens_at, election.closes_at):
        limit_validity(moment if moment > uow.now else None)
    shown = {
        "election": election,
        "state": state_of(election, uow.now),
        "turnout": queries.turnout_of(uow, election),
        "sums": outcome_of(election),
        "by_village": turnout_by_village(election),
        "thread": line_of(uow, "voting", election.id),
        "voters": voters_of(uow, election),
        "register_path": rolls.path() if (rolls := port_here(VoterRolls)) else "",
        "booth": booth_address(uow, election),
    }
    return render_template("voting/show.html", **shown)


@citizen.get("/<election_slug>/check")
@open_to_all
def check(election_slug: str) -> str:
    """How anybody checks this vote, in plain words, with its own files and addresses."""
    election = queries.public_election(current_uow(), election_slug)
    return render_template("voting/check.html", election=election)


@citizen.get("/<election_slug>/trackers")
@open_to_all
def trackers(election_slug: str) -> str:
    """The list in which a voter finds the tracker again."""
    uow = current_uow()
    election = queries.public_election(uow, election_slug)
    asked = request.args.get("tracker", "").strip()[:LONGEST_TRACKER]
    found = queries.find_tracker(uow, election, asked) if asked else ""
    rows = queries.counted_rows(election)
    total = counts(uow, {"counted": rows})["counted"]
    page = paginate(uow.session, rows, page_number(), total=total)
    names = [tracker_of(name) for name in page.rows]
    g.way_back = request.path  # what was looked for is nobody's business
    shown = {"election": election, "asked": asked, "found": found, "names": names}
    return render_template("voting/trackers.html", page=page, total=total, **shown)
