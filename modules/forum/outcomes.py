"""Outcomes of discussions in the forum: what was decided, as it stands at their top."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.modules.forum.models import Discussion
from obshto.modules.forum.services.queries import LISTED
from obshto.platform.modularity.public_outcomes import PublicOutcomes, outcome_rows

OUTCOMES = (
    PublicOutcomes(
        word="discussion",
        label=_("Разговор във форума"),
        endpoint="forum_citizen.show",
        argument="discussion_id",
        rows=lambda _uow: outcome_rows(
            id=Discussion.id,
            title=Discussion.title,
            told=Discussion.decided,
            place=Discussion.settlement,
            at=Discussion.decided_at,
        ).where(LISTED, Discussion.decided_at.is_not(None)),
    ),
)
