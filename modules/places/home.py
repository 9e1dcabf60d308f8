"""Where one can go now, on the home page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from flask import url_for
from flask_babel import gettext

from obshto.modules.places.models import Place
from obshto.modules.places.services.kinds import KINDS, Kind
from obshto.modules.places.services.queries import published, states
from obshto.modules.places.settings import PlacesSettings
from obshto.platform.clock import next_midnight
from obshto.platform.modularity.manifest import HomeBlock, Today
from obshto.platform.modularity.shared_blocks import shared_block
from obshto.platform.opening_hours.hours import OpeningState, Standing
from obshto.platform.settings.services import settings_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import clock
from obshto.platform.web.language import current_language
from obshto.platform.web.request_uow import read_once
from obshto.platform.web.validity import keep_until

NEEDED = (Kind.OFFICE, Kind.PHARMACY, Kind.HEALTH)
LOOKED_AT = 60
MOST = 4  # of any list of the home page


@shared_block
def open_now(uow: UnitOfWork) -> HomeBlock | None:
    """Offices, pharmacies, doctors: the open ones first. Nothing where none is published."""
    size = settings_of(uow, "places", PlacesSettings).on_home
    places = list(_needed(uow))
    state = states(uow, places)
    _keep_until_a_change(uow, state)
    places.sort(key=lambda place: not state[place.id].is_open)  # keeps the order of names
    context = {"places": places[: min(size, MOST)], "states": state, "kinds": KINDS}
    if not places:
        return None
    return HomeBlock(template="places/home.html", context=context, weight=40, is_aside=True)


def office_today(uow: UnitOfWork) -> Today | None:
    """Until when the first office is open today, or that it is closed. One query at most."""
    needed = _needed(uow)
    found = [place for place in needed if place.kind == Kind.OFFICE.value]
    if len(needed) == LOOKED_AT:  # there are more: offices may be among those
        offices = published().where(Place.kind == Kind.OFFICE.value).limit(LOOKED_AT)
        found = list(uow.session.scalars(offices))
    state = states(uow, found)
    _keep_until_a_change(uow, state)
    known = [place for place in found if state[place.id].standing != Standing.UNKNOWN]
    if not known:
        return None
    place = min(known, key=lambda place: not state[place.id].is_open)
    now = state[place.id]
    closes = now.changes_at if now.is_open and now.days_ahead == 0 else None
    opens = now.changes_at if not now.is_open and now.days_ahead == 0 else None
    if closes:
        title = gettext("Отворено до %(time)s", time=clock(closes))
    elif opens:
        title = gettext("Отваря в %(time)s", time=clock(opens))
    else:
        title = gettext("Отворено") if now.is_open else gettext("Сега е затворено")
    name, _about, language = place.told(current_language())
    return Today(
        title=title,
        text=name,
        language=language,
        path=url_for("places_citizen.show", place_id=place.id),
        tone="good" if now.is_open else "",
        weight=10,
    )


def _needed(uow: UnitOfWork) -> Sequence[Place]:
    """Offices, pharmacies, doctors, by name."""

    def read() -> Sequence[Place]:
        kinds = [kind.value for kind in NEEDED]
        return uow.session.scalars(published().where(Place.kind.in_(kinds)).limit(LOOKED_AT)).all()

    return read_once("places.needed", read)


def _keep_until_a_change(uow: UnitOfWork, state: Mapping[UUID, OpeningState]) -> None:
    """One opens or closes, or „today“ and „tomorrow“ mean another day."""
    changes = [it.changes_at for it in state.values() if it.changes_at]
    keep_until(min([*changes, next_midnight(uow.now)]))
