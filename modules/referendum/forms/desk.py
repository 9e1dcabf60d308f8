"""Desk of a proposal: what its committee and staff do beside the pages of the petition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import abort, g, request
from werkzeug.wrappers import Response

from obshto.modules.referendum.forms.context import common_words, law_here, page_words, units_here
from obshto.modules.referendum.forms.fields import (
    ReferendumForm,
    StepForm,
    VotersForm,
    fill_from,
    proposers_here,
)
from obshto.modules.referendum.models import Referendum
from obshto.modules.referendum.permissions import ReferendumPermission
from obshto.modules.referendum.services import petition, proposals
from obshto.modules.referendum.services.committee import COMMITTEE
from obshto.modules.referendum.services.proposal_acts import take_step, window_here
from obshto.modules.referendum.services.states import (
    TERM_IS_OVER,
    WITH_PETITION,
    Act,
    acts_from,
)
from obshto.modules.referendum.services.voting_days import VotingDay, voting_days
from obshto.platform.clock import day_of
from obshto.platform.errors import DomainError
from obshto.platform.modularity.polling_places import VoteCounts
from obshto.platform.modularity.ports import port_here
from obshto.platform.petitions.desk import FORM, Answer, Page, PetitionDesk, mount_desk
from obshto.platform.petitions.sheets import SheetText
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.forms import show_version, tell
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferendumDesk(PetitionDesk[Any]):
    """The desk of proposals: the mayor leads those of the mayor and of councillors, too."""

    def acts_for(self, owner: Referendum) -> bool:
        leads = self.is_staff and owner.proposer not in WITH_PETITION
        may_lead = leads and current_principal().may(ReferendumPermission.LEAD)
        return may_lead or PetitionDesk.acts_for(self, owner)


def referendum_desk(**told: Any) -> ReferendumDesk:
    """A desk on its blueprint."""
    desk = ReferendumDesk(
        part="referendum",
        noun="proposal",
        petition=petition.PETITION,
        committee=COMMITTEE,
        common_words=common_words,
        sheet_text=_sheet_text,
        enters=ReferendumPermission.ENTER,
        **told,
    )
    mount_desk(desk, _PAGES, frozenset((edit, voters)))
    return desk


def _sheet_text(uow: UnitOfWork, proposal: Referendum) -> SheetText:
    unit = units_here(uow).get(proposal.unit) or (uow.scope.title if uow.within else "")
    return petition.sheet_text(proposal, unit)


def desk(desk: ReferendumDesk, proposal: Referendum) -> Answer:
    """All about one proposal for who works at it: what is owed, what can be done."""
    uow = current_uow()
    words = page_words(uow, proposal)
    term = words["due"].term if words["due"] else None
    is_over = term is not None and term.due_on < day_of(uow.now)
    acts = [
        act
        for act in acts_from(words["law"], proposal.state, proposal.proposer)
        if desk.may(proposal, act.way.who) and (is_over or TERM_IS_OVER not in act.conditions)
    ]
    counts = port_here(VoteCounts)
    if counts:  # then numbers come from the sections' protocols
        acts = [act for act in acts if act.asks != "result"]
    return desk.show(
        "referendum/desk",
        proposal,
        acts=acts,
        counts_path=counts.console_path(uow, proposal.id) if counts and desk.is_staff else "",
        may_see_rows=not desk.is_staff or current_principal().may(ReferendumPermission.ENTER),
        may_keep_campaign=desk.is_staff and current_principal().may(ReferendumPermission.CAMPAIGN),
        may_advise=desk.is_staff and current_principal().may(ReferendumPermission.ADVISE),
        **desk.committee_words(proposal),
        **words,
    )


def edit(desk: ReferendumDesk, proposal: Referendum) -> Answer:
    form = ReferendumForm(data=fill_from(proposal))
    del form.request_id
    form.offer(proposers_here(is_staff=desk.is_staff), units_here(current_uow()))
    if form.validate_on_submit():
        version = form.expected_version.data
        try:
            proposals.edit_proposal(current_uow(), proposal, form.said(), expected_version=version)
            return desk.back(proposal, "saved")
        except DomainError as refusal:
            tell(form, refusal, proposal)
    show_version(form, proposal)
    return desk.filled("referendum/edit", form, proposal)


def take(desk: ReferendumDesk, proposal: Referendum, step: str) -> Answer:
    """One act with its day; a date of the vote is chosen among lawful days."""
    act = law_here(current_uow(), proposal).acts.get(step) or abort(404)
    if not act.has_button:
        abort(404)
    if not desk.may(proposal, act.way.who):
        abort(403)
    form, uow = StepForm(), current_uow()
    days = _days_for(uow, proposal, act, form)
    form.fit(act, days)
    if form.validate_on_submit():
        version = form.expected_version.data
        try:
            take_step(uow, proposal, step, form.said(days), expected_version=version)
            return _after(desk, proposal, act)
        except DomainError as refusal:
            tell(form, refusal, proposal)
            g.why = getattr(refusal, "why", None)
    if not form.is_submitted():
        form.happened_on.data = form.happened_on.data or day_of(uow.now)
    show_version(form, proposal)
    return desk.filled("referendum/step", form, proposal, act=act, days=days, why=g.get("why"))


def _after(desk: ReferendumDesk, proposal: Referendum, act: Act) -> Response:
    if act.way.name == "discard":
        home = ".index" if desk.is_staff else ".mine"
        return see_other(home, said="referendum.discarded")
    return desk.back(proposal, "stepped")


def _days_for(uow: UnitOfWork, proposal: Referendum, act: Act, form: StepForm) -> list[VotingDay]:
    """Lawful days from the decision's day: as typed, as chosen in the address, today."""
    if act.asks != "date" or proposal.state not in act.way.sources:
        return []
    today = day_of(uow.now)
    decided_on = _decided_on(form) or today
    if not proposals.FIRST_DAY <= decided_on <= today:  # what comes of it is told by the act
        return []
    if not form.is_submitted():
        form.happened_on.data = decided_on
    try:
        return voting_days(window_here(uow, proposal, act, decided_on))
    except DomainError:
        return []


def _decided_on(form: StepForm) -> date | None:
    if form.is_submitted():
        return form.happened_on.data if isinstance(form.happened_on.data, date) else None
    try:
        return date.fromisoformat(request.args.get("decided", ""))
    except ValueError:
        return None


def voters(desk: ReferendumDesk, proposal: Referendum) -> Answer:
    form = VotersForm(data={"number": proposal.voters, "source": proposal.voters_source})
    if form.validate_on_submit():
        try:
            proposals.count_voters(
                current_uow(),
                proposal,
                form.number.data,
                on=form.on.data,
                source=form.source.data.strip(),
                is_at_filing=form.moment.data == "filing",
                expected_version=form.expected_version.data,
            )
            return desk.back(proposal, "saved")
        except DomainError as refusal:
            tell(form, refusal, proposal)
    show_version(form, proposal)
    return desk.filled("referendum/voters", form, proposal)


_PAGES: Mapping[str, Page] = {
    "": (desk, ["GET"]),
    "/edit": (edit, FORM),
    "/steps/<step>": (take, FORM),
    "/voters": (voters, FORM),
}
