"""Outcomes of initiatives: what was answered to accepted ones, and what of it was done."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select

from obshto.modules.initiatives.models import Initiative, InitiativeStep
from obshto.modules.initiatives.services.states import DONE, REFUSED, WITH_ANSWER
from obshto.platform.modularity.public_outcomes import PublicOutcomes, outcome_rows

# The words of the last of these steps: what was done comes after what was answered.
_words = (
    select(InitiativeStep.words)
    .where(
        InitiativeStep.petition_id == Initiative.id,
        InitiativeStep.name.in_(("answer", "carry-out")),
    )
    .order_by(InitiativeStep.name.desc())
    .limit(1)
    .correlate(Initiative)
    .scalar_subquery()
)
OUTCOMES = (
    PublicOutcomes(
        word="initiative",
        label=_("Гражданска инициатива"),
        endpoint="initiatives_citizen.show",
        argument="initiative_id",
        rows=lambda _uow: outcome_rows(
            id=Initiative.id,
            title=Initiative.question,
            told=func.coalesce(_words, ""),
            place=Initiative.unit,
            at=Initiative.changed_at,
            is_done=Initiative.state == DONE,
        ).where(
            Initiative.hidden_at.is_(None),
            Initiative.state.in_(WITH_ANSWER),
            Initiative.outcome != REFUSED,
        ),
    ),
)
