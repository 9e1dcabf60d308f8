"""What is public about the land and the people of the municipalities."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, select, true

import obshto.tenants.municipalities as data
from obshto.platform.db.session import shared_session
from obshto.platform.scope import PRACTICE, is_in_practice
from obshto.platform.web.language import OTHERS, SOURCE
from obshto.tenants.municipalities.models import Settlement, Tenant

REAL = Tenant.slug != PRACTICE


@dataclass(frozen=True, slots=True)
class Territory:
    """One municipality: census, area and so on, with its towns and villages."""

    facts: Mapping[str, Any]
    settlements: Sequence[Settlement]

    @property
    def census_day(self) -> date:
        """The day whose residents were counted."""
        return date.fromisoformat(self.facts["census"]["reference_date"])


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionNumbers:
    """Sums over the municipalities: people by the census of `day`, area in square kilometres."""

    municipalities: int
    settlements: int
    residents: int
    elders: int  # of 65 and more years
    area: int
    day: date


def region_numbers(everyone: Sequence[Tenant]) -> RegionNumbers | None:
    """Of those whose people were counted; None where none were. One read."""
    told = [tenant.facts for tenant in everyone if tenant.facts.get("census")]
    if not told:
        return None
    counted = [facts["census"] for facts in told]
    with shared_session() as shared:
        known = select(func.count()).select_from(Settlement).where(_shown_here())
        settlements = shared.scalar(known) or 0
    return RegionNumbers(
        municipalities=len(told),
        settlements=settlements,
        residents=sum(census["total"] for census in counted),
        elders=sum(census["age_65_plus"] for census in counted),
        area=round(sum(facts["area_km2"] for facts in told)),
        day=max(date.fromisoformat(census["reference_date"]) for census in counted),
    )


def about(slug: str) -> Territory:
    """Two reads of the region's tables, apart from the municipality's own transaction."""
    with shared_session() as shared:
        facts = shared.scalars(select(Tenant.facts).where(Tenant.slug == slug)).one()
        return Territory(facts, shared.scalars(_settlements(slug)).all())


def settlements_of(slug: str) -> Sequence[Settlement]:
    """The towns and villages of a municipality, the seat first. One read of the region's table."""
    with shared_session() as shared:
        return shared.scalars(_settlements(slug)).all()


def named_settlements(slug: str) -> Mapping[str, Mapping[str, str]]:
    """Names by EKATTE code and language, the seat first: „с. Старопатица“, „Staropatitsa“.

    A language without a name of its own takes the one in Latin letters.
    """
    return {place.ekatte: _names(place) for place in settlements_of(slug)}


def _names(place: Settlement) -> dict[str, str]:
    latin = place.names.get("en", place.names[SOURCE])
    own = {language: place.names.get(language, latin) for language in OTHERS}
    return own | {SOURCE: f"{place.kind} {place.names[SOURCE]}"}


class SettlementNames:
    """Supplies `PlaceBook`: one can ask to hear of each town and village."""

    def places(self, slug: str) -> Mapping[str, Mapping[str, str]]:
        return named_settlements(slug)


def _settlements(slug: str) -> Select[Settlement]:
    settlements = select(Settlement).where(Settlement.municipality == slug)
    return settlements.order_by(Settlement.is_seat.desc(), Settlement.sort_key)


@dataclass(frozen=True, slots=True)
class Residents:
    """How many lived in a municipality on a day, by age group: „15-29“, „65+“."""

    day: date
    by_age: Mapping[str, int]


def residents_of(slug: str) -> Residents | None:
    """Of the census; None where nobody knows. One read of the region's table."""
    with shared_session() as shared:
        facts = shared.scalar(select(Tenant.facts).where(Tenant.slug == slug)) or {}
    census: Mapping[str, Any] = facts.get("census") or {}
    groups = {
        name.removeprefix("age_").replace("_plus", "+").replace("_", "-"): number
        for name, number in census.items()
        if name.startswith("age_")
    }
    day = census.get("reference_date")
    return Residents(date.fromisoformat(day), groups) if groups and day else None


POPULATION_DAY = date(2013, 12, 31)  # of `population_of_settlements`


@cache
def population_of_settlements() -> Mapping[str, int]:
    """How many lived in each town and village, by EKATTE code: National Statistical Institute."""
    path = Path(data.__file__).parent / "data" / "settlements.json"
    rows = json.loads(path.read_text("utf-8"))
    return {row["ekatte"]: row["population_2013"] for row in rows}


@cache
def points_of_settlements() -> Mapping[str, tuple[float, float]]:
    """Latitude and longitude in WGS 84 by EKATTE code.

    © OpenStreetMap contributors (ODbL): a page that draws them says so, with a link.
    """
    path = Path(data.__file__).parent / "data" / "coordinates.osm.json"
    told = json.loads(path.read_text("utf-8"))["coordinates"]
    return {code: (latitude, longitude) for code, (latitude, longitude) in told.items()}


def municipalities(*, with_practice: bool = False) -> list[Tenant]:
    """All of the region, by name. The practice municipality is counted and shown nowhere."""
    rows = select(Tenant).order_by(Tenant.sort_key)
    with shared_session() as shared:
        return list(shared.scalars(rows if with_practice else rows.where(REAL)))


class RegionAddress(NamedTuple):
    """A town or village as addresses name it, in Bulgarian; its code, names and municipality."""

    kind: str
    name: str
    municipality: str
    ekatte: str
    names: Mapping[str, str]
    slug: str


def addresses_of_region() -> list[RegionAddress]:
    """Every town and village of the province, by name. One read."""
    wanted = (Settlement.kind, Settlement.names, Settlement.ekatte, Tenant.slug, Tenant.names)
    known = select(*wanted).join(
        Tenant, and_(Tenant.slug == Settlement.municipality, _shown_here())
    )
    with shared_session() as shared:
        rows = shared.execute(known.order_by(Settlement.sort_key, Settlement.ekatte))
        return [
            RegionAddress(kind, names["bg"], municipality["bg"], ekatte, names, slug)
            for kind, names, ekatte, slug, municipality in rows
        ]


def _shown_here() -> ColumnElement[bool]:
    """Who practises reads the invented villages beside the real ones; nobody else does."""
    return true() if is_in_practice() else Settlement.municipality != PRACTICE


def all_settlements() -> Sequence[Settlement]:
    """Every town and village of the province, by name. One read of the region's table."""
    known = select(Settlement).where(_shown_here())
    with shared_session() as shared:
        return shared.scalars(known.order_by(Settlement.sort_key, Settlement.ekatte)).all()


def settlements_of_region() -> Mapping[str, Mapping[str, str]]:
    """The same by code, with the names of each in all languages."""
    return {place.ekatte: _names(place) for place in all_settlements()}


def home_of_settlement(code: str) -> tuple[Settlement, Tenant] | None:
    """A town or village with the municipality that it is in. One read of the region's tables."""
    known = select(Settlement, Tenant).join(Tenant, Tenant.slug == Settlement.municipality)
    with shared_session() as shared:
        found = shared.execute(known.where(Settlement.ekatte == code)).first()
        return (found[0], found[1]) if found else None
