"""Staff pages of a merge: asking the authors of two alike proposals, what an author told."""

from __future__ import annotations

from uuid import UUID

from werkzeug.wrappers import Response

from obshto.modules.proposals.console.blueprint import HANDLE, Answer, back_to, console, usable
from obshto.modules.proposals.forms.merge import MergeAnswerForm, ProposalMergeForm
from obshto.modules.proposals.forms.proposal import page_words, put_refusal
from obshto.modules.proposals.services import merges, queries
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, seen_here, show_version
from obshto.platform.web.request_uow import current_uow


@console.route("/<uuid:proposal_id>/merge", methods=["GET", "POST"])
@requires(HANDLE)
def merge(proposal_id: UUID) -> Answer:
    """Both authors are asked."""
    uow, form = current_uow(), ProposalMergeForm()
    found = usable(queries.proposal_of(uow, proposal_id))
    alike = queries.alike_to(uow, found)
    form.offer(alike)
    if form.validate_on_submit():
        try:
            goes, stays = form.pair(uow, found)
            merges.ask_to_merge(uow, goes, stays, request_id=form.request_id.data)
            return back_to(proposal_id, "proposals.merge-asked")
        except DomainError as refusal:
            put_refusal(form, refusal)
    words = page_words(uow)
    return filled("proposals/merge_ask.html", form, proposal=found, alike=alike, **words)


@console.route("/<uuid:proposal_id>/merge/<uuid:merge_id>", methods=["GET", "POST"])
@requires(HANDLE)
def answer_merge(proposal_id: UUID, merge_id: UUID) -> Answer:
    """What the author said by phone, at the counter, by post."""
    uow, form = current_uow(), MergeAnswerForm()
    found = usable(queries.proposal_of(uow, proposal_id))
    asked = merges.merge_of(uow, merge_id, proposal_id)
    if form.validate_on_submit():
        try:
            agrees = form.answer.data == "yes"
            version = form.expected_version.data
            outcome = merges.answer_merge(
                uow, merge_id, proposal_id, agrees=agrees, expected_version=version
            )
            return back_to(proposal_id, f"proposals.merge-{outcome or 'agreed'}")
        except DomainError as refusal:
            put_refusal(form, refusal, asked)
    show_version(form, asked)
    shown = merges.sides_of(uow, asked) | page_words(uow)
    return filled("proposals/merge_told.html", form, proposal=found, merge=asked, **shown)


@console.post("/<uuid:proposal_id>/merge/<uuid:merge_id>/take-back")
@requires(HANDLE)
def take_merge_back(proposal_id: UUID, merge_id: UUID) -> Response:
    """The question was a mistake."""
    version = seen_here()
    merges.take_merge_back(current_uow(), merge_id, proposal_id, expected_version=version)
    return back_to(proposal_id, "proposals.merge-taken-back")
