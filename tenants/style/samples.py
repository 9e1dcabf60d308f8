"""Invented rows of the style page: what macros of `ui/` take that is no field of a form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import gettext

from obshto.platform.bus_trips import BusTrips, DayTrip
from obshto.platform.clock import day_of
from obshto.platform.content.changes import GONE, NEW, changes
from obshto.platform.editorial.conflict import EditConflict, FieldConflict
from obshto.platform.legal.terms import LAW, Term
from obshto.platform.modularity.bus_routes import NearestStop, RoundTrip
from obshto.platform.village_map import (
    PickerMap,
    Village,
    drawing_of_counts,
    picker_map,
)

POINTS = ((43.9, 22.5), (43.8, 22.6), (43.85, 22.75))
PLACE = "Място"  # as people named a stop: in Bulgarian, whatever the page is in
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleRow:
    """What a page or a piece of news is to its tag."""

    is_published: bool = True
    published_at: datetime
    until: datetime | None = None

    def shows_at(self, now: datetime) -> bool:
        """Whether citizens see it then."""
        return self.published_at <= now and (self.until is None or now < self.until)


def samples(now: datetime) -> Mapping[str, Any]:
    """Names that the page has beside its forms."""
    return {
        "chart": drawing_of_counts({"1": 3, "2": 12}, _villages()),
        "picker": _picker(),
        "conflict": _conflict(),
        "states": _states(now),
        "term": _moved_term(day_of(now)),
        "law": LAW,
        "buses": _buses(now),
        "point": POINTS[0],
    }


def _villages() -> list[Village]:
    """Two villages with something in them and one without."""
    name = gettext("Място")
    return [Village(str(n), f"{name} {n}", point) for n, point in enumerate(POINTS, 1)]


def _picker() -> PickerMap | None:
    return picker_map(_villages())


def _conflict() -> EditConflict:
    pieces = changes(gettext("Кратък текст"), gettext("Няколко реда"))
    return EditConflict(
        fields=[
            FieldConflict(
                label=gettext("Заглавие"),
                saved=[piece for piece in pieces if piece.kind != NEW],
                typed=[piece for piece in pieces if piece.kind != GONE],
            )
        ]
    )


def _states(now: datetime) -> list[SampleRow]:
    """A draft, one that shows, one that waits for its hour, one that is over."""
    return [
        SampleRow(is_published=False, published_at=now),
        SampleRow(published_at=now - DAY, until=now + DAY),
        SampleRow(published_at=now + HOUR),
        SampleRow(published_at=now - DAY, until=now - HOUR),
    ]


def _moved_term(today: date) -> Term:
    """A term that ends on a Saturday, so on the Monday after it."""
    ends_on = today + timedelta(days=(5 - today.weekday()) % 7 + 7)
    why = {"bg": "Седем дни", "en": "Seven days", "ro": "Șapte zile"}
    return Term(
        due_on=ends_on + 2 * DAY,
        starts_on=ends_on - 7 * DAY,
        counted_to=ends_on,
        article=LAW["counting"],
        why=why,
    )


def _buses(now: datetime) -> BusTrips:
    there = RoundTrip(
        departs_at=now, arrives_at=now + HOUR, returns_at=now + 3 * HOUR, home_at=now + 4 * HOUR
    )
    name = gettext("Място")
    return BusTrips(
        origins=[("1", f"{name} 1"), ("2", f"{name} 2")],
        origin="1",
        trips=[DayTrip(there, [there.returns_at])],
        stop=NearestStop(name=f"{PLACE} 3", path="/console/style/", kilometres=0.4),
    )
