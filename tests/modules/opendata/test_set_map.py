"""A set brought by hand on our map: by coordinates, by the settlement that a row names."""

import json
import re

import pytest
from sqlalchemy import create_engine, text

from obshto.modules.opendata.citizen import catalogue
from obshto.modules.places.seeds import seed as seed_places
from obshto.tenants.api import points_of_settlements

HEAD = "Име;Населено място;Ширина;Дължина\n"
ROWS = "Чешма;с. Поле;;\nКладенец;Поле;43,9;22,6\nБунар;Другаде;;\n"


@pytest.fixture(autouse=True)
def settlements(house, config, app):
    """Two settlements whose points are known."""
    with app.app_context():
        codes = sorted(points_of_settlements())[:2]
    engine = create_engine(config.migrator)
    add = text(
        "INSERT INTO shared.settlement (ekatte, municipality, kind, names, is_seat, sort_key)"
        " VALUES (:one, 'gorno-selo', 'гр.', '{\"bg\": \"Горно\", \"en\": \"Gorno\"}', true, 'a'),"
        " (:two, 'gorno-selo', 'с.', '{\"bg\": \"Поле\", \"en\": \"Pole\"}', false, 'b')"
    )
    with engine.begin() as connection:
        connection.execute(add, {"one": codes[0], "two": codes[1]})
    yield codes
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM shared.settlement"))
    engine.dispose()


@pytest.fixture
def brought(bring):
    """brought(content): the page of the set for staff."""

    def send(content, **changed):
        place = bring(content, **changed).location.partition("?")[0]
        return place.removeprefix("http://gorno-selo.localhost:8000")

    return send


def legend(page):
    return [re.sub(r"<[^>]+>", "", one) for one in re.findall(r"<li value=\"\d+\">.*?</li>", page)]


def test_rows_stand_at_their_point_or_in_the_village_they_name(brought, editor, read, app):
    page = brought(HEAD + ROWS)
    looked = editor.get(page).text
    assert legend(looked) == ["Чешма", "Кладенец"] and "1 ред няма място" in looked
    assert "Няма такова населено място" in looked
    assert editor.press(page, to="/publish").status_code == 303
    public = f"/opendata/sets/own/{page.rpartition('/')[2]}"
    shown = read(public).text
    assert legend(shown) == ["Чешма", "Кладенец"] and 'class="ob-map"' in shown
    assert legend(read(f"/en{public}").text) == ["Чешма", "Кладенец"]
    first, second, third = json.loads(read(f"{public}.geojson").text)["features"]
    with app.app_context():
        latitude, longitude = points_of_settlements()[sorted(points_of_settlements())[1]]
    assert first["geometry"]["coordinates"] == [longitude, latitude]
    assert second["geometry"]["coordinates"] == [22.6, 43.9]
    assert third["geometry"] is None
    assert first["properties"] == {"ime": "Чешма", "naseleno_miasto": "с. Поле"}


def test_by_villages_alone_each_number_is_a_village_with_its_rows(brought, editor, settlements):
    codes = f"ЕКАТТЕ;Брой\n{settlements[0]};4\n{settlements[1]};5\n{settlements[1]};6\n"
    one, two = legend(editor.get(brought(codes)).text)
    assert one.endswith("Горно") and two.endswith("Поле: 2 реда")


def test_swapped_coordinates_are_told_by_row_and_stand_nowhere(brought, editor):
    looked = editor.get(brought("Име;Ширина;Дължина\nЧешма;22,6;43,9\n")).text
    assert "дали ширината и дължината не са разменени" in looked
    assert 'class="ob-map"' not in looked


def test_a_table_without_places_has_no_map(published, read):
    assert 'class="ob-map"' not in read(published).text


def test_five_thousand_rows_are_one_page(brought, editor):
    rows = "".join(f"Чешма {at};;{43.5 + at / 10_000:.4f};22,6\n" for at in range(5_000))
    looked = editor.get(brought(HEAD + rows)).text
    assert len(legend(looked)) == 200 and "Още 4800 места" in looked.replace("\xa0", "")
    assert len(looked) < 120_000


@pytest.fixture
def places(switched_on, uow_in, refresh):
    """The declared set of places: three with a point of their own, two at that of a village."""
    with uow_in("gorno-selo") as uow:
        seed_places(uow)
        uow.commit()
    refresh()
    return "/opendata/sets/places/places"


def test_a_declared_set_with_points_is_a_map_of_bounded_rows(
    places, read, statements_of, monkeypatch
):
    rows = read(f"{places}.json").json
    placed = [row for row in rows if row["latitude"] or row["place"]]
    shown = read(places).text
    assert 'class="ob-map"' in shown and "На картата са първите" not in shown
    assert {row["name"] for row in placed[:1]} <= set(map(first_of, legend(shown)))
    answers = []
    all_of_them = len(statements_of(lambda: answers.append(read(f"/en{places}"))))
    monkeypatch.setattr(catalogue, "MOST_ON_MAP", 1)
    few = len(statements_of(lambda: answers.append(read(f"/ro{places}"))))
    assert all_of_them == few <= 12
    assert f"{len(rows)}" in answers[1].text and len(legend(answers[1].text)) == 1
    assert 'class="ob-map"' not in read("/opendata/sets/eservices/services").text


def first_of(told):
    return told.partition(": ")[0]
