"""What is called off, moved, or otherwise on a single day says so wherever it is told of."""

import json
import re
from datetime import timedelta

import icalendar
import pytest
from sqlalchemy import text

from obshto.modules.events.datasets import DATASETS
from obshto.modules.events.paper import paper_of
from obshto.modules.events.services.changes import cancel_event, move_event
from obshto.platform.clock import SOFIA, now

VILLAGE = "gorno-selo"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def with_map(migrator):
    """The map of everything is on, too."""
    with migrator.begin() as connection:
        on = "UPDATE shared.tenant SET modules = array['news', 'events', 'places']"
        connection.execute(text(on))


def test_the_map_of_everything_says_what_is_called_off_moved_or_changed(visit, standing, with_map):
    def called_off(uow, event):
        cancel_event(uow, event, note="Дъжд", expected_version=event.version)

    def moved(uow, event):
        span = {"starts_at": uow.now + 3 * DAY, "ends_at": uow.now + 3 * DAY + HOUR}
        move_event(uow, event, note="Болест", expected_version=event.version, **span)

    def without_a_day(uow, event):
        on = (event.starts_at + 7 * DAY).astimezone(SOFIA).date()
        cancel_event(uow, event, note="Празник", expected_version=event.version, on=on)

    standing(called_off, title="Първо", latitude=43.99, longitude=22.87)
    standing(moved, title="Второ")
    standing(without_a_day, title="Трето", repeats="weekly")
    standing(title="Четвърто")
    page = visit("/places/map").text.replace("\xa0", " ")
    said = re.findall(r"<li[^>]*><h2.*?</li>", page, re.S)
    words = {"Първо": "Отменено", "Второ": "Преместено", "Трето": "Някои дни са", "Четвърто": ""}
    for title, word in words.items():
        [line] = [one for one in said if title in one]
        assert word in line and ("govuk-tag" in line) == bool(word), title
    assert re.search(r'aria-label="\d\. Отменено, Първо, ', page)
    told = json.loads(visit("/places/map.geojson").data)["features"]
    states = {one["properties"]["title"]: one["properties"].get("state", "") for one in told}
    assert states == {"Първо": "cancelled", "Второ": "moved", "Трето": "changed", "Четвърто": ""}


def test_a_single_day_says_so_in_its_title_in_calendars(visit, standing):
    def changed(uow, event):
        first, second = (event.starts_at + n * 7 * DAY for n in (1, 2))
        day = first.astimezone(SOFIA).date()
        cancel_event(uow, event, note="Празник", expected_version=event.version, on=day)
        uow.session.flush()
        span = {"starts_at": second + HOUR, "ends_at": second + 2 * HOUR}
        on = second.astimezone(SOFIA).date()
        move_event(uow, event, note="Ремонт", expected_version=event.version, on=on, **span)

    event_id = standing(changed, repeats="weekly")
    events = icalendar.Calendar.from_ical(visit(f"/events/{event_id}.ics").data).events
    told = {(str(one["SUMMARY"]), str(one["STATUS"])) for one in events}
    assert told == {
        ("Концерт", "CONFIRMED"),
        ("Отменено: Концерт", "CANCELLED"),
        ("Преместено: Концерт", "CONFIRMED"),
    }


def test_the_home_page_and_the_poster_say_what_was_moved_or_called_off(
    visit, standing, uow_in, app
):
    def moved(uow, event):
        span = {"starts_at": uow.now + HOUR / 60, "ends_at": uow.now + HOUR / 30}
        move_event(uow, event, note="Болест", expected_version=event.version, **span)

    def without_the_first(uow, event):
        on = event.starts_at.astimezone(SOFIA).date()
        cancel_event(uow, event, note="Празник", expected_version=event.version, on=on)

    standing(moved)
    start = (now() + HOUR).replace(microsecond=0)
    weekly = standing(without_the_first, title="Пазар", repeats="weekly", starts_at=start)
    home = visit("/").text
    assert "Преместено: Концерт" in home and "govuk-tag--yellow" in home
    with app.test_request_context(), uow_in(VILLAGE) as uow:
        [when] = [text for name, text in paper_of(uow, weekly).facts if name == "Кога"]
    assert when.startswith("Отменено: ") and when.count("Отменено") == 1


def test_open_data_say_what_was_moved_or_called_off(uow, published):
    called_off, moved, _ = (published(uow, title=word) for word in "абв")
    cancel_event(uow, called_off, note="Дъжд", expected_version=called_off.version)
    span = {"starts_at": uow.now + DAY, "ends_at": uow.now + DAY + HOUR}
    move_event(uow, moved, note="Болест", expected_version=moved.version, **span)
    uow.session.flush()
    [dataset] = DATASETS
    names = [column.name for column in dataset.columns]
    at = [names.index(name) for name in ("title", "is_cancelled", "is_moved")]
    told = {tuple(row[n] for n in at) for row in uow.session.execute(dataset.rows(uow))}
    assert told == {("а", True, False), ("б", False, True), ("в", False, False)}
