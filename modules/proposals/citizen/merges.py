"""Pages of a merge for authors: asking the author of an alike proposal, answering."""

from __future__ import annotations

from uuid import UUID

from flask import abort
from werkzeug.wrappers import Response

from obshto.modules.proposals.citizen.blueprint import citizen
from obshto.modules.proposals.forms.merge import MergeAnswerForm, ProposalMergeForm
from obshto.modules.proposals.forms.proposal import page_words, put_refusal
from obshto.modules.proposals.services import merges, queries
from obshto.platform.errors import DomainError
from obshto.platform.web.access import open_to_all
from obshto.platform.web.forms import seen_here, show_version
from obshto.platform.web.private_page import private_page
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow


@citizen.route("/case/<ref>/merge", methods=["GET", "POST"])
@open_to_all
def merge(ref: str) -> Response:
    """Its author asks the author of an alike one."""
    uow, form = current_uow(), ProposalMergeForm()
    proposal = queries.proposal_at(uow, ref)
    alike = queries.alike_to(uow, proposal)
    form.offer(alike)
    if form.validate_on_submit():
        try:
            request_id = form.request_id.data
            goes, stays = form.pair(uow, proposal)
            merges.ask_to_merge(uow, goes, stays, request_id=request_id, asked_from=proposal.id)
            return see_other(".case", ref=ref, said="proposals.merge-asked")
        except DomainError as refusal:
            put_refusal(form, refusal)
    shown = {"proposal": proposal, "alike": alike, "ref": ref, **page_words(uow)}
    return private_page("proposals/merge.html", form=form, **shown)


@citizen.route("/case/<ref>/merge/<uuid:merge_id>", methods=["GET", "POST"])
@open_to_all
def answer_merge(ref: str, merge_id: UUID) -> Response:
    """The other author says yes or no; one of the two goes, for good."""
    uow, form = current_uow(), MergeAnswerForm()
    proposal = queries.proposal_at(uow, ref)
    asked = merges.merge_of(uow, merge_id, proposal.id)
    if form.validate_on_submit():
        try:
            agrees = form.answer.data == "yes"
            version = form.expected_version.data
            outcome = merges.answer_merge(
                uow, merge_id, proposal.id, agrees=agrees, expected_version=version
            )
            said = f"proposals.merge-{outcome or 'agreed'}"
            return see_other(".case", ref=ref, said=said)
        except DomainError as refusal:
            put_refusal(form, refusal, asked)
    show_version(form, asked)
    shown = {"merge": asked, "proposal": proposal, "ref": ref, **page_words(uow)}
    shown |= merges.sides_for(uow, asked, proposal.id)
    return private_page("proposals/merge_answer.html", form=form, **shown)


@citizen.post("/case/<ref>/merge/<uuid:merge_id>/take-back")
@open_to_all
def take_merge_back(ref: str, merge_id: UUID) -> Response:
    """Its author does not ask any more."""
    uow = current_uow()
    proposal = queries.proposal_at(uow, ref)
    if merges.merge_of(uow, merge_id, proposal.id).asked_from != proposal.id:
        abort(404)
    merges.take_merge_back(uow, merge_id, proposal.id, expected_version=seen_here())
    return see_other(".case", ref=ref, said="proposals.merge-taken-back")
