"""Outcomes of proposals: what was accepted, and what of it was carried out."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import case

from obshto.modules.proposals.models import CitizenProposal
from obshto.modules.proposals.services.queries import PUBLIC
from obshto.modules.proposals.services.states import CARRIED_OUT, PROMISED
from obshto.platform.modularity.public_outcomes import PublicOutcomes, outcome_rows

IS_DONE = CitizenProposal.state == CARRIED_OUT
OUTCOMES = (
    PublicOutcomes(
        word="proposal",
        label=_("Предложение"),
        endpoint="proposals_citizen.show",
        argument="proposal_id",
        picture="proposals_citizen.outcome_picture",
        rows=lambda _uow: outcome_rows(
            id=CitizenProposal.id,
            title=CitizenProposal.title,
            told=case((IS_DONE, CitizenProposal.outcome), else_=CitizenProposal.decision),
            place=CitizenProposal.settlement,
            at=CitizenProposal.decided_at,
            is_done=IS_DONE,
            pictured=CitizenProposal.outcome_picture_id.is_not(None),
        ).where(PUBLIC, CitizenProposal.state.in_((*PROMISED, CARRIED_OUT))),
    ),
)
