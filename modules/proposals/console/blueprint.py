"""Blueprint of the staff pages, and what all of them share."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response

from obshto.modules.proposals.forms.proposal import put_refusal
from obshto.modules.proposals.models import CitizenProposal
from obshto.modules.proposals.permissions import ProposalsPermission
from obshto.modules.proposals.services.access_log import restricted
from obshto.modules.proposals.services.queries import proposal_of
from obshto.platform.errors import DomainError
from obshto.platform.web.forms import filled, show_version
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow

console = Blueprint("proposals_console", __name__)
Answer = str | tuple[str, int] | Response
HANDLE, OVERSEE = ProposalsPermission.HANDLE, ProposalsPermission.OVERSEE


def acted(
    found: CitizenProposal, form: Any, template: str, act: Any, said: str, **more: Any
) -> Answer:
    """The act of a valid form and the proposal again, else the form with what is wrong."""
    if form.validate_on_submit():
        try:
            act(form.expected_version.data)
            return back_to(found.id, said)
        except DomainError as refusal:
            put_refusal(form, refusal, found)
    show_version(form, found)
    return filled(template, form, proposal=found, **more)


def to_change(proposal_id: UUID) -> CitizenProposal:
    """Locked until the request ends, where something is sent."""
    return proposal_of(current_uow(), proposal_id, to_change=request.method == "POST")


def to_use(proposal_id: UUID) -> CitizenProposal:
    """The same, unless its author's data may not be used now. Raises DataRestricted."""
    return usable(to_change(proposal_id))


def usable(found: CitizenProposal) -> CitizenProposal:
    """Raises DataRestricted. Moderation never asks: it protects others (art. 18(2))."""
    if refusal := restricted(current_uow(), found):
        raise refusal
    return found


def back_to(proposal_id: UUID, said: str) -> Response:
    """The proposal, with what was done."""
    return see_other(".proposal", proposal_id=proposal_id, said=said)
