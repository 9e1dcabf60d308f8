"""Where a centre is on the map: entered by its keeper, shown with the way there and the stop."""

import json
import re
from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import select, text, update

from obshto.modules.centres.datasets import DATASETS
from obshto.modules.centres.models import Centre
from obshto.platform.modularity.bus_routes import BusRoutes, NearestStop
from obshto.platform.permissions import Role
from obshto.platform.web.place_field import written

VILLAGE = "gorno-selo"
SEAT = "10971"  # Vidin, whose point is known
DOOR, FAR = (43.99, 22.872), (43.21, 23.55)
WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday")


@pytest.fixture
def settled(migrator, switched_on):
    """The village has a town with a point, and the map of everything is on."""
    add = text(
        "INSERT INTO shared.settlement (ekatte, municipality, kind, names, is_seat, sort_key)"
        ' VALUES (:seat, :slug, \'град\', \'{"bg": "Горно", "en": "Gorno"}\', true, \'a\')'
    )
    with migrator.begin() as connection:
        connection.execute(add, {"slug": VILLAGE, "seat": SEAT})
    yield
    with migrator.begin() as connection:
        connection.execute(text("DELETE FROM shared.settlement"))


@pytest.fixture
def standing(place, uow_in):
    """The same centre with a point of its own."""
    with uow_in(VILLAGE) as uow:
        here = update(Centre).where(Centre.id == place.centre)
        uow.session.execute(here.values(latitude=DOOR[0], longitude=DOOR[1], ekatte=SEAT))
        uow.commit()
    return place


def test_a_keeper_enters_the_point_as_a_phone_tells_it(settled, keeper, visitor, path_of, uow_in):
    typed = {"name": "Нов център", "address": "ул. Първа 1", "phone": "0938 12 345"}
    typed |= {day: "8-17" for day in WEEK} | {"ekatte": SEAT, "request_id": uuid4()}
    for point, told in (
        ("до чешмата", "Напишете точката като"),
        (written(*FAR), "Точката е далеч от избраното място"),
    ):
        answer = keeper.post("/console/centres/new?kind=centre", {**typed, "point": point})
        assert answer.status_code == 422 and told in answer.text and point in answer.text
    typed["point"] = "43.99, 22.872"
    edit = path_of(keeper.post("/console/centres/new?kind=centre", typed))
    page = keeper.get(edit).text
    assert 'value="43.99, 22.872"' in page
    version = re.findall(r'name="expected_version" value="(\d+)"', page)[-1]
    assert keeper.post(f"{edit}/publish", {"expected_version": version}).status_code == 303
    shown = visitor.get(edit.replace("/console", "")).text
    assert "geo:43.99000,22.87200" in shown and "Отворете в картите на телефона" in shown
    with uow_in(VILLAGE) as uow:
        [centre] = uow.session.scalars(select(Centre).where(Centre.name == "Нов център"))
        assert centre.point == DOOR


def test_a_point_is_written_so_that_the_form_reads_it_again():
    assert written(43.9, 22.872) == "43.90, 22.872" and written(None, None) == ""


def test_without_a_point_nothing_is_said_of_it(visitor, place):
    page = visitor.get(f"/centres/{place.centre}").text
    assert "geo:" not in page and "На картата на общината" not in page


def test_it_stands_at_its_door_on_the_map_of_everything_and_in_the_data(
    settled, standing, visitor, sign_in, uow_in
):
    switched = sign_in(VILLAGE, Role.ADMIN).press("/console/tenants/places", to="/on")
    assert switched.status_code == 303
    page = visitor.get(f"/centres/{standing.centre}").text
    [link] = re.findall(r'href="(/places/map\?what=centres[^"]*)"', page)
    assert "near=43.990%2C22.872" in link
    told = json.loads(visitor.get("/places/map.geojson?what=centres").data)["features"]
    [at] = [one["geometry"] for one in told if one["properties"]["title"] == "Дигитален център"]
    assert at["coordinates"] == [DOOR[1], DOOR[0]]
    with uow_in(VILLAGE) as uow:
        rows = uow.session.execute(DATASETS[0].rows(uow)).all()
        assert [row[-2:] for row in rows if row.id == standing.centre] == [DOOR]


def test_the_nearest_stop_is_told_where_somebody_knows_the_buses(
    standing, visitor, app, monkeypatch
):
    page = f"/centres/{standing.centre}"
    assert "Най-близката спирка" not in visitor.get(page).text
    parts = app.extensions["obshto"].parts
    monkeypatch.setitem(parts, "hours", replace(parts["hours"], offers={BusRoutes: Buses()}))
    told = visitor.get(f"{page}?from=here").text.replace("\xa0", " ")
    assert "Най-близката спирка е" in told and ">Пазарът</a>, на 250 м по права линия" in told
    assert "Покажете автобусите" not in told  # nobody knows from where one comes


class Buses:
    """A stop and no timetable."""

    def origins(self, uow, destination):
        return ()

    def nearest_stop(self, uow, point):
        assert point == DOOR
        return NearestStop(name="Пазарът", path="/transit/stops/1", kilometres=0.2461)
