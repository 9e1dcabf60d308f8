"""Buses to a centre: times that one brings people to, for citizens, at the counter, by phone."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import update

from obshto.modules.centres.models import Centre
from obshto.platform.clock import SOFIA
from obshto.platform.modularity.bus_routes import BusRoutes, RoundTrip

VILLAGE, NAME = "gorno-selo", "Проба Пробова"
TIMES, DESK = r"\?at=(\d{8}T\d{4}Z)", "/console/centres"
PRESSED = r'name="at" value="(\d{8}T\d{4}Z)"'


@pytest.fixture
def buses(app, place, monkeypatch, uow_in):
    with uow_in(VILLAGE) as uow:
        uow.session.execute(update(Centre).values(ekatte="00001"))
        uow.commit()
    parts = app.extensions["obshto"].parts
    offers = replace(parts["hours"], offers={BusRoutes: Buses()})
    monkeypatch.setitem(parts, "hours", offers)
    monkeypatch.setattr(
        "obshto.platform.bus_trips.places_here",
        lambda uow: {"00002": {"bg": "с. Долно поле"}},
    )


def test_with_buses_a_centre_tells_how_to_come_and_go_home(visitor, place, buses, monkeypatch):
    page = visitor.get(f"/centres/{place.centre}").text
    assert "С автобус дотук и обратно" in page and "Тръгва" not in page
    page = visitor.get(f"/centres/{place.centre}?from=00002").text
    assert page.count("Тръгва") == 1 and "ред 1" in page
    monkeypatch.setattr(Buses, "round_trips", lambda *_, visits, **__: [None] * len(visits))
    page = visitor.get(f"/centres/{place.centre}?from=00002").text
    assert "Няма автобус, който да Ви докара навреме" in page


def test_with_buses_only_times_that_one_brings_people_to_are_offered(
    visitor, place, buses, monkeypatch
):
    page = visitor.get(f"/centres/times/{place.computer}").text
    assert "Идвате с автобус от" in page and "с. Долно поле" in page
    every = visitor.times(place.computer)
    page = visitor.get(f"/centres/times/{place.computer}?from=00002").text
    found = re.findall(r"\?at=(\d{8}T\d{4}Z)", page)
    assert found == every[1:2] and "обратно в" in page
    assert f"at={found[0]}&amp;from=00002" in page
    typed = {"name": NAME, "phone": "0888 123 456", "slots": "1", "request_id": uuid4()}
    made = visitor.post(f"/centres/book/{place.computer}?at={found[0]}&from=00002", typed)
    assert "обратно в" in visitor.get(made.location).text  # the slip keeps the bus
    later = (datetime.now(SOFIA) + timedelta(days=14)).date().isoformat()
    monkeypatch.setattr(Buses, "round_trips", lambda *_, visits, **__: [None] * len(visits))
    page = visitor.get(f"/centres/times/{place.computer}?from=00002&day={later}").text
    assert "няма час, за който да има автобус" in page
    page = visitor.get(f"/centres/times/{place.computer}?from=99999").text
    assert len(re.findall(r"\?at=(\d{8}T\d{4}Z)", page)) == len(every)


class Buses:
    """One bus from one village: it brings people to the second time there is."""

    def origins(self, uow, destination):
        return ["00002"] if destination == "00001" else []

    def round_trips(self, uow, *, origin, destination, visits):
        hour = timedelta(hours=1)
        start, end = visits[min(1, len(visits) - 1)]
        trip = RoundTrip(
            departs_at=start - hour,
            arrives_at=start,
            returns_at=end,
            home_at=end + hour,
            lines=("ред 1",),
        )
        return [trip if visit == (start, end) else None for visit in visits]


def test_by_phone_and_at_the_counter_the_bus_counts_too(clerk, visitor, place, buses, path_of):
    every = visitor.times(place.computer)
    page = clerk.get(f"{DESK}/times/{place.computer}").text
    assert "Идва с автобус от" in page and len(re.findall(TIMES, page)) == len(every)
    page = clerk.get(f"{DESK}/times/{place.computer}?from=00002").text
    assert re.findall(TIMES, page) == every[1:2] and "обратно в" in page
    assert f"at={every[1]}&amp;from=00002" in page
    typed = {"name": NAME, "phone": "0938 12 345", "channel": "phone", "slots": "1"}
    book = f"{DESK}/book/{place.computer}?at={every[1]}&from=00002"
    made = clerk.post(book, {**typed, "request_id": uuid4()})
    assert made.status_code == 303 and "обратно в" in clerk.get(made.location).text


def test_who_moves_an_hour_sees_the_buses_and_keeps_them(
    clerk, visitor, place, buses, path_of, version_of
):
    every = visitor.times(place.computer)
    own = path_of(visitor.book(place.computer, every[5]))
    moves = visitor.get(f"{own}/move").text
    assert "Идвате с автобус от" in moves and len(re.findall(PRESSED, moves)) > 1
    moves = visitor.get(f"{own}/move?from=00002").text
    assert re.findall(PRESSED, moves) == every[1:2] and "обратно в" in moves
    assert "from=00002" in re.search(r'href="([^"]*day=[^"]*)"', moves)[1]
    one = re.search(r"bookings/[0-9a-f-]{36}", clerk.get(f"{DESK}/bookings").text)[0]
    desk = clerk.get(f"{DESK}/{one}/move?from=00002").text
    assert re.findall(PRESSED, desk) == every[1:2] and "Идва с автобус от" in desk
    typed = {"at": every[1], "expected_version": version_of(moves)}
    moved = visitor.post(f"{own}/move?from=00002", typed)
    assert path_of(moved) == own and "обратно в" in visitor.get(moved.location).text


def test_where_nobody_knows_buses_the_desk_is_asked_nothing(clerk, place):
    assert "автобус" not in clerk.get(f"{DESK}/times/{place.computer}").text
