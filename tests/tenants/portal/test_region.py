"""The front door of the region: a way in by map or list, what is open, what is on, its numbers."""

import json
import re

import pytest
from sqlalchemy import text

from obshto.modules.consultations.services.regional import show_in_region
from obshto.modules.events.services.regional import show_all_in_region

VILLAGE = "gorno-selo"
CENSUS = {"total": 4000, "age_65_plus": 1000, "reference_date": "2021-09-07"}
COUNTED = {"census": CENSUS, "area_km2": 250.4}


@pytest.fixture
def visit(client, at):
    """Past the page cache: a test before this one may have had other municipalities."""
    return lambda path="/": client.get(f"{path}?fresh", base_url=at())


def section(page, name):
    return page.partition(f'<h2 id="{name}">')[2].partition("</section>")[0]


@pytest.fixture
def written(migrator):
    """Columns of each municipality; the pages of the region are let go."""

    def begin(**columns):
        told = ", ".join(f"{name} = :{name}" for name in columns)
        with migrator.begin() as connection:
            connection.execute(text(f"UPDATE shared.tenant SET {told}"), columns)
            connection.execute(text("UPDATE shared.region SET version = version + 1"))

    return begin


def test_the_numbers_are_sums_over_the_municipalities(visit, written):
    written(facts=json.dumps(COUNTED))
    numbers = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", section(visit().text, "numbers")))
    assert "8 000" in numbers.replace("\xa0", " ") and "25" in numbers and "501" in numbers
    assert "7 септември 2021 г." in numbers.replace("\xa0", " ")


def test_a_region_where_nothing_is_known_shows_no_empty_boxes(visit):
    page = visit().text
    for name in ("numbers", "events", "open"):
        assert f'id="{name}"' not in page


def test_what_is_open_and_what_is_on_leads_to_its_municipality(app, written, uow_in, visit, at):
    written(modules=["events", "consultations"])
    with uow_in(VILLAGE) as uow:
        for part in ("events", "consultations"):
            app.extensions["obshto"].parts[part].seeds(uow)
        uow.commit()
        show_all_in_region(uow)
        show_in_region(uow)
    page = visit().text
    for name, module in (("events", "events"), ("open", "consultations")):
        led = re.findall(r'<h3[^>]*><a[^>]*href="([^"]+)"', section(page, name))
        assert 0 < len(led) <= 4
        assert all(path.startswith(f"{at(VILLAGE)}/{module}/") for path in led)
    assert f"{at(VILLAGE)}/en/events/" in visit("/en/").text
