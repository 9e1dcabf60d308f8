"""The consultation that closes first, in the line of today; what is open in the region."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext

from obshto.modules.consultations.services.queries import open_at
from obshto.modules.consultations.services.regional import regional_consultations
from obshto.platform.modularity.manifest import HomeBlock, Today
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import day_of_month
from obshto.platform.web.language import SOURCE
from obshto.platform.web.validity import keep_until
from obshto.tenants.api import homes_with

MOST = 4  # of the list of the region


def closing_first(uow: UnitOfWork) -> Today | None:
    """One query."""
    found = uow.session.scalars(open_at(uow.now).limit(1)).first()
    keep_until(found.closes_at if found else None)
    if found is None or found.closes_at is None or found.closes_on is None:
        return None
    return Today(
        title=gettext("Обсъждаме до %(day)s", day=day_of_month(found.closes_on)),
        text=found.title,
        language=SOURCE,
        path=url_for("consultations_citizen.show", consultation_id=found.id),
        weight=45,
    )


def open_in_region(uow: UnitOfWork) -> HomeBlock | None:
    """What closes first, of all municipalities. Two queries."""
    homes = homes_with("consultations")
    rows = uow.session.scalars(regional_consultations(uow, among=homes).limit(MOST)).all()
    keep_until(min((row.closes_at for row in rows), default=None))
    context = {"rows": rows, "homes": homes}
    template = "consultations/region_home.html"
    return HomeBlock(template=template, context=context, weight=10) if rows else None
