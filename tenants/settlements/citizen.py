"""Public pages of settlements: all of them, and one with what the municipality says of it."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

from obshto.platform.opening_hours.hours import read, state_of
from obshto.platform.storage.downloads import send_file
from obshto.platform.web.access import open_to_all
from obshto.platform.web.request_uow import current_uow
from obshto.tenants.portal.territory import (
    POPULATION_DAY,
    population_of_settlements,
    settlements_of,
)
from obshto.tenants.settlements.services import picture_of, profile_of, settlement_here

settlements = Blueprint("settlements", __name__)


@settlements.get("/settlements/")
@open_to_all
def index() -> str:
    places = settlements_of(current_uow().scope.slug)
    return render_template("tenants/settlements.html", places=places)


@settlements.get("/settlements/<ekatte>")
@open_to_all
def show(ekatte: str) -> str:
    uow = current_uow()
    place, row = settlement_here(uow, ekatte), profile_of(uow, ekatte)
    hours = read(row.hours) if row else None
    return render_template(
        "tenants/settlement.html",
        place=place,
        profile=row,
        hours=hours,
        state=state_of(hours, uow.now),
        residents=population_of_settlements().get(ekatte),
        counted_on=POPULATION_DAY,
    )


@settlements.get("/settlements/<ekatte>/picture")
@open_to_all
def picture(ekatte: str) -> Response:
    uow = current_uow()
    return send_file(uow, picture_of(uow, settlement_here(uow, ekatte).ekatte))
