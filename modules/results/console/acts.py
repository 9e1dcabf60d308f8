"""Staff pages of what follows: acts upon a result with their days, duties with proof."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort
from werkzeug.wrappers import Response

from obshto.modules.results.console.nights import ENTER, FORM, LEAD, Answer, may_take
from obshto.modules.results.forms.page_context import common_words
from obshto.modules.results.forms.result import DutyForm, EndDutyForm, NightActForm
from obshto.modules.results.models import VoteNight
from obshto.modules.results.services import duties
from obshto.modules.results.services.night_acts import take_act
from obshto.modules.results.services.nights import night_of
from obshto.modules.results.services.states import RESULT, NightAct, law_of
from obshto.modules.results.services.totals import totals_of
from obshto.modules.results.services.votes import vote_of
from obshto.platform.clock import day_of
from obshto.platform.errors import DomainError
from obshto.platform.web.forms import filled, seen_here, show_version, tell
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow


def add_acts(console: Blueprint) -> None:
    """Its pages belong to the console of results."""
    under = "/<uuid:vote_id>"
    one = f"{under}/duties/<uuid:duty_id>"
    console.add_url_rule(f"{under}/acts/<act>", view_func=take, methods=FORM)
    console.add_url_rule(f"{under}/duties/new", view_func=new_duty, methods=FORM)
    console.add_url_rule(one, view_func=duty, methods=FORM)
    console.add_url_rule(f"{one}/reopen", view_func=reopen, methods=["POST"])


@ENTER
def take(vote_id: UUID, act: str) -> Answer:
    """One act with its day, by who may do it; the numbers come from the protocols."""
    uow, form = current_uow(), NightActForm()
    vote = vote_of(uow, vote_id)
    row, why = night_of(uow, vote), None
    way = _act_here(row, act)
    form.fit(way, is_together=row.is_together)
    if form.validate_on_submit():
        try:
            version = form.expected_version.data
            take_act(uow, vote, act, form.said(), expected_version=version)
            return see_other(".night", vote_id=vote_id, said="results.stepped")
        except DomainError as refusal:
            tell(form, refusal, row)
            why = getattr(refusal, "why", None)
    form.happened_on.data = form.happened_on.data or day_of(uow.now)
    show_version(form, row)
    totals = totals_of(uow, vote) if way.asks == RESULT else None
    about = {"vote": vote, "act": way, "why": why, "totals": totals, **common_words(uow)}
    return filled("results/act.html", form, **about)


def _act_here(night: VoteNight, name: str) -> NightAct:
    """By the law of the vote. Aborts with 404 without it, with 403 for who may not take it."""
    act = law_of(night.vote_on, on=day_of(current_uow().now)).acts.get(name) or abort(404)
    if not act.has_button:
        abort(404)
    if not may_take(act):
        abort(403)
    return act


@LEAD
def new_duty(vote_id: UUID) -> Answer:
    uow, form = current_uow(), DutyForm()
    vote = vote_of(uow, vote_id)
    if form.validate_on_submit():
        try:
            duties.add_duty(uow, vote, form.said(), request_id=form.request_id.data)
            return see_other(".night", vote_id=vote_id, said="results.duty")
        except DomainError as refusal:
            tell(form, refusal)
    return filled("results/new_duty.html", form, vote=vote)


@LEAD
def duty(vote_id: UUID, duty_id: UUID) -> Answer:
    """How it ended, with what proves it."""
    uow, form = current_uow(), EndDutyForm()
    vote = vote_of(uow, vote_id)
    row = duties.duty_of(uow, night_of(uow, vote), duty_id)
    if form.validate_on_submit():
        try:
            version = form.expected_version.data
            duties.end_duty(uow, vote, duty_id, **form.said(), expected_version=version)
            return see_other(".night", vote_id=vote_id, said="results.duty")
        except DomainError as refusal:
            tell(form, refusal, row)
    show_version(form, row)
    return filled("results/duty.html", form, vote=vote, duty=row, **common_words(uow))


@LEAD
def reopen(vote_id: UUID, duty_id: UUID) -> Response:
    uow = current_uow()
    duties.reopen_duty(uow, vote_of(uow, vote_id), duty_id, expected_version=seen_here())
    return see_other(".night", vote_id=vote_id, said="results.duty")
