"""Public pages of a campaign: both sides, the information sheet, a participant's own text."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from obshto.modules.referendum.errors import EventOutside, NoSuchReferendum
from obshto.modules.referendum.forms.campaign import (
    HALL_STATES,
    OwnHallForm,
    OwnStatementForm,
    PartyCodeForm,
)
from obshto.modules.referendum.forms.campaign_page import campaign_words
from obshto.modules.referendum.forms.context import common_words
from obshto.modules.referendum.models import CampaignParty, Referendum
from obshto.modules.referendum.services import campaign, campaign_halls, queries
from obshto.modules.referendum.services.campaign_halls import hall_requests_of
from obshto.modules.referendum.services.information_sheet import (
    sheet_as_pdf,
    sheet_of,
)
from obshto.platform.clock import next_midnight
from obshto.platform.errors import DomainError
from obshto.platform.web.access import open_to_all
from obshto.platform.web.file_responses import public_pdf
from obshto.platform.web.forms import filled, tell
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow
from obshto.platform.web.validity import keep_until

Answer = str | tuple[str, int] | Response
BOTH_METHODS = ["GET", "POST"]


def add_campaign(citizen: Blueprint) -> None:
    """Its pages belong to the public pages of referenda."""
    under = "/<uuid:proposal_id>"
    citizen.add_url_rule(f"{under}/campaign", view_func=show_campaign)
    citizen.add_url_rule(f"{under}/sheet", view_func=show_sheet)
    citizen.add_url_rule(f"{under}/sheet.pdf", view_func=print_sheet)
    citizen.add_url_rule("/campaign", view_func=enter_code, methods=BOTH_METHODS)
    citizen.add_url_rule("/campaign/text", view_func=own_statement, methods=["POST"])
    citizen.add_url_rule("/campaign/hall", view_func=own_hall, methods=["POST"])


@open_to_all
def show_campaign(proposal_id: UUID) -> str:
    """Both sides in equal space. The first place changes at midnight, the state at its hours."""
    uow, proposal = current_uow(), _with_day(proposal_id)
    words = campaign_words(uow, proposal)
    keep_until(next_midnight(uow.now))
    return render_template(
        "referendum/campaign.html", proposal=proposal, **words, **common_words(uow)
    )


@open_to_all
def show_sheet(proposal_id: UUID) -> str:
    """The information sheet as a page: large letters, one sentence a line, to be read aloud."""
    uow, proposal = current_uow(), _with_day(proposal_id)
    keep_until(next_midnight(uow.now))
    sheet = sheet_of(uow, proposal)
    return render_template("referendum/sheet.html", proposal=proposal, sheet=sheet)


@open_to_all
def print_sheet(proposal_id: UUID) -> Response:
    """The sheet as a file; `print=large` in large letters."""
    uow, proposal = current_uow(), _with_day(proposal_id)
    is_large = request.args.get("print") == "large"
    name = f"referendum-{proposal.year}-{proposal.sequence}"
    return public_pdf(name, sheet_as_pdf(uow, proposal, is_large=is_large))


@open_to_all
def enter_code() -> Answer:
    """A participant opens its text by the code that the municipality gave it."""
    form = PartyCodeForm()
    if form.validate_on_submit() and form.passes():
        try:
            party = campaign.party_with_code(current_uow(), form.code.data)
            return _own_page(party, OwnStatementForm(formdata=None, code=form.code.data))
        except DomainError as refusal:
            form.code.errors = [str(refusal)]
    return filled("referendum/party_code.html", form)


@open_to_all
def own_statement() -> Answer:
    """The text of whoever has the code; it waits until both sides are shown."""
    form, uow = OwnStatementForm(), current_uow()
    party = campaign.party_with_code(uow, form.code.data or "")
    if form.validate_on_submit():
        try:
            version = form.expected_version.data
            campaign.write_statement(uow, party, form.said(), expected_version=version)
            said, at = "referendum.statement", party.proposal_id
            return see_other(".show_campaign", proposal_id=at, said=said)
        except DomainError as refusal:
            tell(form, refusal, party)
    return _own_page(party, form)


@open_to_all
def own_hall() -> Answer:
    """Whoever has the code asks for a hall."""
    form, uow = OwnHallForm(), current_uow()
    party = campaign.party_with_code(uow, form.code.data or "")
    if form.validate_on_submit() and form.passes():
        try:
            once, at = form.request_id.data, party.proposal_id
            campaign_halls.ask_hall(uow, party, form.said(), request_id=once)
            return see_other(".show_campaign", proposal_id=at, said="referendum.asked")
        except DomainError as refusal:
            tell(form, refusal, at={EventOutside: "starts_at"})
    return _own_page(party, OwnStatementForm(formdata=None, code=form.code.data), form)


def _own_page(
    party: CampaignParty, form: OwnStatementForm, hall_form: OwnHallForm | None = None
) -> str | tuple[str, int]:
    uow = current_uow()
    if not form.errors and not form.form_errors:
        form.statement.data = party.statement
        form.expected_version.data = party.version
    proposal = uow.session.get_one(Referendum, party.proposal_id)
    halls = [one for one in hall_requests_of(uow, proposal) if one.party_id == party.id]
    about = {
        "party": party,
        "proposal": proposal,
        "most": campaign.settings_here(uow).campaign_letters,
        "halls": halls,
        "hall_states": HALL_STATES,
        "hall_form": hall_form or OwnHallForm(formdata=None, code=form.code.data),
        "times": campaign.time_of(proposal),
    }
    page = filled("referendum/own_statement.html", form, **about)
    return (page, 422) if hall_form and isinstance(page, str) else page


def _with_day(proposal_id: UUID) -> Referendum:
    """One of the register that was called. Raises NoSuchReferendum."""
    proposal = queries.public_proposal(current_uow(), proposal_id)
    if proposal.vote_on is None:
        raise NoSuchReferendum
    return proposal
