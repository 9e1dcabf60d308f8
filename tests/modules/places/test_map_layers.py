"""What stands on the map of everything: each kind that people look for, each part with a place."""

import json
import re
from uuid import uuid4

import pytest
from sqlalchemy import text

from obshto.modules.centres.seeds import seed as seed_centres
from obshto.modules.places.services.kinds import KINDS
from obshto.modules.places.services.places import Entry, publish_place, write_place
from obshto.modules.projects.seeds import seed as seed_projects
from obshto.modules.transit.seeds import seed as seed_buses

VILLAGE = "gorno-selo"
SEAT, FAR = "10971", "40525"  # towns whose points are known: Vidin, Kula
ON = "UPDATE shared.tenant SET modules = array['places', 'centres', 'transit', 'projects']"
# What people look for, as the map is asked for it.
BY_KIND = ("health", "pharmacy", "school", "shop", "bench", "toilets", "office", "landmark")
BY_FEATURE = ("wifi", "computers", "step-free", "toilet")


@pytest.fixture(autouse=True)
def switched_on(house, migrator):
    add = text(
        "INSERT INTO shared.settlement (ekatte, municipality, kind, names, is_seat, sort_key)"
        ' VALUES (:seat, :slug, \'град\', \'{"bg": "Горно", "en": "Gorno"}\', true, \'a\'),'
        ' (:far, :slug, \'село\', \'{"bg": "Поле", "en": "Pole"}\', false, \'b\')'
    )
    with migrator.begin() as connection:
        connection.execute(text(ON))
        connection.execute(add, {"slug": VILLAGE, "seat": SEAT, "far": FAR})
    yield
    with migrator.begin() as connection:
        connection.execute(text("DELETE FROM shared.settlement"))


@pytest.fixture
def visit(client, at):
    return lambda path: client.get(path, base_url=at(VILLAGE))


@pytest.fixture
def one_of_each(uow_in):
    """A place of each kind, and one of no kind in question with each feature."""
    told = [(kind, kind, ()) for kind in KINDS]
    told += [(f"with {feature}", "culture", (feature,)) for feature in BY_FEATURE]
    with uow_in(VILLAGE) as uow:
        for name, kind, features in told:
            entry = Entry(kind=kind, name=name, settlement={}, ekatte=SEAT, features=features)
            place = write_place(uow, entry, request_id=uuid4())
            publish_place(uow, place, expected_version=place.version)
        uow.commit()


def titles(answer):
    return [one["properties"]["title"] for one in json.loads(answer.data)["features"]]


def test_each_kind_and_each_comfort_can_be_asked_for(one_of_each, visit):
    page = visit("/places/map").text
    for kind in BY_KIND:
        assert f'<option value="places.{kind}"' in page
        assert titles(visit(f"/places/map.geojson?what=places.{kind}")) == [kind]
        assert kind in visit(f"/places/?kind={kind}").text.partition("<main")[2]
    for feature in BY_FEATURE:
        assert f'<option value="{feature}"' in page
        assert titles(visit(f"/places/map.geojson?feature={feature}")) == [f"with {feature}"]


@pytest.mark.parametrize(
    ("layer", "seed"),
    [("transit", seed_buses), ("centres", seed_centres), ("projects", seed_projects)],
)
def test_stops_centres_and_projects_stand_on_it(visit, uow_in, layer, seed):
    with uow_in(VILLAGE) as uow:
        seed(uow)
        uow.commit()
    page = visit(f"/places/map?what={layer}").text
    drawn = re.search(r'<svg class="ob-map".*?</svg>\s*(?=<p)', page, re.S)[0]
    assert "ob-mark" in drawn and "<a href=" in drawn
    features = json.loads(visit(f"/places/map.geojson?what={layer}").data)["features"]
    assert features
    for one in features:
        told = one["properties"]
        assert told["kind"].startswith(f"{layer}.") and told["title"]
        path = told["url"].partition("8000")[2] or told["url"].partition(".localhost")[2]
        assert path in page and visit(path).status_code == 200
