"""Line of today: a bus that does not run."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext

from obshto.modules.transit.models import BusLine, ServiceAlert
from obshto.modules.transit.services.queries import published
from obshto.platform.clock import day_of, next_midnight
from obshto.platform.modularity.manifest import Today
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE
from obshto.platform.web.validity import keep_until


def today(uow: UnitOfWork) -> Today | None:
    """The first line that is called off or runs otherwise today. One query."""
    day = day_of(uow.now)
    keep_until(next_midnight(uow.now))
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
