"""A night of open data in the worker: files of a module's set, its page, the catalogue."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from sqlalchemy import text

from obshto.modules.centres.models import Visit
from obshto.modules.centres.services.centres import CentreEntry, publish_centre, write_centre

HERE, THERE = "gorno-selo", "dolno-selo"
SET = "/opendata/sets/centres/visits"
GUESTS = {date(2026, 9, 1): 12, date(2026, 10, 1): 31}


@pytest.fixture
def centre(uow_in, migrator):
    """A centre of the first village, into which guests walked in two months."""
    with migrator.begin() as connection:
        on = "UPDATE shared.tenant SET modules = array['opendata', 'centres']"
        connection.execute(text(on))
    with uow_in(HERE) as uow:
        entry = CentreEntry(kind="centre", name="Дигитален център", address="пл. Свобода 1")
        centre = write_centre(uow, entry, request_id=uuid4())
        publish_centre(uow, centre, True, expected_version=centre.version)
        uow.session.flush()
        for day, guests in GUESTS.items():
            came_at = datetime(day.year, day.month, day.day, 8, tzinfo=UTC)
            told = {"centre_id": centre.id, "day": day, "came_at": came_at}
            uow.session.add_all(
                Visit(request_id=uuid4(), number=number, **told) for number in range(guests)
            )
        uow.commit()


@pytest.fixture
def night(uow_in, drain):
    """night(): what the clock of each municipality begins, and what follows from it."""

    def run():
        for village in (HERE, THERE):
            with uow_in(village) as uow:
                uow.defer("opendata:refresh")
                uow.commit()
        drain()

    return run


def test_a_night_makes_files_that_the_page_and_the_catalogue_show(centre, night, jobs, client, at):
    def read(path, village=HERE):
        return client.get(path, base_url=at(village))

    assert "Първите файлове идват" in read(SET).text
    night()
    made = jobs("opendata:make-edition")
    assert made and {status for status, _ in made} == {"succeeded"}
    rows = read(f"{SET}.json").json
    assert [(row["month"], row["visits"]) for row in rows] == [("2026-09", 12), ("2026-10", 31)]
    for suffix in ("csv", "xlsx"):
        assert read(f"{SET}.{suffix}").status_code == 200
    page = read(SET).text
    assert "Дигитален център" in page and page.count("<rect") == 2
    assert f'href="{SET}.csv"' in page and f'href="{SET}.xlsx"' in page
    assert "Първите файлове идват" not in page
    assert "CSV" in read("/opendata/").text
    catalogue = read("/opendata/catalog.ttl").text
    assert f"{SET}.csv>" in catalogue and f"{SET}.xlsx>" in catalogue
    assert read(f"{SET}.json", THERE).json == []

    night()
    assert len(jobs("opendata:make-edition")) == 2 * len(made)
    assert read(f"{SET}/versions/2.json").status_code == 404  # nothing differs
