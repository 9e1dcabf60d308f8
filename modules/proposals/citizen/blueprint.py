"""Blueprint of the public pages, and what more than one of them shows."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template

from obshto.modules.proposals.errors import NoSuchProposal
from obshto.modules.proposals.forms.proposal import page_words
from obshto.modules.proposals.services import queries
from obshto.platform.moderation.rules import RULES
from obshto.platform.moderation.services import decision_on
from obshto.platform.support.services import counts_of
from obshto.platform.web.request_uow import current_uow

citizen = Blueprint("proposals_citizen", __name__)


def hidden_page(proposal_id: UUID) -> str:
    """By which rule, and why. Raises NoSuchProposal where nobody has hidden one."""
    uow = current_uow()
    decision = decision_on(uow, queries.PART, proposal_id)
    if decision is None:
        raise NoSuchProposal
    proposal = queries.proposal_of(uow, proposal_id)
    shown = {"it": decision, "proposal": proposal, "rules": RULES, **page_words(uow)}
    shown["supported"] = counts_of(uow, queries.PART, [proposal_id])[proposal_id]
    return render_template("proposals/hidden.html", **shown)
