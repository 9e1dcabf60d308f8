"""Results of consultations for other components, by the port of the platform."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from obshto.modules.consultations.models import Consultation
from obshto.modules.consultations.services.queries import numbers_of, public
from obshto.platform.modularity.consultation_results import ConsultationResult
from obshto.platform.unit_of_work import UnitOfWork

MOST = 200  # to choose from


class PublicResults:
    """Supplies `ConsultationResults`."""

    def result_of(self, uow: UnitOfWork, consultation_id: UUID) -> ConsultationResult | None:
        """Two queries."""
        row = uow.session.scalar(public().where(Consultation.id == consultation_id))
        if row is None:
            return None
        return ConsultationResult(
            id=row.id,
            title=row.title,
            path=row.path,
            opinions=numbers_of(uow, [row.id])[row.id],
            closes_on=row.closes_on,
            outcome=row.outcome if row.outcome_at else "",
        )

    def titles(self, uow: UnitOfWork) -> Sequence[tuple[UUID, str]]:
        """One query."""
        rows = public().with_only_columns(Consultation.id, Consultation.title).limit(MOST)
        return [(key, title) for key, title in uow.session.execute(rows)]
