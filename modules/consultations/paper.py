"""A consultation as a poster that asks people for their opinion."""

from __future__ import annotations

from uuid import UUID

from flask_babel import gettext

from obshto.modules.consultations.models import Consultation
from obshto.modules.consultations.services.queries import public
from obshto.platform.modularity.manifest import Paper
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import day
from obshto.platform.web.language import SOURCE, speaking


def paper_of(uow: UnitOfWork, consultation_id: UUID) -> Paper | None:
    """In Bulgarian, as it is written; None for a draft. One that is over says so."""
    found = uow.session.scalar(public().where(Consultation.id == consultation_id))
    if found is None or found.closes_at is None or found.closes_on is None:
        return None
    with speaking(SOURCE):
        is_over = found.closes_at <= uow.now
        term = gettext("Приключила на") if is_over else gettext("Кажете мнението си до")
        return Paper(
            kind=gettext("Обществена консултация"),
            title=found.title,
            facts=((term, day(found.closes_on)),),
            text=tuple(found.summary.splitlines()),
            path=found.path,
            language=SOURCE,
        )
