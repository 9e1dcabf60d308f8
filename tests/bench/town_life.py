"""A day of many events, lines and stops against one event and one line: the same pages, in turn.

The whole size is 400 events, 60 lines and 901 stops; fewer lines have fewer of all in proportion.
"""

from __future__ import annotations

import gc
import time
from datetime import timedelta
from statistics import median, quantiles
from uuid import uuid4

from sqlalchemy import create_engine, text

from obshto.modules.events.services.edits import Details, Text, write_event
from obshto.modules.events.services.publication import publish_event
from obshto.modules.transit.services import edits as buses
from obshto.modules.transit.services.publication import publish_line
from obshto.modules.transit.services.regional import show_in_region
from obshto.modules.transit.services.service_time import HOUR, MINUTE
from obshto.modules.transit.services.timetable import Direction, Trip
from obshto.platform.clock import day_of
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named

EVENTS, LINES = 400, 60
HALTS, TRIPS = 16, 12  # of each line; one halt is the hub of all
ASKED = 20  # times each page a round
DAYS = buses.CalendarDetails(name="всеки ден", weekdays="0123456", holidays="usual")


def bench(region, *, rounds, lines):
    """Lines of the report; the first two municipalities are filled, the second one fully."""
    few, many = region.slugs[:2]
    _switch_on(region, (few, many))
    ways = {
        few: _fill(region, few, events=1, lines=1),
        many: _fill(region, many, events=EVENTS * lines // LINES, lines=lines),
    }
    client = region.app.test_client()
    gc.collect()
    gc.freeze()  # as the server of production does before it serves
    pages = {"events": "/events/?", "stop": "/transit/stops/{0}?", "trip": "/transit/trip?{1}&"}
    yield from _compared(client, pages, {few: ways[few], many: ways[many]}, rounds)
    with region.app.app_context(), open_uow(scope_named(many), Principal.system("bench")) as uow:
        show_in_region(uow)
        uow.commit()
    name = "trip of the small one with the whole network around, against the large one"
    yield from _compared(client, {name: pages["trip"]}, {many: ways[many], few: ways[few]}, rounds)


def _compared(client, pages, ways, rounds):
    """Each page of both municipalities: the second one's p95 as a ratio of the first one's."""
    first, second = ways
    for name, path in pages.items():
        took = {slug: [] for slug in ways}
        for turn in range(rounds + 1):
            for number in range(ASKED):
                for slug, way in ways.items():
                    began = time.perf_counter()
                    asked = f"{path.format(*way)}anew={turn}-{number}"
                    answer = client.get(asked, base_url=f"http://{slug}.localhost:8000")
                    assert answer.status_code == 200, (slug, asked)
                    took[slug] += [time.perf_counter() - began] if turn else []
        nine = {slug: quantiles(found, n=20)[-1] for slug, found in took.items()}
        ratio, own = nine[second] / nine[first], 1000 * nine[second]
        yield (
            f"{name}: median {1000 * median(took[second]):.1f} ms, p95 {own:.1f} ms,"
            f" {ratio:.2f} of the other's {1000 * nine[first]:.1f} ms"
        )


def _switch_on(region, slugs):
    engine = create_engine(region.config.migrator)
    row = "UPDATE shared.tenant SET modules = :on, version = version + 1 WHERE slug = ANY(:slugs)"
    with engine.begin() as connection:
        connection.execute(text(row), {"on": ["events", "transit"], "slugs": list(slugs)})
    engine.dispose()


def _fill(region, slug, *, events, lines):
    """A stop, and the question of a trip from the first halt of a line to its last."""
    with region.app.app_context(), open_uow(scope_named(slug), Principal.system("bench")) as uow:
        for number in range(events):
            start = uow.now + timedelta(hours=2, seconds=number)
            details = Details(starts_at=start, ends_at=start + timedelta(hours=1))
            words = Text(title=f"Събитие {number}", summary="Песни и танци на мегдана.")
            event = write_event(uow, words, details, request_id=uuid4())
            uow.session.flush()
            publish_event(uow, event, expected_version=event.version)
        days = buses.write_calendar(uow, DAYS, request_id=uuid4())
        uow.session.flush()
        hub = _stop(uow, "гарата", 43.5, 22.3)
        halts = [_line(uow, number, str(days.id), hub) for number in range(lines)]
        tomorrow = (day_of(uow.now) + timedelta(days=1)).isoformat()
        uow.commit()
    return halts[0][0], f"from={halts[0][0]}&to={halts[-1][-1]}&day={tomorrow}"


def _stop(uow, name, latitude, longitude):
    told = buses.StopDetails(name=name, settlement="", latitude=latitude, longitude=longitude)
    return str(buses.write_stop(uow, told, request_id=uuid4()).id)


def _line(uow, number, days, hub):
    """Ids of its halts; the hub is the middle one of every line."""
    halts = [
        _stop(uow, f"Спирка {number}-{place}", 43.5 + place / 50, 22.4 + number / 100)
        for place in range(HALTS - 1)
    ]
    halts.insert(HALTS // 2, hub)
    line = buses.write_line(uow, buses.LineDetails(name=f"Линия {number}"), request_id=uuid4())
    uow.session.flush()
    trips = tuple(
        Trip(days, tuple(5 * HOUR + (trip * 75 + place * 8) * MINUTE for place in range(HALTS)))
        for trip in range(TRIPS)
    )
    for key, way in (("0", halts), ("1", halts[::-1])):
        told = Direction(tuple(way), trips)
        buses.write_timetable(uow, line, key, told, expected_version=line.version)
        uow.session.flush()
    publish_line(uow, line, expected_version=line.version)
    uow.session.flush()
    return halts
