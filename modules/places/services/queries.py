"""Places found: for citizens by kind, village, what is there and whether it is open; for staff."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import Select, cast, func, or_, select
from sqlalchemy.dialects.postgresql import TSQUERY

from obshto.modules.places.errors import NoSuchPlace
from obshto.modules.places.events import HoursStale
from obshto.modules.places.models import Place
from obshto.modules.places.services.places import today
from obshto.modules.places.settings import PlacesSettings
from obshto.platform.opening_hours.hours import OpeningState, read, state_of
from obshto.platform.search.models import SearchEntry
from obshto.platform.search.query_parser import understand
from obshto.platform.settings.services import settings_of
from obshto.platform.soft_delete import count as count  # for whoever asks about lists
from obshto.platform.soft_delete import row_of
from obshto.platform.unit_of_work import UnitOfWork

REMIND_AGAIN = timedelta(days=28)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a citizen asked the list for; empty words ask for everything."""

    kind: str = ""
    ekatte: str = ""
    feature: str = ""
    words: str = ""
    is_open: bool = False

    @property
    def is_anything(self) -> bool:
        """Whether nothing in particular was asked for."""
        return self == Wanted()


def published() -> Select[Place]:
    """What citizens see, by name."""
    shown = select(Place).where(Place.published_at.is_not(None), Place.deleted_at.is_(None))
    return shown.order_by(Place.sort_key, Place.id)


def drafts() -> Select[Place]:
    """What waits to be published, by name."""
    waiting = select(Place).where(Place.published_at.is_(None), Place.deleted_at.is_(None))
    return waiting.order_by(Place.sort_key, Place.id)


def present() -> Select[Place]:
    """Whatever is published or waits to be, by name."""
    return select(Place).where(Place.deleted_at.is_(None)).order_by(Place.sort_key, Place.id)


def deleted() -> Select[Place]:
    """What can still come back, last deleted first."""
    return select(Place).where(Place.deleted_at.is_not(None)).order_by(Place.deleted_at.desc())


def stale(uow: UnitOfWork) -> Select[Place]:
    """Published places whose hours nobody has confirmed for long, the oldest first. One query."""
    days = settings_of(uow, "places", PlacesSettings).confirmed_for
    before = today(uow) - timedelta(days=days)
    old = published().order_by(None).where(Place.hours != {})
    return old.where(Place.confirmed_on < before).order_by(Place.confirmed_on, Place.id)


def named(statement: Select[Place], words: str) -> Select[Place]:
    """Those of them in whose name or address all of these words stand; for staff."""
    for word in words.casefold().split()[:8]:
        in_name = Place.sort_key.contains(word, autoescape=True)
        in_address = func.lower(Place.address).contains(word, autoescape=True)
        statement = statement.where(or_(in_name, in_address))
    return statement


def found(uow: UnitOfWork, wanted: Wanted, language: str) -> Select[Place]:
    """What citizens see of what they asked for. At most one query here, for „open now“."""
    rows = published()
    if wanted.kind:
        rows = rows.where(Place.kind == wanted.kind)
    if wanted.ekatte:
        rows = rows.where(Place.ekatte == wanted.ekatte)
    if wanted.feature:
        rows = rows.where(Place.features.contains([wanted.feature]))
    if wanted.words:
        rows = rows.where(Place.id.in_(_spoken_of(wanted.words, language)))
    return rows.where(Place.id.in_(_open_among(uow, rows))) if wanted.is_open else rows


def _spoken_of(words: str, language: str) -> Select[UUID]:
    """Ids of places that the municipality's search knows under these words, in any spelling."""
    query = understand(words, language).whole
    known = select(SearchEntry.object_id).where(SearchEntry.part == "places")
    if not query:
        return known.where(SearchEntry.object_id.is_(None))
    return known.where(SearchEntry.tokens.bool_op("@@")(cast(query, TSQUERY)))


def _open_among(uow: UnitOfWork, rows: Select[Place]) -> list[UUID]:
    """The hours of all of them are read: a municipality has hundreds of places, not millions."""
    hours = uow.session.execute(rows.order_by(None).with_only_columns(Place.id, Place.hours))
    return [place_id for place_id, kept in hours if state_of(read(kept), uow.now).is_open]


def states(uow: UnitOfWork, places: Collection[Place]) -> dict[UUID, OpeningState]:
    """How each stands now."""
    return {place.id: state_of(read(place.hours), uow.now) for place in places}


def settlements_with_places(uow: UnitOfWork) -> list[tuple[str, dict[str, str]]]:
    """Code and names of towns and villages in which something is published. One query."""
    shown = published().order_by(None).where(Place.ekatte != "")
    pairs = shown.with_only_columns(Place.ekatte, Place.settlement).distinct()
    rows = [(code, names) for code, names in uow.session.execute(pairs)]
    named = {code: {"bg": code, **names} for code, names in rows}  # an old row may name none
    return sorted(named.items(), key=lambda pair: pair[1]["bg"])


def place_of(
    uow: UnitOfWork, place_id: UUID, *, to_change: bool = False, or_deleted: bool = False
) -> Place:
    """For staff; `to_change` makes others wait. Raises NoSuchPlace."""
    wanted = {"to_change": to_change, "or_deleted": or_deleted}
    return row_of(uow, select(Place), place_id, missing=NoSuchPlace, **wanted)


def published_place(uow: UnitOfWork, place_id: UUID) -> Place:
    """For everybody. Raises NoSuchPlace for a draft as for what never was."""
    place = uow.session.scalar(published().where(Place.id == place_id))
    if place is None:
        raise NoSuchPlace
    return place


def remind_of_stale(uow: UnitOfWork) -> None:
    """Say how many places have old hours; each place is counted once in four weeks."""
    day = today(uow)
    due = stale(uow).where(or_(Place.reminded_on.is_(None), Place.reminded_on < day - REMIND_AGAIN))
    places = list(uow.session.scalars(due.with_for_update()))
    for place in places:
        place.reminded_on = day
    if places:
        uow.emit(HoursStale(places=len(places)))


def lists(uow: UnitOfWork) -> dict[str, Select[Place]]:
    """The lists of the console, by the word in the address."""
    return {
        "published": published(),
        "stale": stale(uow),
        "drafts": drafts(),
        "deleted": deleted(),
    }
