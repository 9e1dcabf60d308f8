"""Outcomes of consultations: what opinions changed in the text, else what became of it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import func, literal

from obshto.modules.consultations.models import Consultation
from obshto.platform.modularity.public_outcomes import PublicOutcomes, outcome_rows

OUTCOMES = (
    PublicOutcomes(
        word="consultation",
        label=_("Обществена консултация"),
        endpoint="consultations_citizen.show",
        argument="consultation_id",
        rows=lambda _uow: outcome_rows(
            id=Consultation.id,
            title=Consultation.title,
            told=func.coalesce(func.nullif(Consultation.changes, ""), Consultation.outcome),
            place=literal(""),
            at=Consultation.outcome_at,
        ).where(
            Consultation.published_at.is_not(None),
            Consultation.deleted_at.is_(None),
            Consultation.outcome_at.is_not(None),
        ),
    ),
)
