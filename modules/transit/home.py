"""Line of today: a bus that does not run, else the last one home."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext

from obshto.modules.transit.models import BusLine, ServiceAlert
from obshto.modules.transit.services.last_bus import last_bus_home
from obshto.modules.transit.services.queries import published
from obshto.modules.transit.services.regional import regional_network
from obshto.platform.clock import day_of, next_midnight
from obshto.platform.modularity.manifest import Today
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import clock
from obshto.platform.web.language import SOURCE
from obshto.platform.web.validity import keep_until
from obshto.tenants.api import named_settlements


def today(uow: UnitOfWork) -> Today | None:
    """What is announced for today, else the last bus home while it has not left.

    One query where something is announced; three, four after a change, where nothing is.
    """
    keep_until(next_midnight(uow.now))
    return _announced(uow) or _last_bus(uow)


def _announced(uow: UnitOfWork) -> Today | None:
    """The first line that is called off or runs otherwise today."""
    day = day_of(uow.now)
    rows = published().join(ServiceAlert, ServiceAlert.line_id == BusLine.id)
    told = rows.with_only_columns(BusLine.id, BusLine.shown, ServiceAlert.is_cancelled).where(
        ServiceAlert.withdrawn_at.is_(None),
        ServiceAlert.starts_on <= day,
        ServiceAlert.ends_on >= day,
    )
    found = uow.session.execute(
        told.order_by(None).order_by(ServiceAlert.is_cancelled.desc(), BusLine.sort_key).limit(1)
    ).first()
    if found is None:
        return None
    line_id, shown, is_cancelled = found
    title = gettext("Днес не се движи") if is_cancelled else gettext("Промяна днес")
    return Today(
        title=title,
        text=f"{shown['number']} {shown['name']}".strip(),
        language=SOURCE,
        path=url_for("transit_citizen.line", line_id=line_id),
        weight=20,
    )


def _last_bus(uow: UnitOfWork) -> Today | None:
    """Of the timetables that the region shows, which are kept in the process."""
    network = regional_network([uow.scope.slug])
    home = named_settlements(uow.scope.slug) if network.lines else ()
    bus = last_bus_home(network, home, uow.now)
    if bus is None:
        return None
    keep_until(bus.leaves_at)
    return Today(
        title=gettext("Последен автобус днес: %(time)s", time=clock(bus.leaves_at)),
        text=f"{bus.origin.label} – {bus.target.place_in(SOURCE) or bus.target.name}",
        language=SOURCE,
        path=url_for("transit_citizen.line", line_id=bus.line),
        weight=40,
    )
