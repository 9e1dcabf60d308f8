"""Outcomes of polls: what the municipality says it does because of the answers."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import literal

from obshto.modules.polls.models import Poll
from obshto.platform.modularity.public_outcomes import PublicOutcomes, outcome_rows

OUTCOMES = (
    PublicOutcomes(
        word="poll",
        label=_("Анкета"),
        endpoint="polls_citizen.show",
        argument="poll_id",
        rows=lambda _uow: outcome_rows(
            id=Poll.id, title=Poll.title, told=Poll.outcome, place=literal(""), at=Poll.outcome_at
        ).where(
            Poll.published_at.is_not(None),
            Poll.deleted_at.is_(None),
            Poll.outcome_at.is_not(None),
        ),
    ),
)
