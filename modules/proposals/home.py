"""Today's line of proposals: the latest that was decided."""

from __future__ import annotations

from datetime import timedelta

from flask import url_for
from flask_babel import gettext

from obshto.modules.proposals.models import CitizenProposal
from obshto.modules.proposals.services.queries import public
from obshto.modules.proposals.services.states import CARRIED_OUT, PROMISED
from obshto.platform.modularity.manifest import Today
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE
from obshto.platform.web.validity import keep_until

RECENT = timedelta(days=3)


def latest_decision(uow: UnitOfWork) -> Today | None:
    """Nothing where nothing was accepted these days. One query."""
    decided = public().where(CitizenProposal.state.in_((*PROMISED, CARRIED_OUT)))
    decided = decided.where(CitizenProposal.decided_at > uow.now - RECENT).order_by(None)
    latest = decided.order_by(CitizenProposal.decided_at.desc(), CitizenProposal.id).limit(1)
    row = uow.session.scalars(latest).first()
    keep_until(row.decided_at + RECENT if row and row.decided_at else None)
    if row is None:
        return None
    return Today(
        title=gettext("Прието предложение"),
        text=row.title,
        path=url_for("proposals_citizen.show", proposal_id=row.id),
        tone="good",
        language=SOURCE,
        weight=62,
    )
