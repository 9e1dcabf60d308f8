"""Projects of the region: one list of all municipalities that have them on."""

import csv
import io

import pytest
from sqlalchemy import text

from obshto.modules.projects.services.publication import hide_project
from obshto.modules.projects.services.regional import ProjectComparison, show_in_region
from obshto.platform.db import batches
from obshto.platform.permissions import Role

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"


@pytest.fixture
def shown(uow_in, published, programme, fund):
    """A late project of the village with a sum, one of the neighbour, as the region has them."""
    with uow_in(VILLAGE) as uow:
        late = published(uow, "Нов водопровод", ekatte="00002", subject="water")
        fund(uow, late, 1_200_000, {programme(uow): 1_200_000})
        late.ends_on = late.starts_on
        uow.commit()
    with uow_in(NEIGHBOUR) as uow:
        published(uow, "Читалището", ekatte="", subject="culture")
        uow.commit()
    for village in (VILLAGE, NEIGHBOUR):
        with uow_in(village) as uow:
            show_in_region(uow)
    return late


@pytest.fixture
def read(client, at):
    return lambda path: client.get(path, base_url=at())


def test_everybody_finds_the_projects_of_all_municipalities(shown, read):
    page = read("/projects/").text
    assert "Нов водопровод" in page and "Читалището" in page
    assert f"http://{VILLAGE}.localhost:8000/projects/{shown.id}" in page
    for query, there, gone in (
        (f"municipality={NEIGHBOUR}", "Читалището", "Нов водопровод"),
        ("state=late", "Нов водопровод", "Читалището"),
        ("subject=culture", "Читалището", "Нов водопровод"),
        ("place=00002", "Нов водопровод", "Читалището"),
    ):
        page = read(f"/projects/?{query}").text
        assert there in page and gone not in page, query
    assert "Няма такива проекти" in read("/projects/?state=stopped").text
    for address in ("/en/projects/", "/ro/projects/?state=late", "/projects/?state=x&place=9"):
        assert read(address).status_code == 200
    body = read("/projects/projects.csv?state=late").data.decode("utf-8-sig")
    [_, row] = csv.reader(io.StringIO(body), delimiter=";")
    assert row[:3] == ["Горно село", "Нов водопровод", "Вода и канали"]
    assert row[7] == "12000,00"


def test_the_table_of_the_region_has_every_project(shown, read, monkeypatch):
    monkeypatch.setattr(batches, "AT_ONCE", 1)
    body = read("/projects/projects.csv").text
    assert "Нов водопровод" in body and "Читалището" in body


def test_numbers_are_told_for_a_thousand_people_with_a_warning(shown, read, migrator):
    census = 'UPDATE shared.tenant SET facts = \'{"census": {"total": 4000}}\' WHERE slug = :slug'
    with migrator.begin() as connection:
        connection.execute(text(census), {"slug": VILLAGE})
    page = read("/projects/").text.replace("\xa0", " ")
    assert "3 000,00 €" in page and "Под 10 проекта" in page
    one = ProjectComparison(municipality="x", projects=12, late=0, cents=5, residents=None)
    assert one.projects_per_thousand is None and not one.is_small


def test_what_is_hidden_or_switched_off_leaves_the_region(shown, read, uow_in, sign_in):
    with uow_in(VILLAGE) as uow:
        row = uow.session.get(type(shown), shown.id)
        hide_project(uow, row, expected_version=row.version)
        uow.commit()
    with uow_in(VILLAGE) as uow:
        show_in_region(uow)
    assert "Нов водопровод" not in read("/projects/").text
    off = sign_in(NEIGHBOUR, Role.ADMIN).press("/console/tenants/projects", to="/off")
    assert off.status_code == 303
    page = read("/projects/").text
    assert "Читалището" not in page and "Долно село" not in page
    assert "Читалището" not in read(f"/projects/projects.csv?municipality={NEIGHBOUR}").text
