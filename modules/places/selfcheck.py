"""What a whole site has of places."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from flask_babel import lazy_gettext as _

from obshto.modules.places.models import Place
from obshto.modules.places.services.kinds import KINDS, Feature, Kind
from obshto.modules.places.services.places import today
from obshto.modules.places.services.queries import published
from obshto.modules.places.settings import PlacesSettings
from obshto.platform.modularity.manifest import Criterion, Mend, Outcome
from obshto.platform.settings.services import settings_of
from obshto.platform.unit_of_work import UnitOfWork

ASKED = (Kind.OFFICE, Kind.HEALTH, Kind.PHARMACY, Kind.SCHOOL, Kind.CULTURE)
ACCESSIBILITY = {Feature.STEP_FREE, Feature.TOILET, Feature.PARKING, Feature.HEARING_LOOP}
OPEN_AIR = (Kind.OUTDOORS, Kind.LANDMARK, Kind.BENCH)  # which need no hours
NEW = "/console/places/new"


def kinds(uow: UnitOfWork) -> Outcome:
    """A place of each kind that people ask for most."""
    there = {place.kind for place in _places(uow)}
    missing = [kind for kind in ASKED if kind not in there]
    mends = tuple(Mend(str(KINDS[kind]), NEW) for kind in missing)
    return Outcome(1 - len(missing) / len(ASKED), mends)


def hours(uow: UnitOfWork) -> Outcome:
    """Hours that somebody has confirmed lately, wherever there are doors."""
    limit = settings_of(uow, "places", PlacesSettings).confirmed_for
    since = today(uow) - timedelta(days=limit)
    asked = [place for place in _places(uow) if place.kind not in OPEN_AIR]
    return _share(asked, lambda it: bool(it.hours and it.confirmed_on and it.confirmed_on >= since))


def where(uow: UnitOfWork) -> Outcome:
    """An address and a point on the map."""
    return _share(_places(uow), lambda it: bool(it.address) and it.latitude is not None)


def access(uow: UnitOfWork) -> Outcome:
    """What somebody finds there who moves or hears with difficulty."""
    return _share(_places(uow), lambda it: bool(ACCESSIBILITY & set(it.features)))


SELFCHECK = (
    Criterion(
        word="places.kinds",
        title=_("Местата, които хората търсят най-често"),
        advice=_("Добавете поне по едно място от всеки вид, който липсва."),
        points=8,
        look=kinds,
    ),
    Criterion(
        word="places.hours",
        title=_("Потвърдено работно време"),
        advice=_("Проверете часовете и натиснете бутона, че са верни."),
        points=8,
        look=hours,
    ),
    Criterion(
        word="places.where",
        title=_("Адрес и точка на картата"),
        advice=_("Напишете адреса и двете числа на точката."),
        points=6,
        look=where,
    ),
    Criterion(
        word="places.access",
        title=_("Достъп за хора с увреждания"),
        advice=_("Отбележете какво има: вход без стъпала, тоалетна, място за паркиране."),
        points=4,
        look=access,
    ),
)


def _places(uow: UnitOfWork) -> Sequence[Place]:
    return uow.session.scalars(published()).all()


def _share(places: Sequence[Place], is_whole: Callable[[Place], bool]) -> Outcome:
    missing = [place for place in places if not is_whole(place)]
    mends = tuple(Mend(place.name, f"/console/places/{place.id}") for place in missing)
    return Outcome(1 - len(missing) / len(places) if places else 0, mends)
