"""A village that gives its data away: places, reports, a set brought by hand."""

import io
from pathlib import Path
from uuid import uuid4

import pytest
from rdflib import Graph

from obshto.modules.opendata.services.catalogue import declared_here
from obshto.modules.opendata.services.editions import make_edition
from obshto.platform.permissions import Role

SHAPES = Path(__file__).parents[2] / "data" / "dcat-ap"
VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
CSV = "Година;Дейност;Сума\n2024;Пътища;1 234,50\n2025;Пътища;990\n2025;Чистота;12,10\n"


@pytest.fixture(scope="session")
def shapes():
    """What is mandatory and how often, the classes of what is referred to, the code lists."""
    graph = Graph()
    for name in ("shapes", "range", "mdr-vocabularies.shape"):
        graph.parse(SHAPES / f"{name}.ttl")
    return graph


@pytest.fixture
def switched_on(sign_in):
    for village in (VILLAGE, NEIGHBOUR):
        admin = sign_in(village, Role.ADMIN)
        for module in ("opendata", "places", "eservices"):
            assert admin.press(f"/console/tenants/{module}", to="/on").status_code == 303


@pytest.fixture
def editor(sign_in, switched_on):
    return sign_in(VILLAGE, Role.EDITOR, name="Проба Редактор")


@pytest.fixture
def clerk(sign_in, switched_on):
    return sign_in(VILLAGE, Role.REGISTRY_CLERK, name="Проба Деловодител")


@pytest.fixture
def read(client, at):
    """Whatever anybody may read in a village."""

    def get(path, village=VILLAGE, **headers):
        return client.get(path, base_url=at(village), headers=headers)

    return get


@pytest.fixture
def bring(editor):
    """A file with its words, as a new set or to the page of one."""

    def send(content=CSV, name="spent.csv", to="/console/opendata/new", **changed):
        body = content if isinstance(content, bytes) else content.encode()
        typed = {
            "title": "Разходи по дейности",
            "about": "Колко е похарчено.",
            "theme": "ECON",
            "licence": "https://creativecommons.org/licenses/by/4.0/",
            "request_id": uuid4(),
            "expected_version": 0,
            "file": (io.BytesIO(body), name),
        }
        return editor.post(to, {**typed, **changed})

    return send


@pytest.fixture
def draft(bring):
    """The page of a set that waits, for staff."""
    answer = bring()
    assert answer.status_code == 303, answer.text
    return answer.location.partition("?")[0].removeprefix("http://gorno-selo.localhost:8000")


@pytest.fixture
def published(draft, editor):
    """The path of a published set below the host."""
    assert editor.press(draft, to="/publish").status_code == 303
    return f"/opendata/sets/own/{draft.rpartition('/')[2]}"


@pytest.fixture
def refresh(uow_in):
    """The night's job."""

    def make(village=VILLAGE):
        with uow_in(village) as uow:
            for part, slug in declared_here():
                make_edition(uow, part=part, dataset=slug)
            uow.commit()

    return make
