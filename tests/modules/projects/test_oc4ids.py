"""Projects as programs read them, by the official schema of OC4IDS 0.9.5 (see tests/data)."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft4Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4

from obshto.modules.projects.seeds import seed
from obshto.platform.db import batches

VILLAGE = "gorno-selo"
DATA = Path(__file__).parents[2] / "data" / "oc4ids"


@pytest.fixture(scope="module")
def schema():
    """Checks a package, each project by its own schema; nothing is fetched."""
    project = json.loads((DATA / "project-schema.json").read_text("utf-8"))
    package = json.loads((DATA / "project-package-schema.json").read_text("utf-8"))
    resource = Resource(contents=project, specification=DRAFT4)
    address = package["properties"]["projects"]["items"]["$ref"]
    registry = Registry().with_resource(address, resource)
    return Draft4Validator(package, registry=registry)


@pytest.fixture
def package(uow_in, client, at):
    with uow_in(VILLAGE) as uow:
        seed(uow)
        uow.session.commit()
    answer = client.get("/projects/oc4ids.json", base_url=at(VILLAGE))
    assert answer.status_code == 200
    return answer.json


def test_the_demonstration_is_valid_by_the_official_schema(package, schema):
    assert [error.message for error in schema.iter_errors(package)] == []
    broken = {**package, "projects": [{"title": ""}]}
    assert list(schema.iter_errors(broken))


def test_a_package_tells_what_is_public_in_its_own_currency(package):
    projects = {project["title"]: project for project in package["projects"]}
    assert len(projects) == 5
    school = projects["Топло училище: изолация и нови прозорци"]
    assert school["status"] == "completion"
    assert school["budget"]["amount"] == {"amount": 489000.0, "currency": "BGN"}
    assert {party["roles"][0] for party in school["parties"]} == {
        "publicAuthority",
        "supplier",
        "funder",
    }
    street = projects["Нова настилка и тротоари на улица Дунавска"]
    assert [stage["status"] for stage in street["milestones"]].count("met") == 2
    assert street["sector"] == ["transport", "transport.road"]


def test_a_package_has_every_project_with_what_is_its_own(
    uow_in, published, stage, client, at, monkeypatch, schema
):
    monkeypatch.setattr(batches, "AT_ONCE", 2)
    with uow_in(VILLAGE) as uow:
        for number in range(5):
            stage(uow, published(uow, f"Чешма {number}"), number, f"Етап {number}")
        uow.session.commit()
    package = client.get("/projects/oc4ids.json", base_url=at(VILLAGE)).json
    told = {it["title"]: [one["title"] for one in it["milestones"]] for it in package["projects"]}
    assert told == {f"Чешма {number}": [f"Етап {number}"] for number in range(5)}
    assert len(package["projects"]) == 5 and schema.is_valid(package)


def test_nothing_public_is_no_package(client, at):
    assert client.get("/projects/oc4ids.json", base_url=at(VILLAGE)).status_code == 404
