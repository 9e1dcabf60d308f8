"""Rolls of votes: freeze, take for the letters, paper ballots."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, g, render_template
from werkzeug.wrappers import Response as AnyResponse

from obshto.modules.voters.console.registrations import FORM, KEEP, Answer
from obshto.modules.voters.errors import NoSuchVoteHere
from obshto.modules.voters.forms import DropRollForm, EgnForm, FreezeRollForm, PaperBallotForm
from obshto.modules.voters.permissions import VotersPermission
from obshto.modules.voters.services import rolls
from obshto.modules.voters.services.access_log import PAPER, look_at_registration, look_at_roll
from obshto.modules.voters.services.queries import newest_upload
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.file_responses import csv_file
from obshto.platform.web.forms import FlaskForm, filled, show_version, tell
from obshto.platform.web.language import LANGUAGES
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow

MANAGE = requires(VotersPermission.ROLL)


def add_rolls(console: Blueprint) -> None:
    """Its pages belong to the console of voters."""
    under = "/votes/<uuid:vote_id>"
    for path, view, methods in (
        ("/votes", votes, ["GET"]),
        (under, vote, ["GET"]),
        (f"{under}/freeze", freeze, ["POST"]),
        (f"{under}/drop", drop, FORM),
        (f"{under}/voters.csv", take, ["GET"]),
        (f"{under}/paper", find_voter, FORM),
        (f"{under}/paper/<uuid:registration_id>", give, FORM),
    ):
        console.add_url_rule(path, view_func=view, methods=methods)


@KEEP
def votes() -> str:
    """Votes with a roll, or that may get one."""
    uow = current_uow()
    here = rolls.votes_here(uow)
    shown = {"votes": here, "sizes": rolls.sizes_of_rolls(uow, here), **_allowed()}
    return render_template("voters/votes.html", **shown)


@KEEP
def vote(vote_id: UUID) -> Answer:
    """The roll of one vote, or what it would be."""
    return _page(vote_id, FreezeRollForm())


@MANAGE
def freeze(vote_id: UUID) -> Answer:
    form = FreezeRollForm()
    rolls.vote_here(current_uow(), vote_id)
    if form.validate_on_submit():
        try:
            rolls.freeze_roll(current_uow(), vote_id)
            return see_other(".vote", vote_id=vote_id, said="voters.frozen")
        except DomainError as refusal:
            tell(form, refusal)
    return _page(vote_id, form)


@MANAGE
def drop(vote_id: UUID) -> Answer:
    """Asked once more: a roll that was printed letters for is not undone lightly."""
    uow, form = current_uow(), DropRollForm()
    if form.validate_on_submit():
        rolls.drop_roll(uow, vote_id, expected_version=form.expected_version.data)
        return see_other(".vote", vote_id=vote_id, said="voters.dropped")
    called, roll = rolls.vote_here(uow, vote_id), rolls.roll_of(uow, vote_id)
    if roll:
        show_version(form, roll)
    return filled("voters/drop.html", form, vote=called, roll=roll)


@MANAGE
def take(vote_id: UUID) -> AnyResponse:
    """The table for the program of the letters: each person of it reads that it was taken."""
    uow = current_uow()
    rolls.vote_here(uow, vote_id)
    roll = rolls.roll_of(uow, vote_id)
    if roll is None:
        raise NoSuchVoteHere
    look_at_roll(uow, roll)
    return csv_file("voters.csv", ("име", "адрес", "език"), rolls.letter_rows(uow, roll))


@KEEP
def find_voter(vote_id: UUID) -> Answer:
    """Who asks for a paper ballot, by personal number."""
    uow, form = current_uow(), EgnForm()
    called = rolls.vote_here(uow, vote_id)
    if form.validate_on_submit():
        try:
            row, _entry = rolls.find_on_roll(uow, vote_id, form.egn.data)
            return see_other(".give", vote_id=vote_id, registration_id=row.id)
        except DomainError as refusal:
            tell(form, refusal)
    roll = rolls.roll_of(uow, vote_id)
    return filled("voters/paper_find.html", form, vote=called, roll=roll)


@KEEP
def give(vote_id: UUID, registration_id: UUID) -> Answer:
    """First the code becomes void, then the paper is handed out."""
    g.is_personal = True
    uow, form = current_uow(), PaperBallotForm()
    called = rolls.vote_here(uow, vote_id)
    row, entry = rolls.voter_on_roll(uow, vote_id, registration_id)
    if form.validate_on_submit():
        try:
            code, once = form.credential.data.strip(), form.request_id.data
            rolls.give_paper(uow, vote_id, registration_id, code, request_id=once)
            return see_other(
                ".give", vote_id=vote_id, registration_id=registration_id, said="voters.paper"
            )
        except DomainError as refusal:
            tell(form, refusal)
    look_at_registration(uow, row, PAPER)
    return filled("voters/paper_give.html", form, vote=called, row=row, entry=entry)


def _page(vote_id: UUID, form: FlaskForm) -> Answer:
    uow = current_uow()
    called, roll = rolls.vote_here(uow, vote_id), rolls.roll_of(uow, vote_id)
    shown = {
        "vote": called,
        "roll": roll,
        "ready": 0 if roll else rolls.ready_number(uow),
        "papers": rolls.paper_number(uow, roll) if roll else 0,
        "letters": rolls.letter_languages(uow, roll) if roll else {},
        "languages": LANGUAGES,
        "has_list": newest_upload(uow) is not None,
        **_allowed(),
    }
    return filled("voters/vote.html", form, **shown)


def _allowed() -> dict[str, bool]:
    return {"may_roll": current_principal().may(VotersPermission.ROLL)}
