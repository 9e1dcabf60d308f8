"""Staff pages of votes: the commission's wizard, its acts while people vote, the opening."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, g, render_template, request
from flask_babel import LazyString, gettext
from werkzeug.wrappers import Response

from obshto.modules.voting import forms
from obshto.modules.voting.errors import ToolMissing
from obshto.modules.voting.models import Election
from obshto.modules.voting.permissions import VotingPermission
from obshto.modules.voting.services import desk, elections, queries, tool
from obshto.modules.voting.services.addresses import booth_address, places_of
from obshto.modules.voting.services.commission_guide import guide_pdf
from obshto.modules.voting.services.council_decisions import (
    decisions_to_choose,
    linked_decision,
    model_lines,
)
from obshto.modules.voting.services.outcome import labels_of, outcome_of
from obshto.modules.voting.services.stages import shares_of
from obshto.modules.voting.services.states import VoteState, state_of
from obshto.modules.voting.services.village_turnout import put_villages, turnout_by_village
from obshto.platform.errors import Conflict, DomainError
from obshto.platform.modularity.ports import port_here
from obshto.platform.modularity.voter_rolls import VoterRolls
from obshto.platform.soft_delete import counts
from obshto.platform.web.access import requires
from obshto.platform.web.file_responses import private_json, private_pdf
from obshto.platform.web.formats import moment
from obshto.platform.web.forms import filled, seen_here
from obshto.platform.web.language import OTHERS, SOURCE, speaking
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow
from obshto.platform.web.uploads import takes_files
from obshto.tenants.api import municipality_here

console = Blueprint("voting_console", __name__)
Answer = str | tuple[str, int] | Response
FORM = ["GET", "POST"]
LATELY = timedelta(minutes=30)  # since who announces a vote has signed in
LONGEST_COUNTER = 250  # characters of the places on a letter, by `distribution/letters.py`


@console.get("/")
@requires(VotingPermission.SEE)
def index() -> str:
    uow = current_uow()
    lists = queries.lists(uow.now)
    chosen = request.args.get("list", "running")
    rows = lists[chosen] if chosen in lists else abort(404)
    numbers = counts(uow, lists)
    page = paginate(uow.session, rows, page_number(), total=numbers[chosen])
    states = {row.id: state_of(row, uow.now) for row in page.rows}
    shown = {"page": page, "chosen": chosen, "counts": numbers, "states": states}
    return render_template("voting/console.html", has_tool=tool.is_here(), **shown, **_allowed())


@console.route("/new", methods=FORM)
@requires(VotingPermission.MANAGE)
def write() -> Answer:
    form = forms.NewElectionForm()
    form.offer_decisions(decisions_to_choose(current_uow()), None)
    if form.validate_on_submit():
        election = elections.write_election(
            current_uow(),
            form.words(),
            form.questions(),
            is_trial=form.is_trial.data,
            request_id=form.request_id.data,
        )
        return _back(election.id, "voting.saved")
    return filled("voting/write.html", form, election=None)


@console.get("/<uuid:election_id>")
@requires(VotingPermission.SEE)
def show(election_id: UUID) -> str:
    uow, election = current_uow(), _election(election_id)
    state = state_of(election, uow.now)
    shown = {"turnout": queries.turnout_of(uow, election), "sums": outcome_of(election)}
    shown |= {"by_village": turnout_by_village(election), "booth": booth_address(uow, election)}
    shown["shares"] = sorted(shares_of(uow, election)) if state == VoteState.SEALED else []
    return _page("overview", election, state=state, has_tool=tool.is_here(), **shown)


@console.route("/<uuid:election_id>/text", methods=FORM)
@requires(VotingPermission.MANAGE)
def edit(election_id: UUID) -> Answer:
    election = _election(election_id)
    form = forms.ElectionForm(data=forms.typed_election(election))
    form.offer_decisions(decisions_to_choose(current_uow()), linked_decision(election))
    if form.validate_on_submit():
        try:
            elections.edit_election(
                current_uow(),
                election,
                form.words(),
                form.questions(),
                expected_version=form.expected_version.data,
            )
            return _back(election_id, "voting.saved")
        except DomainError as refusal:
            _tell(form, refusal, election)
    return _filled("write", form, election)


@console.route("/<uuid:election_id>/roll", methods=FORM)
@requires(VotingPermission.MANAGE)
@takes_files
def roll(election_id: UUID) -> Answer:
    """The public list of credentials; the codes themselves never come here."""
    election, form = _election(election_id), forms.PublicFileForm()
    if form.validate_on_submit():
        try:
            version = form.expected_version.data
            elections.put_roll(current_uow(), election, form.sent(), expected_version=version)
            return _back(election_id, "voting.saved")
        except DomainError as refusal:
            _tell(form, refusal, election)
    return _filled("roll", form, election, **_voters(election))


@console.get("/<uuid:election_id>/vote.json")
@requires(VotingPermission.MANAGE)
def vote_file(election_id: UUID) -> Response:
    """What the program of the letters must know of the vote, in each language of a letter."""
    uow, election = current_uow(), _election(election_id)
    told = {
        "uuid": election.uuid,
        "title": election.title,
        "address": booth_address(uow, election),
        "phone": municipality_here(uow).contact.get("phone") or "",
        "counter": places_of(election, LONGEST_COUNTER),
        "trial": election.is_trial,
        "languages": {language: _in(language, election) for language in OTHERS},
    }
    return private_json("vote", told | _in(SOURCE, election))


def _in(language: str, election: Election) -> dict[str, str]:
    with speaking(language):
        when = {"first": moment(election.opens_at), "last": moment(election.closes_at)}
        return {
            "municipality": municipality_here(current_uow()).title(language),
            "period": gettext("Гласува се от %(first)s до %(last)s", **when),
        }


@console.route("/<uuid:election_id>/trustees", methods=FORM)
@requires(VotingPermission.MANAGE)
@takes_files
def trustees(election_id: UUID) -> Answer:
    """The public file of the key ceremony."""
    election, form = _election(election_id), forms.PublicFileForm()
    if form.validate_on_submit():
        try:
            version = form.expected_version.data
            sent = form.sent(forms.LARGEST_KEY)
            elections.put_trustees(current_uow(), election, sent, expected_version=version)
            return _back(election_id, "voting.saved")
        except DomainError as refusal:
            _tell(form, refusal, election)
    return _filled("trustees", form, election)


@console.route("/<uuid:election_id>/practice", methods=FORM)
@requires(VotingPermission.MANAGE)
def practice(election_id: UUID) -> Answer:
    """The trustees' trial ceremony, before the real one."""
    uow, election = current_uow(), _election(election_id)
    is_done = election.practised_on is not None
    ticked = dict.fromkeys(("made_keys", "opened", "threw_away"), is_done)
    form = forms.PracticeForm(data={"practised_on": election.practised_on, **ticked})
    if form.validate_on_submit():
        try:
            version, on = form.expected_version.data, form.practised_on.data
            elections.note_practice(uow, election, on, expected_version=version)
            return _back(election_id, "voting.saved")
        except DomainError as refusal:
            _tell(form, refusal, election)
    trials = uow.session.scalars(queries.opened_trials()).all()
    return _filled("practice", form, election, trials=trials)


@console.route("/<uuid:election_id>/announce", methods=FORM)
@requires(VotingPermission.MANAGE, max_age=LATELY)
def announce(election_id: UUID) -> Answer:
    election, form = _election(election_id), forms.VersionForm()
    if form.validate_on_submit():
        try:
            if not tool.is_here():
                raise ToolMissing
            version = form.expected_version.data
            elections.announce_election(current_uow(), election, expected_version=version)
            return _back(election_id, "voting.announcing")
        except DomainError as refusal:
            _tell(form, refusal, election)
    return _filled("announce", form, election, obstacle=_obstacle(election), **_voters(election))


def _obstacle(election: Election) -> LazyString | str:
    """Why it can't be announced yet; nothing when it can."""
    try:
        if not tool.is_here():
            raise ToolMissing
        elections.check_ready(current_uow(), election)
    except DomainError as refusal:
        return refusal.sentence
    return ""


@console.post("/<uuid:election_id>/delete")
@requires(VotingPermission.MANAGE)
def delete(election_id: UUID) -> Response:
    election = _election(election_id)
    elections.delete_draft(current_uow(), election, expected_version=seen_here())
    return see_other("voting_console.index", said="voting.deleted")


@console.route("/<uuid:election_id>/codes", methods=FORM)
@requires(VotingPermission.MANAGE)
def codes(election_id: UUID) -> Answer:
    """A lost letter, or who votes on paper: the code is made void first."""
    uow, election, form = current_uow(), _election(election_id), forms.VoidForm()
    if form.validate_on_submit():
        try:
            _see(election, form)
            desk.void_credential(uow, election, form.credential.data.strip())
            return _back(election_id, "voting.voided", page="codes")
        except DomainError as refusal:
            _tell(form, refusal, election)
    void = queries.void_credentials(uow, election)
    state = state_of(election, uow.now)
    return _filled("codes", form, election, void=void, state=state, **_voters(election))


@console.route("/<uuid:election_id>/spares", methods=FORM)
@requires(VotingPermission.MANAGE)
@takes_files
def spares(election_id: UUID) -> Answer:
    """The commission's list of spare letters and of lost ones."""
    election, form = _election(election_id), forms.PublicFileForm()
    if form.validate_on_submit():
        try:
            _see(election, form)
            desk.put_lists(current_uow(), election, form.sent())
            return _back(election_id, "voting.saved", page="codes")
        except DomainError as refusal:
            _tell(form, refusal, election)
    return _filled("spares", form, election)


@console.route("/<uuid:election_id>/opening", methods=FORM)
@requires(VotingPermission.MANAGE)
@takes_files
def opening(election_id: UUID) -> Answer:
    """Partial decryptions of the trustees."""
    uow, election, form = current_uow(), _election(election_id), forms.PublicFileForm()
    if form.validate_on_submit():
        try:
            _see(election, form)
            desk.add_share(uow, election, form.sent(forms.LARGEST_KEY))
            return _back(election_id, "voting.share")
        except DomainError as refusal:
            _tell(form, refusal, election)
    return _filled("opening", form, election, shares=sorted(shares_of(uow, election)))


@console.route("/<uuid:election_id>/paper", methods=FORM)
@requires(VotingPermission.MANAGE)
def paper(election_id: UUID) -> Answer:
    """Sums out of the commission's protocol."""
    uow, election = current_uow(), _election(election_id)
    form = forms.paper_form(election)(data=forms.typed_paper(election))
    if form.validate_on_submit():
        try:
            desk.enter_paper(
                uow,
                election,
                forms.paper_sums(form, election),
                form["voters"].data,
                expected_version=form.expected_version.data,
            )
            return _back(election_id, "voting.saved")
        except DomainError as refusal:
            _tell(form, refusal, election)
    labels = [labels_of(question) for question in election.questions]
    turnout = queries.turnout_of(uow, election)
    return _filled("paper", form, election, labels=labels, turnout=turnout)


@console.route("/<uuid:election_id>/outcome", methods=FORM)
@requires(VotingPermission.MANAGE)
def outcome(election_id: UUID) -> Answer:
    election = _election(election_id)
    told = desk.outcome_told(election)
    form = forms.VoteOutcomeForm(
        data={
            "outcome": told.words,
            "carry_by": told.carry_by,
            "is_carried_out": told.is_carried_out,
        }
    )
    if form.validate_on_submit():
        try:
            version = form.expected_version.data
            desk.tell_outcome(current_uow(), election, form.told(), expected_version=version)
            return _back(election_id, "voting.saved")
        except DomainError as refusal:
            _tell(form, refusal, election)
    return _filled("outcome", form, election)


@console.route("/<uuid:election_id>/villages", methods=FORM)
@requires(VotingPermission.MANAGE)
def villages(election_id: UUID) -> Answer:
    """Turnout by village from the commission's own list; few are told together with others."""
    election, form = _election(election_id), forms.VillagesForm()
    if form.validate_on_submit():
        try:
            version = form.expected_version.data
            put_villages(current_uow(), election, form.typed, expected_version=version)
            return _back(election_id, "voting.saved")
        except DomainError as refusal:
            _tell(form, refusal, election)
    return _filled("villages", form, election, by_village=turnout_by_village(election))


@console.get("/model-decision")
@requires(VotingPermission.SEE)
def model_decision() -> str:
    """What a council may decide before a vote: a text to be printed and changed."""
    return render_template("voting/model_decision.html", lines=model_lines())


@console.get("/guide.pdf")
@requires(VotingPermission.SEE)
def guide() -> Response:
    """The whole vote for its commission, to be printed."""
    return private_pdf("narachnik-na-komisiyata", guide_pdf(current_uow()))


def _election(election_id: UUID) -> Election:
    """Locked until the request ends, where something is sent."""
    g.is_personal = True
    return queries.election_of(current_uow(), election_id, to_change=request.method == "POST")


def _page(template: str, election: Election, **words: Any) -> str:
    return render_template(f"voting/{template}.html", election=election, **words, **_allowed())


def _voters(election: Election) -> dict[str, Any]:
    """The roll of registered voters, and where it is made; nothing where nobody registers."""
    uow, port = current_uow(), port_here(VoterRolls)
    return {
        "voters": elections.voters_of(uow, election),
        "voters_path": port.console_path(election.id) if port else "",
    }


def _filled(template: str, form: forms.VersionForm, election: Election, **words: Any) -> Answer:
    if not form.is_submitted():
        form.expected_version.data = election.version
    return filled(f"voting/{template}.html", form, election=election, **words, **_allowed())


def _allowed() -> dict[str, bool]:
    return {"may_manage": current_principal().may(VotingPermission.MANAGE)}


def _see(election: Election, form: forms.VersionForm) -> None:
    """Raises Conflict."""
    if election.version != form.expected_version.data:
        raise Conflict


def _tell(form: forms.VersionForm, refusal: DomainError, election: Election) -> None:
    form.form_errors.append(str(refusal))
    if isinstance(refusal, Conflict):
        form.expected_version.data = election.version


def _back(election_id: UUID, said: str, page: str = "show") -> Response:
    return see_other(f".{page}", election_id=election_id, said=said)
