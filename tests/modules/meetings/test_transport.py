"""The bus line of the check-list: by village where timetables are known, else ticked by hand."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from obshto.modules.meetings.services.checklist import checklist_of
from obshto.platform.modularity.bus_routes import BusRoutes, RoundTrip
from obshto.platform.permissions import Role

VILLAGE, HOUR = "gorno-selo", timedelta(hours=1)


class Buses:
    """Two villages have a bus to the town, from one it is in time."""

    def origins(self, uow, destination):
        return ["00002", "00003"] if destination == "00001" else []

    def round_trips_from(self, uow, *, origins, destination, visit):
        start, end = visit
        back = {"departs_at": start - HOUR, "returns_at": end, "home_at": end + HOUR}
        return {"00002": RoundTrip(arrives_at=start, **back), "00003": None}


@pytest.fixture
def buses(app, monkeypatch):
    parts = app.extensions["obshto"].parts
    monkeypatch.setitem(parts, "hours", replace(parts["hours"], offers={BusRoutes: Buses()}))
    names = {"00002": {"bg": "с. Поле"}, "00003": {"bg": "с. Гора"}, "00004": {"bg": "с. Дол"}}
    monkeypatch.setattr("obshto.platform.bus_trips.places_here", lambda uow: names)


def transport(uow, meeting):
    checks = checklist_of(uow, meeting, items=1, files=0)
    return next(check for check in checks if check.word == "transport")


def test_without_timetables_the_organiser_ticks_the_bus(uow, write):
    meeting = write(uow)
    assert transport(uow, meeting).is_ticked and not transport(uow, meeting).is_met


def test_with_timetables_each_village_says_whether_a_bus_is_in_time(uow, write, buses):
    found = transport(uow, write(uow))
    assert (found.is_ticked, found.is_met) == (False, False)
    assert found.title == "С автобус навреме и обратно: 1 от 2 места"
    assert re.search(r"с\. Поле: пристига в .+, тръгва обратно в ", found.why)
    assert "с. Гора: няма автобус" in found.why and "Дол" not in found.why


def test_the_organiser_reads_it_and_ticks_the_rest(sign_in, uow_in, write, buses):
    with uow_in(VILLAGE) as uow:
        page = f"/console/meetings/{write(uow).id}"
        uow.commit()
    editor = sign_in(VILLAGE, Role.EDITOR)
    shown = editor.get(page).text
    assert "1 от 2 места" in shown and 'value="transport"' not in shown
    assert 'value="board"' in shown
    assert editor.press(page, to=f"{page}/checks", checks="board").status_code == 303
