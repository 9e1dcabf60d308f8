"""Index rows of consultations: what is published, in Bulgarian."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from obshto.modules.consultations.events import (
    ConsultationDecided,
    ConsultationExtended,
    ConsultationOpened,
)
from obshto.modules.consultations.models import Consultation
from obshto.modules.consultations.services.queries import public
from obshto.platform.modularity.manifest import PublicEntries, PublicEntry
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE


def entries_of(uow: UnitOfWork, ids: Collection[UUID] | None) -> Iterable[PublicEntry]:
    """Every published consultation. One query."""
    wanted = public() if ids is None else public().where(Consultation.id.in_(ids))
    for one in uow.session.scalars(wanted).all():
        assert one.published_at
        yield PublicEntry(
            object_id=one.id,
            kind="consultation",
            title=one.title,
            path=one.path,
            published_at=one.published_at,
            language=SOURCE,
            text=" ".join(filter(None, (one.summary, one.outcome, one.reasons, one.draft))),
        )


SEARCH = PublicEntries(
    facts=frozenset((ConsultationOpened, ConsultationExtended, ConsultationDecided)),
    of=entries_of,
    is_news=True,
)
