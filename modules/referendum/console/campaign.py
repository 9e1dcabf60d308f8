"""Staff pages of a campaign: who takes part, their texts, showing both, events."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint
from werkzeug.wrappers import Response

from obshto.modules.referendum.errors import EventOutside, NoSuchReferendum, ReasonMissing
from obshto.modules.referendum.forms.campaign import (
    CampaignEventForm,
    HallAnswerForm,
    HallForm,
    PartyForm,
    StatementForm,
)
from obshto.modules.referendum.forms.campaign_page import campaign_words
from obshto.modules.referendum.forms.context import common_words
from obshto.modules.referendum.models import Referendum
from obshto.modules.referendum.permissions import ReferendumPermission
from obshto.modules.referendum.services import campaign, campaign_events, campaign_halls, queries
from obshto.modules.referendum.services.campaign_halls import GRANTED
from obshto.modules.referendum.services.equal_space import why_of_balance
from obshto.platform.cases.codes import grouped
from obshto.platform.clock import today
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.forms import FlaskForm, filled, seen_here, show_version, tell
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow

Answer = str | tuple[str, int] | Response
KEEP = requires(ReferendumPermission.CAMPAIGN)
FORM, BUTTON = ["GET", "POST"], ["POST"]


def add_campaign(console: Blueprint) -> None:
    """Its pages belong to the console of referenda."""
    under = "/<uuid:proposal_id>/campaign"
    for path, view, methods in (
        ("", keep_campaign, ["GET"]),
        ("/parties/new", register, FORM),
        ("/parties/<uuid:party_id>", statement, FORM),
        ("/parties/<uuid:party_id>/strike", strike, BUTTON),
        ("/show", show_both, BUTTON),
        ("/events/new", announce, FORM),
        ("/events/<uuid:event_id>/cancel", cancel, BUTTON),
        ("/parties/<uuid:party_id>/hall", ask_for_hall, FORM),
        ("/halls/<uuid:hall_id>", answer_hall, FORM),
    ):
        console.add_url_rule(f"{under}{path}", view_func=view, methods=methods)


@KEEP
def keep_campaign(proposal_id: UUID) -> Answer:
    """Who takes part, what waits, what everybody reads."""
    return _page(_with_day(proposal_id), FlaskForm())


@KEEP
def register(proposal_id: UUID) -> Answer:
    """A participant from its paper; the code for its text stands on the page after."""
    proposal, form = _with_day(proposal_id), PartyForm(registered_on=today())
    if form.validate_on_submit():
        try:
            once = form.request_id.data
            campaign.register_party(current_uow(), proposal, form.said(), request_id=once)
            return see_other(".keep_campaign", proposal_id=proposal_id, said="referendum.party")
        except DomainError as refusal:
            tell(form, refusal)
    return filled("referendum/party.html", form, proposal=proposal)


@KEEP
def statement(proposal_id: UUID, party_id: UUID) -> Answer:
    """The text of a participant, typed from its paper."""
    uow, proposal = current_uow(), _with_day(proposal_id)
    party = campaign.party_of(uow, proposal, party_id)
    form = StatementForm(statement=party.statement)
    if form.validate_on_submit():
        try:
            version = form.expected_version.data
            campaign.write_statement(uow, party, form.said(), expected_version=version)
            return see_other(".keep_campaign", proposal_id=proposal_id, said="referendum.statement")
        except DomainError as refusal:
            tell(form, refusal, party)
    show_version(form, party)
    most, code = campaign.settings_here(uow).campaign_letters, grouped(campaign.party_code(party))
    about = {"proposal": proposal, "party": party, "most": most, "code": code}
    return filled("referendum/statement.html", form, **about, **common_words(uow))


@KEEP
def strike(proposal_id: UUID, party_id: UUID) -> Answer:
    proposal = _with_day(proposal_id)
    version = seen_here()
    campaign.strike_party(current_uow(), proposal, party_id, expected_version=version)
    return see_other(".keep_campaign", proposal_id=proposal_id, said="referendum.struck")


@KEEP
def show_both(proposal_id: UUID) -> Answer:
    """Both sides in one moment; a refusal is told where the numbers stand."""
    proposal, form = _with_day(proposal_id), FlaskForm()
    try:
        campaign.show_statements(current_uow(), proposal, expected_version=seen_here())
    except DomainError as refusal:
        form.form_errors.append(str(refusal))
        return _page(proposal, form)
    return see_other(".keep_campaign", proposal_id=proposal_id, said="referendum.shown")


@KEEP
def announce(proposal_id: UUID) -> Answer:
    """An event; the room is given to both sides alike."""
    proposal, form = _with_day(proposal_id), CampaignEventForm()
    if form.validate_on_submit():
        try:
            once, uow = form.request_id.data, current_uow()
            campaign_events.announce_event(uow, proposal, form.said(), request_id=once)
            return see_other(".keep_campaign", proposal_id=proposal_id, said="referendum.event")
        except DomainError as refusal:
            form.starts_at.errors = [str(refusal)]
    times = campaign.time_of(proposal)
    return filled("referendum/campaign_event.html", form, proposal=proposal, times=times)


@KEEP
def cancel(proposal_id: UUID, event_id: UUID) -> Answer:
    proposal, version = _with_day(proposal_id), seen_here()
    uow = current_uow()
    campaign_events.cancel_event(uow, proposal, event_id, expected_version=version)
    return see_other(".keep_campaign", proposal_id=proposal_id, said="referendum.cancelled")


@KEEP
def ask_for_hall(proposal_id: UUID, party_id: UUID) -> Answer:
    """What a participant asks for on paper."""
    uow, proposal, form = current_uow(), _with_day(proposal_id), HallForm()
    party = campaign.party_of(uow, proposal, party_id)
    if form.validate_on_submit():
        try:
            once = form.request_id.data
            campaign_halls.ask_hall(uow, party, form.said(), request_id=once)
            return see_other(".keep_campaign", proposal_id=proposal_id, said="referendum.asked")
        except DomainError as refusal:
            tell(form, refusal, at={EventOutside: "starts_at"})
    about = {"proposal": proposal, "party": party, "times": campaign.time_of(proposal)}
    return filled("referendum/hall.html", form, **about)


@KEEP
def answer_hall(proposal_id: UUID, hall_id: UUID) -> Answer:
    """Granted, and it is announced; or refused with a reason."""
    uow, proposal, form = current_uow(), _with_day(proposal_id), HallAnswerForm()
    row = campaign_halls.hall_request_of(uow, proposal, hall_id)
    if form.validate_on_submit():
        told = {"is_granted": form.answer.data == GRANTED, "reason": form.said()}
        try:
            version = form.expected_version.data
            campaign_halls.answer_hall(uow, proposal, row, **told, expected_version=version)
            return see_other(".keep_campaign", proposal_id=proposal_id, said="referendum.answered")
        except DomainError as refusal:
            tell(form, refusal, row, at={ReasonMissing: "reason"})
    show_version(form, row)
    words = campaign_words(uow, proposal) | common_words(uow)
    return filled("referendum/hall_answer.html", form, proposal=proposal, row=row, **words)


def _page(proposal: Referendum, form: FlaskForm) -> Answer:
    uow = current_uow()
    words = campaign_words(uow, proposal)
    waiting = campaign.written_balance(uow, words["parties"])
    about = {"proposal": proposal, "waiting": waiting, "waiting_why": why_of_balance(waiting)}
    about["is_waiting"] = campaign.is_waiting(words["parties"])
    return filled("referendum/keep_campaign.html", form, **about, **words, **common_words(uow))


def _with_day(proposal_id: UUID) -> Referendum:
    """One that has a day. Raises NoSuchReferendum."""
    proposal = queries.staff_proposal(current_uow(), proposal_id)
    if proposal.vote_on is None:
        raise NoSuchReferendum
    return proposal
