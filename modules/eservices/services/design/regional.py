"""Services that the region publishes: a draft in each municipality, in force by a yes or a day.

The mayor agrees with one press, or refuses with a reason. Where nobody decided by the day that the
region named, the version comes by itself; what the municipality worded otherwise stays its own.
Fees are never the region's: each council sets them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid5

from obshto.modules.eservices.errors import DesignFileRefused
from obshto.modules.eservices.events.versions import VersionCame, VersionOffered
from obshto.modules.eservices.models import DesignedService, InheritedService
from obshto.modules.eservices.services.catalogue import object_id_of, service_of
from obshto.modules.eservices.services.design import designs
from obshto.modules.eservices.services.design.inheritance import (
    accept_version,
    offered_design,
    taken_services,
)
from obshto.modules.eservices.services.design.parts import PARTS
from obshto.modules.eservices.services.design.shared_services import (
    OFFERED,
    PART,
    due_of,
    offered_service,
    takers,
)
from obshto.platform.clock import day_of
from obshto.platform.errors import DomainError
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.api import Offered, municipalities, offered_by_neighbours

REGIONAL = {**OFFERED, "regional": True}
NOTHING_HERE: Mapping[str, Any] = {"number": 0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """Where one municipality stands: its version, 0 where it has none, and in what it differs."""

    name: str
    number: int
    differs: Sequence[str] = ()
    declined: int = 0
    because: str = ""
    by_date: bool = False


def drift_of(uow: UnitOfWork, row: DesignedService) -> list[Drift]:
    """Who has the service, and of what the region publishes who has not. Two reads."""
    here, origin = uow.scope.slug, object_id_of(service_of(uow, row.key))
    found = {one.municipality: one.pattern for one in takers(origin, but=here)}
    others = [one for one in municipalities() if one.slug != here]
    if not row.regional_at:
        others = [one for one in others if one.slug in found]
    asked = (one for one in others if one.slug in found or PART in one.modules)
    return [_drift(one.names["bg"], found.get(one.slug, NOTHING_HERE)) for one in asked]


def _drift(name: str, told: Mapping[str, Any]) -> Drift:
    shown = ("number", "differs", "declined", "because", "by_date")
    return Drift(name=name, **{part: told[part] for part in shown if part in told})


def bring_regional(uow: UnitOfWork) -> None:
    """Job: what the region publishes and is not here becomes a draft that waits for a yes."""
    known = {taken.origin for taken, _ in taken_services(uow)}
    for offered in offered_by_neighbours(PART, to=uow.scope.slug, like=REGIONAL):
        if offered.object_id not in known:
            _bring(uow, offered)


def come_by_date(uow: UnitOfWork) -> None:
    """Job: what nobody decided of by the region's day comes into force, or waits as a draft."""
    today = day_of(uow.now)
    for taken, row in taken_services(uow):
        if not _is_due(taken, today):
            continue
        offered = offered_service(taken.origin, to=uow.scope.slug)
        if offered is None or row.withdrawn_at:
            continue
        try:
            with uow.savepoint():
                version, kept = row.version, tuple(PARTS)
                is_out = accept_version(
                    uow, taken, row, offered, kept=kept, expected_version=version
                )
        except DomainError:
            continue  # of a design that is refused here nobody is asked
        taken.came_by_date = True
        uow.emit(
            VersionCame(subject_id=row.id, service=row.key, number=taken.number, is_out=is_out)
        )


def _is_due(taken: InheritedService, today: date) -> bool:
    is_waiting = taken.is_regional and taken.waits
    return is_waiting and taken.due_on is not None and taken.due_on <= today


def _bring(uow: UnitOfWork, offered: Offered) -> None:
    try:
        design = offered_design(offered)
    except DesignFileRefused:
        return
    request_id = uuid5(offered.object_id, "regional")
    draft = {**design, "offer": {"fee_cents": None}}
    row = designs.start_design(uow, draft, request_id=request_id)
    uow.session.flush()
    taken = InheritedService(
        service=row.key,
        municipality=offered.municipality,
        origin=offered.object_id,
        number=0,
        newest=offered.pattern["number"],
        base=json.dumps(design, ensure_ascii=False),
        due_on=due_of(offered),
        decided_at=uow.now,
        decided_by="",
        is_regional=True,
    )
    uow.session.add(taken)
    uow.session.flush()
    uow.emit(VersionOffered(subject_id=row.id, service=row.key, number=taken.newest))
