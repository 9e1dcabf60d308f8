"""Networks of the region: each municipality writes its own copy, and they are read together."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from hashlib import blake2b
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from obshto.modules.transit.models import RegionalTimetable
from obshto.modules.transit.services.network import Network, network_of
from obshto.modules.transit.services.queries import published_content
from obshto.platform.db.session import shared_session
from obshto.platform.practice_exits import told_outside
from obshto.platform.unit_of_work import Principal, UnitOfWork, open_uow
from obshto.tenants.api import municipalities

SLUG, REASON = "transit", "transit:show-in-region"
Contents = Mapping[str, Mapping[str, Any]]


def show_in_region(uow: UnitOfWork, **payload: Any) -> None:
    """Reaction and job: the region shows this network as it is now. Twice changes nothing."""
    assert uow.scope
    content = published_content(uow)
    told = json.dumps(content, ensure_ascii=False, sort_keys=True).encode()
    row = {
        "municipality": uow.scope.slug,
        "content": content,
        "stamp": blake2b(told, digest_size=12).hexdigest(),
        "changed_at": uow.now,
    }
    with open_uow(None, Principal.system(REASON)) as region:
        if told_outside(content["lines"]):
            put = insert(RegionalTimetable).values(row)
            changed = {name: put.excluded[name] for name in ("content", "stamp", "changed_at")}
            region.session.execute(
                put.on_conflict_do_update(index_elements=["municipality"], set_=changed)
            )
        else:
            own = delete(RegionalTimetable).filter_by(municipality=uow.scope.slug)
            region.session.execute(own)
        region.invalidate_region_pages()


def regional_network(among: Collection[str]) -> Network:
    """The networks of these municipalities as one. One read, two after a change.

    Kept in the process by what is in them, so nothing stale can be found: reading a province of
    JSON takes longer than searching it.
    """
    with shared_session() as shared:
        known = select(RegionalTimetable.municipality, RegionalTimetable.stamp)
        rows = shared.execute(known.where(RegionalTimetable.municipality.in_(among)))
        stamps = {slug: stamp for slug, stamp in rows}
        key = tuple(sorted(stamps.items()))
        if key not in _kept:
            wanted = select(RegionalTimetable).where(RegionalTimetable.municipality.in_(stamps))
            contents = {row.municipality: row.content for row in shared.scalars(wanted)}
            while len(_kept) >= KEPT:
                _kept.pop(next(iter(_kept)), None)
            _kept[key] = network_of(dict(sorted(contents.items())))
        return _kept[key]


KEPT = 4  # networks of a process
_kept: dict[tuple[tuple[str, str], ...], Network] = {}


def with_transit() -> dict[str, Any]:
    """The municipalities that have buses switched on, by slug. One read of the region's table."""
    return {tenant.slug: tenant for tenant in municipalities() if SLUG in tenant.modules}


def network_here(uow: UnitOfWork) -> Network:
    """The municipality's own network as it is this moment."""
    assert uow.scope
    return network_of({uow.scope.slug: published_content(uow)})


def network_around(uow: UnitOfWork) -> Network:
    """The same with the networks of its neighbours: lines cross borders."""
    assert uow.scope
    own = network_here(uow)
    others = regional_network([slug for slug in with_transit() if slug != uow.scope.slug])
    return Network(
        stops={**others.stops, **own.stops},
        lines={**others.lines, **own.lines},
        calendars={**others.calendars, **own.calendars},
        calendar_names={**others.calendar_names, **own.calendar_names},
        alerts={**others.alerts, **own.alerts},
    )
