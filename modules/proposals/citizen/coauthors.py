"""Pages of co-authors: inviting one, accepting, the name beside the proposal, leaving."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import request
from werkzeug.wrappers import Response

from obshto.modules.proposals.citizen.blueprint import citizen
from obshto.modules.proposals.errors import NoSuchProposal
from obshto.modules.proposals.forms.coauthor import CoauthorNameForm, InviteForm
from obshto.modules.proposals.forms.proposal import put_refusal
from obshto.modules.proposals.services import coauthors, queries
from obshto.modules.proposals.services.states import COLLECTING
from obshto.platform.errors import DomainError
from obshto.platform.web.access import open_to_all, signed_in
from obshto.platform.web.language import current_language
from obshto.platform.web.private_page import private_page
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow


@citizen.route("/case/<ref>/coauthors", methods=["GET", "POST"])
@open_to_all
def invite(ref: str) -> Response:
    """The first author asks somebody to write along."""
    uow, form = current_uow(), InviteForm()
    proposal = queries.proposal_at(uow, ref, to_change=request.method == "POST")
    if form.validate_on_submit() and form.passes():
        try:
            language, request_id = current_language(), form.request_id.data
            coauthors.invite_coauthor(
                uow, proposal, form.email.data, request_id=request_id, language=language
            )
            return see_other(".invite", ref=ref, said="proposals.invited")
        except DomainError as refusal:
            put_refusal(form, refusal)
    rows = coauthors.coauthors_of(uow, proposal, with_invited=True)
    shown: dict[str, Any] = {"proposal": proposal, "ref": ref, "rows": rows}
    is_late = request.method == "POST" and proposal.state != COLLECTING
    status = 409 if is_late else None
    return private_page("proposals/invite.html", form=form, status=status, **shown)


@citizen.post("/case/<ref>/coauthors/<uuid:coauthor_id>/take-back")
@open_to_all
def take_invitation_back(ref: str, coauthor_id: UUID) -> Response:
    uow = current_uow()
    proposal = queries.proposal_at(uow, ref)
    coauthors.take_invitation_back(uow, proposal, coauthor_id)
    return see_other(".invite", ref=ref, said="proposals.invitation-taken-back")


@citizen.route("/coauthor/<token>", methods=["GET", "POST"])
@signed_in
def join(token: str) -> Response:
    """Behind the link of an invitation; nothing happens by opening it."""
    uow = current_uow()
    row = coauthors.invitation_at(uow, token)
    proposal = queries.proposal_of(uow, row.proposal_id)
    form = CoauthorNameForm(data={"name": row.name or current_principal().name})
    if form.validate_on_submit():
        try:
            said = {"name": form.name.data.strip(), "is_named": form.is_named.data}
            coauthors.accept_invitation(uow, token, **said)
            return see_other(".case", ref=proposal.id, said="proposals.coauthor-joined")
        except DomainError as refusal:
            put_refusal(form, refusal)
    return private_page("proposals/coauthor.html", form=form, proposal=proposal, is_new=True)


@citizen.route("/case/<ref>/name", methods=["GET", "POST"])
@signed_in
def coauthor_name(ref: str) -> Response:
    """A co-author shows the name, or does not any more."""
    uow, me = current_uow(), current_principal().person_id
    proposal = coauthors.written_at(uow, ref)
    own = [one for one in coauthors.coauthors_of(uow, proposal) if one.person_id == me]
    form = CoauthorNameForm(obj=own[0] if own else None)
    if form.validate_on_submit():
        said = {"name": form.name.data.strip(), "is_named": form.is_named.data}
        coauthors.show_name(uow, proposal, **said)
        return see_other(".case", ref=ref, said="proposals.name-kept")
    return private_page("proposals/coauthor.html", form=form, proposal=proposal, is_new=False)


@citizen.route("/case/<ref>/leave", methods=["GET", "POST"])
@open_to_all
def leave(ref: str) -> Response:
    """An author goes; the last one may withdraw the proposal instead."""
    uow, is_sent = current_uow(), request.method == "POST"
    try:
        proposal = coauthors.written_at(uow, ref, to_change=is_sent)
    except NoSuchProposal:
        if is_sent:  # pressed twice: who left opens it no more
            return see_other(".index", said="proposals.left")
        raise
    rows = coauthors.coauthors_of(uow, proposal)
    if is_sent:
        coauthors.leave_proposal(uow, proposal)
        return see_other(".show", proposal_id=proposal.id, said="proposals.left")
    return private_page("proposals/leave.html", ref=ref, proposal=proposal, rows=rows)
