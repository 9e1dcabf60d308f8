"""Networks of the region: each municipality writes its own copy, and they are read together."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Hashable, Mapping
from hashlib import blake2b
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from obshto.modules.transit.models import RegionalTimetable
from obshto.modules.transit.services.network import Network, network_of
from obshto.modules.transit.services.queries import published_content
from obshto.platform.clock import day_of
from obshto.platform.db.session import shared_session
from obshto.platform.practice_exits import told_outside
from obshto.platform.unit_of_work import Principal, UnitOfWork, open_uow
from obshto.platform.web.content_cache import ContentCache
from obshto.tenants.api import municipalities

SLUG, REASON = "transit", "transit:show-in-region"
Contents = Mapping[str, Mapping[str, Any]]


def show_in_region(uow: UnitOfWork, **payload: Any) -> None:
    """Reaction and job: the region shows this network as it is now. Twice changes nothing."""
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
    return _regional(among)[1]


def _regional(among: Collection[str]) -> tuple[Hashable, Network]:
    """The same, after the stamps of what is in it."""
    with shared_session() as shared:
        known = select(RegionalTimetable.municipality, RegionalTimetable.stamp)
        rows = shared.execute(known.where(RegionalTimetable.municipality.in_(among)))
        stamps = {slug: stamp for slug, stamp in rows}

        def read() -> Network:
            wanted = select(RegionalTimetable).where(RegionalTimetable.municipality.in_(stamps))
            contents = {row.municipality: row.content for row in shared.scalars(wanted)}
            return network_of(dict(sorted(contents.items())))

        key = tuple(sorted(stamps.items()))
        return key, _kept_or(key, read)


KEPT = 8  # networks of a process; one of 60 lines is 4 MB, and as much again for a day's search
_kept: dict[Hashable, Network] = {}


def _kept_or(key: Hashable, make: Callable[[], Network]) -> Network:
    """What is kept under the key; the one that was not asked for the longest goes."""
    network = _kept.pop(key, None) or make()
    while len(_kept) >= KEPT:
        _kept.pop(next(iter(_kept)), None)
    _kept[key] = network
    return network


def with_transit() -> dict[str, Any]:
    """The municipalities that have buses switched on, by slug. One read of the region's table."""
    return {tenant.slug: tenant for tenant in municipalities() if SLUG in tenant.modules}


_own: ContentCache[Network] = ContentCache(KEPT)
_around: ContentCache[Network] = ContentCache(KEPT)


def network_here(uow: UnitOfWork) -> Network:
    """The municipality's own network as it is this moment. Five queries, none while it is kept.

    Alerts of days that are over leave it.
    """

    def read() -> Network:
        return network_of({uow.scope.slug: published_content(uow)})

    return _own.get_or_make(uow, read, day_of(uow.now))


def network_around(uow: UnitOfWork) -> Network:
    """The same with the networks of its neighbours: lines cross borders."""
    key, others = _regional([slug for slug in with_transit() if slug != uow.scope.slug])
    own = network_here(uow)
    return _around.get_or_make(uow, lambda: _together(own, others), day_of(uow.now), key)


def _together(own: Network, others: Network) -> Network:
    return Network(
        stops={**others.stops, **own.stops},
        lines={**others.lines, **own.lines},
        calendars={**others.calendars, **own.calendars},
        calendar_names={**others.calendar_names, **own.calendar_names},
        alerts={**others.alerts, **own.alerts},
    )
