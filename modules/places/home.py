"""Where one can go now, on the home page."""

from __future__ import annotations

from obshto.modules.places.models import Place
from obshto.modules.places.services.kinds import KINDS, Kind
from obshto.modules.places.services.queries import published, states
from obshto.modules.places.settings import PlacesSettings
from obshto.platform.modularity.manifest import HomeBlock
from obshto.platform.settings.services import settings_of
from obshto.platform.unit_of_work import UnitOfWork

NEEDED = (Kind.OFFICE, Kind.PHARMACY, Kind.HEALTH)
LOOKED_AT = 60


def open_now(uow: UnitOfWork) -> HomeBlock | None:
    """Offices, pharmacies, doctors: the open ones first. Nothing where none is published."""
    size = settings_of(uow, "places", PlacesSettings).on_home
    needed = published().where(Place.kind.in_([kind.value for kind in NEEDED])).limit(LOOKED_AT)
    places = list(uow.session.scalars(needed))
    state = states(uow, places)
    places.sort(key=lambda place: not state[place.id].is_open)  # keeps the order of names
    context = {"places": places[:size], "states": state, "kinds": KINDS}
    return HomeBlock(template="places/home.html", context=context, weight=40) if places else None
