"""Reactions: what was told here stands on the region's pages after the commit."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from obshto.modules.crisis.events import PUBLIC
from obshto.modules.crisis.services.alarms_port import show_in_region
from obshto.platform.modularity.manifest import Job
from obshto.platform.unit_of_work import UnitOfWork


def show(uow: UnitOfWork, *, payload: Mapping[str, Any]) -> None:
    """Job: bears to be run twice."""
    show_in_region(uow, UUID(payload["subject_id"]))


REACTIONS = {
    fact.name: Job(name=f"crisis:show-{fact.name.rpartition('.')[2]}", run=show) for fact in PUBLIC
}
