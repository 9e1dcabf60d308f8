"""Pages of the versions of a proposal: how its text changed; the author objects to a hidden one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, url_for
from werkzeug.wrappers import Response

from obshto.modules.proposals.citizen.blueprint import citizen, hidden_page
from obshto.modules.proposals.errors import NoSuchProposal
from obshto.modules.proposals.forms.proposal import page_words
from obshto.modules.proposals.services import queries
from obshto.modules.proposals.services.version_moderation import decided_on, version_at
from obshto.platform.moderation.pages import appeal_page
from obshto.platform.moderation.rules import RULES
from obshto.platform.moderation.services import decision_on
from obshto.platform.web.access import open_to_all
from obshto.platform.web.request_uow import current_uow


@citizen.get("/<uuid:proposal_id>/versions")
@open_to_all
def versions(proposal_id: UUID) -> str:
    """All its words; of what is hidden by which rule and why."""
    uow = current_uow()
    try:
        proposal = queries.public_proposal(uow, proposal_id, as_it_was=True)
    except NoSuchProposal:
        return hidden_page(proposal_id)
    rows, lines = queries.versions_of(uow, proposal), queries.lines_of(uow, proposal)
    shown: dict[str, Any] = {"versions": rows, "lines": lines if proposal.merged_into else ()}
    shown |= {"decisions": decided_on(uow, rows), "rules": RULES}
    return render_template("proposals/versions.html", proposal=proposal, **shown, **page_words(uow))


@citizen.route("/case/<ref>/versions/<int:number>/appeal", methods=["GET", "POST"])
@open_to_all
def appeal_version(ref: str, number: int) -> Response:
    """Another person than who hid it decides."""
    uow = current_uow()
    found = version_at(uow, queries.proposal_at(uow, ref), number)
    decision = decision_on(uow, queries.PART, found.id)
    return appeal_page(decision, own_page=url_for(".case", ref=ref))
