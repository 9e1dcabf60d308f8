"""Reactions: a published consultation is copied to the region, its table set, its authors told."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from obshto.modules.consultations.events import PUBLIC, ConsultationDecided
from obshto.modules.consultations.services.regional import show_in_region
from obshto.modules.consultations.services.retention import tell_authors
from obshto.modules.consultations.services.table import set_table
from obshto.platform.modularity.manifest import Job
from obshto.platform.unit_of_work import UnitOfWork


def follow_outcome(uow: UnitOfWork, *, payload: Mapping[str, Any]) -> None:
    """The table as PDF, the first letters to authors, the region's list."""
    set_table(uow, UUID(payload["subject_id"]))
    tell_authors(uow)
    show_in_region(uow)


REACTIONS = {
    fact.name: Job(
        name=f"consultations:show-{fact.name.rpartition('.')[2]}",
        run=follow_outcome if fact is ConsultationDecided else show_in_region,
    )
    for fact in PUBLIC
}
