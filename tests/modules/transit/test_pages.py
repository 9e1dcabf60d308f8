"""Buses as citizens, editors and journey planners meet them, over HTTP."""

import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from obshto.modules.transit.seeds import seed
from obshto.modules.transit.services.edits import edit_stop, stop_details
from obshto.modules.transit.services.publication import (
    AlertDetails,
    hide_line,
    publish_alert,
    publish_line,
)
from obshto.modules.transit.services.queries import line_of, stop_of
from obshto.modules.transit.services.regional import show_in_region
from obshto.ops.worker import worker_of
from obshto.platform.clock import day_of, now
from obshto.platform.permissions import Role

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
EVERY_HOUR = tuple((f"{hour}:05", f"{hour}:35") for hour in range(24))


@pytest.fixture
def editor(sign_in):
    return sign_in(VILLAGE, Role.EDITOR)


@pytest.fixture
def visit(client, at):
    return lambda path, place=VILLAGE: client.get(path, base_url=at(place))


@pytest.fixture
def standing(uow_in, public):
    """standing(*trips): line, its first and last stop, committed."""

    def begin(*trips, then=None, slug=VILLAGE, **changed):
        with uow_in(slug) as uow:
            line = public(uow, *(trips or EVERY_HOUR), **changed)
            if then:
                then(uow, line)
            uow.session.commit()
            stops = line.draft["0"]["stops"]
            return line.id, stops[0], stops[-1]

    return begin


def plain(answer):
    return answer.text.replace("\xa0", " ")


def field(page, name):
    return re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)[1]


def table_on(page):
    """The form of a timetable as a browser would send it, its selects too."""
    told = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page))
    for name, body in re.findall(
        r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', page, re.DOTALL
    ):
        chosen = re.search(r'<option value="([^"]*)"[^>]* selected', body)
        told[name] = chosen[1] if chosen else ""
    return {
        name: value
        for name, value in told.items()
        if re.match(r"(stop|days|t)-\d|rows|columns|expected_version", name)
    }


def made(editor, path, **typed):
    answer = editor.post(path, {"request_id": str(uuid4()), **typed})
    assert answer.status_code == 303, plain(answer)[:3000]
    return answer.location.partition("?")[0]


def options(page, name):
    chosen = re.search(rf'<select[^>]*name="{name}".*?</select>', page, re.DOTALL)[0]
    return {
        label.replace("\xa0", " "): value
        for value, label in re.findall(r'<option value="([^"]*)"[^>]*>([^<]*)<', chosen)
    }


def test_a_mayor_makes_a_timetable_and_citizens_see_it(editor, visit):
    for name, code in (("пазарът", "00002"), ("гарата", "00001")):
        made(editor, "/console/transit/stops/new", name=name, settlement=code, access="unknown")
    days = {"name": "без неделя", "weekdays": "0", "holidays": "never"}
    made(editor, "/console/transit/days/new", **days)
    line = made(editor, "/console/transit/new", name="Поле – Гора")
    page = editor.get(f"{line}/timetable/there").text
    stops, days = options(page, "stop-0"), options(page, "days-0")["без неделя"]
    places = [next(stops[label] for label in stops if name in label) for name in ("пазар", "гара")]
    table = table_on(page) | {"stop-0": places[0], "stop-1": places[1], "days-0": days}
    table |= {"t-0-0": "8:00", "t-1-0": "8:20", "copied": "0", "minutes": "60", "times": "2"}
    copied = editor.post(f"{line}/timetable/there", {**table, "act": "copy"}).text
    assert [field(copied, f"t-1-{column}") for column in (0, 2, 3)] == ["8:20", "9:20", "10:20"]
    assert "0 курса" in plain(editor.get(line)), "only saving saves"
    saved = editor.post(f"{line}/timetable/there", {**table_on(copied), "act": "save"})
    assert saved.status_code == 303
    assert "Поле" not in visit("/transit/").text
    assert editor.press(line, to="/publish").status_code == 303
    shown = plain(visit(line.replace("/console", "")))
    assert "8:00" in shown and "10:20" in shown and "без неделя" in shown


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"t-0-0": "25:70"}, "„25:70“ не е час"),
        ({"stop-0": ""}, "изберете спирка"),
        ({"days-0": str(uuid4())}, "изберете в кои дни"),
        ({"stop-0": "няма такава"}, "изберете спирка"),
        ({"rows": "7"}, "не пристигна цяла"),
    ],
)
def test_a_wrong_table_is_refused_whole_and_stays_as_typed(editor, standing, cells, sentence):
    line_id, first, last = standing(("8:00", "8:30"))
    path = f"/console/transit/lines/{line_id}/timetable/there"
    fields = table_on(editor.get(path).text)
    answer = editor.post(path, {**fields, "t-1-0": "9:17", **cells, "act": "save"})
    assert answer.status_code == 422
    assert sentence in plain(answer)
    assert field(answer.text, "t-1-0") == "9:17"
    assert "9:17" not in editor.get(path).text


def test_the_second_editor_is_told_and_keeps_what_was_typed(editor, standing):
    line_id, *_ = standing(("8:00", "8:30"))
    path = f"/console/transit/lines/{line_id}/timetable/there"
    fields = table_on(editor.get(path).text)
    assert editor.post(path, {**fields, "t-1-0": "8:40"}).status_code == 303
    late = editor.post(path, {**fields, "t-1-0": "8:50"})
    assert late.status_code == 422
    assert "промени тази линия" in plain(late)
    assert field(late.text, "t-1-0") == "8:50"
    assert "8:40" in editor.get(path).text


def test_an_empty_table_is_saved_but_not_published(editor):
    line = made(editor, "/console/transit/new", name="Поле – Гора")
    page = editor.get(f"{line}/timetable/there").text
    saved = editor.post(f"{line}/timetable/there", table_on(page) | {"act": "save"})
    assert saved.status_code == 303
    refused = editor.press(line, to="/publish")
    assert refused.status_code == 422
    assert "няма нито една спирка" in plain(refused)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"point": "44.43, 26.10"}, "извън България"),
        ({"point": "тук"}, "Напишете ширина и дължина"),
        ({"settlement": "99999"}, "Изберете отговор от списъка"),
        ({"name": ""}, "Напишете как хората я наричат"),
    ],
)
def test_a_wrong_stop_is_refused(editor, changed, sentence):
    typed = {"name": "Пазарът", "settlement": "00002", "access": "yes", "point": "43.9, 22.6"}
    answer = editor.post(
        "/console/transit/stops/new", {"request_id": str(uuid4()), **typed, **changed}
    )
    assert answer.status_code == 422
    assert sentence in plain(answer)


def test_the_next_bus_stands_large_at_its_stop(visit, standing):
    _, first, last = standing()
    page = visit(f"/transit/stops/{first}")
    assert "govuk-heading-l" in page.text
    linked = json.loads(re.search(r"ld\+json\">(.*?)</script>", page.text)[1])
    assert (linked["@type"], linked["name"]) == ("BusStop", "спирка Поле")
    assert ":05" in visit(f"/transit/stops/{first}/poster").text
    assert "topic=transit" in visit("/transit/").text
    assert "не тръгва автобус" in plain(visit(f"/transit/stops/{last}"))


def test_todays_trips_are_marked_and_on_a_day_without_buses_none(visit, standing):
    line_id, _, _ = standing(("8:05", "8:35"))
    page = plain(visit(f"/transit/lines/{line_id}"))
    assert page.count('class="is-today"') == 2 and re.search(r"днес\s*</strong>", page)

    def called_off(uow, line):
        today = day_of(uow.now)
        told = AlertDetails(text="Ремонт", is_cancelled=True, starts_on=today, ends_on=today)
        publish_alert(uow, line, told, request_id=uuid4())

    other, _, _ = standing(("8:05", "8:35"), then=called_off)
    page = plain(visit(f"/transit/lines/{other}"))
    assert "is-today" not in page and not re.search(r"днес\s*</strong>", page)


def test_a_line_is_printed_for_the_pocket(visit, standing, sign_in):
    line_id, _, _ = standing()  # 24 trips: four panels
    path = f"/transit/lines/{line_id}/pocket"
    assert path in visit(f"/transit/lines/{line_id}").text
    page = plain(visit(path))
    assert page.count('class="is-inside"') == 2 and page.count('class="ob-pocket"') == 2
    assert page.count("<table>") == 4
    assert all(f">{hour}:05<" in page for hour in range(24))
    assert visit(path, NEIGHBOUR).status_code == 404
    assert visit(f"/transit/lines/{uuid4()}/pocket").status_code == 404


def test_a_way_there_and_back_before_noon(visit, standing, uow_in, public, stop, daily):
    with uow_in(VILLAGE) as uow:
        stops, days = [stop(uow), stop(uow, "Гора")], daily(uow)
        public(uow, ("7:00", "7:30"), stops=stops, days=days)
        public(uow, ("11:00", "11:30"), ("17:00", "17:30"), stops=stops[::-1], days=days, name="X")
        uow.session.commit()
    day = (day_of(now()) + timedelta(days=1)).isoformat()
    asked = f"/transit/trip?from=00002&to=00001&day={day}"
    page = plain(visit(f"{asked}&back_by=12:00"))
    assert "Отиване и връщане в един ден" in page
    assert "11:30" in page and "17:30" not in page
    assert "Последният автобус за вкъщи тръгва в <b>17:00" in plain(visit(asked))
    assert "не може да отидете и да се върнете" in plain(visit(f"{asked}&back_by=10:00"))


@pytest.mark.parametrize(
    "asked",
    [
        "from=00001&to=00001",
        "from=x&to=00001",
        "from=&to=&day=&after=&back_by=",
        "from=00002&to=00001&day=вчера",
        "from=00002&to=00001&day=2001-01-01",
        "from=00002&to=00001&after=25:70",
    ],
)
def test_a_question_that_cannot_be_read_is_said(visit, standing, asked):
    standing()
    answer = visit(f"/transit/trip?{asked}")
    assert answer.status_code == 422
    assert "Поправете следното" in plain(answer)


def test_a_stop_leads_to_a_question_with_nothing_wrong_in_it_yet(visit, standing):
    _, first, _ = standing()
    for path in re.findall(r'href="(/transit/trip\?[^"]+)"', visit(f"/transit/stops/{first}").text):
        answer = visit(path)
        assert answer.status_code == 200
        assert f'value="{first}" selected' in answer.text
        assert "Поправете следното" not in plain(answer)


def test_what_changes_on_the_day_is_said_to_who_travels_then(visit, standing):
    tomorrow = day_of(now()) + timedelta(days=1)

    def change(uow, line):
        told = AlertDetails(text="Спира на площада", starts_on=tomorrow, ends_on=tomorrow)
        publish_alert(uow, line, told, request_id=uuid4())

    _, first, _ = standing(then=change)
    asked = "/transit/trip?from=00002&to=00001&day="
    assert "Спира на площада" in plain(visit(asked + tomorrow.isoformat()))
    after = tomorrow + timedelta(days=1)
    assert "Спира на площада" not in plain(visit(asked + after.isoformat()))
    told = plain(visit(f"/transit/stops/{first}")).partition("Промяна")[0]
    assert "Поле – Гора" in told.rpartition("govuk-inset-text")[2]


def test_lines_cross_borders(visit, standing, uow_in):
    """Home is ours, the city is a neighbour's; the bus on from the border is theirs."""
    standing(("7:00", "7:30"), name="Наша")
    standing(("8:00", "9:00"), places=("Гора", "Град"), slug=NEIGHBOUR, name="Тяхна")
    with uow_in(NEIGHBOUR) as uow:
        show_in_region(uow)
    day = (day_of(now()) + timedelta(days=1)).isoformat()
    page = plain(visit(f"/transit/trip?from=00002&to=00003&day={day}"))
    assert "7:00" in page and "9:00" in page and "1 смяна" in page
    with uow_in(VILLAGE) as uow:
        show_in_region(uow)
    region = plain(visit(f"/transit/trip?from=00002&to=00003&day={day}", ""))
    assert "1 смяна" in region
    assert "Наша" in visit("/transit/", "").text and "Тяхна" in visit("/transit/", "").text


def test_another_municipality_has_none_of_it(editor, visit, standing, sign_in):
    line_id, first, _ = standing()
    for path in (f"lines/{line_id}", f"stops/{first}", f"stops/{first}/poster"):
        assert visit(f"/transit/{path}").status_code == 200
        assert visit(f"/transit/{path}", NEIGHBOUR).status_code == 404
    stranger = sign_in(NEIGHBOUR, Role.EDITOR)
    for page in ("", "/timetable/there", "/alerts", "/delete"):
        path = f"/console/transit/lines/{line_id}{page}"
        assert editor.get(path).status_code == 200
        assert stranger.get(path).status_code == 404
    assert stranger.get(f"/console/transit/stops/{first}").status_code == 404
    theirs = visit("/transit/gtfs.zip", NEIGHBOUR).data
    assert str(line_id).encode() not in unpacked(theirs)


def unpacked(zipped):
    with zipfile.ZipFile(io.BytesIO(zipped)) as file:
        return b"".join(file.read(name) for name in file.namelist())


def test_the_feed_has_a_stable_address_and_a_tag(visit, standing, client, at):
    line_id, *_ = standing()
    answer = visit("/transit/gtfs.zip")
    assert answer.mimetype == "application/zip"
    assert str(line_id).encode() in unpacked(answer.data)
    tag = answer.headers["ETag"]
    again = client.get("/transit/gtfs.zip", base_url=at(VILLAGE), headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


def test_the_worker_shows_what_was_published_in_the_region(editor, visit, standing, app, config):
    line_id, *_ = standing()
    line = f"/console/transit/lines/{line_id}"
    assert editor.press(line, to="/hide").status_code == 303
    assert editor.press(line, to="/publish").status_code == 303
    worker = worker_of(app, config)
    with worker.open():
        worker.run_worker(queues=["default"], wait=False, install_signal_handlers=False)
    assert str(line_id) in visit("/transit/", "").text
    assert str(line_id).encode() in unpacked(visit("/transit/gtfs.zip", "").data)


def test_a_cancelled_line_says_so_everywhere(editor, visit, standing):
    line_id, first, _ = standing()
    today = day_of(now()).isoformat()
    told = {"text": "Заради снега", "is_cancelled": "y", "starts_on": today, "ends_on": today}
    made(editor, f"/console/transit/lines/{line_id}/alerts", **told)
    for path in ("/transit/", f"/transit/lines/{line_id}", f"/transit/stops/{first}"):
        page = plain(visit(path))
        assert "Не се движи" in page and "Заради снега" in page
    assert "Днес не се движи" in plain(visit("/"))


def test_the_last_bus_home_stands_on_the_home_page_until_something_is_announced(standing, visit):
    def then(uow, _line):
        show_in_region(uow)

    standing(("0:00", "0:20"), ("29:50", "29:55"), places=("Град", "Поле"), then=then)
    page = plain(visit("/"))  # at ten to six tomorrow, which is today's last: it has never left
    assert "Последен автобус днес: 5:50 ч." in page
    assert "град Град, спирка Град – село Поле" in page
    assert "Последен автобус" not in plain(visit("/", NEIGHBOUR))


def test_a_neighbours_alert_is_not_withdrawn(standing, sign_in, uow_in):
    alerts = []

    def then(uow, line):
        day = day_of(uow.now)
        details = AlertDetails(text="Сняг", starts_on=day, ends_on=day)
        alerts.append(publish_alert(uow, line, details, request_id=uuid4()).id)

    standing(then=then)
    stranger = sign_in(NEIGHBOUR, Role.EDITOR)
    path = f"/console/transit/alerts/{alerts[0]}/withdraw"
    assert stranger.post(path, {"expected_version": "1"}).status_code == 404


@pytest.mark.parametrize("role", [Role.MAYOR, Role.REGISTRY_CLERK])
def test_who_may_not_write_is_shown_out(sign_in, standing, role):
    line_id, *_ = standing()
    somebody = sign_in(VILLAGE, role)
    assert somebody.get("/console/transit/").status_code == 403
    path = f"/console/transit/lines/{line_id}/publish"
    assert somebody.post(path, {"expected_version": "1"}).status_code == 403


def test_the_demonstration_stands_twice_the_same(uow_in, visit):
    for slug in (VILLAGE, NEIGHBOUR):
        for _ in range(2):
            with uow_in(slug) as uow:
                seed(uow)
                uow.session.commit()
    page = plain(visit("/transit/"))
    assert page.count("– Видин</span>") == 1


def test_known_lines_of_the_city_say_from_when_they_are(uow_in, visit, monkeypatch):
    """What a newspaper once said is no timetable: no hours, and where it is from."""
    monkeypatch.setattr("obshto.modules.transit.seeds.VIDIN", VILLAGE)
    with uow_in(VILLAGE) as uow:
        seed(uow)
        uow.commit()
    page = visit("/transit/").text
    told = dict(re.findall(r'<a href="(/transit/lines/[^"]+)"[^>]*>(.*?)</a>', page, re.S))
    known = [path for path, words in told.items() if "Капитановци" in words or "Селище" in words]
    assert len(known) == 2
    for path in known:
        said = plain(visit(path)).partition("<main")[2].partition("</main>")[0]
        assert "от 2020 г." in said or "към 2022 г." in said
        assert "попитайте превозвача" in said and not re.search(r"\b\d?\d:\d\d\b", said)


@pytest.mark.parametrize(("language", "word"), [("en", "Buses"), ("ro", "Autobuze")])
def test_other_languages(visit, standing, language, word):
    standing()
    page = visit(f"/{language}/transit/").text
    assert word in page and "Pole" in page


def heard_on(statements_of, visit, path):
    answers = []
    asked = path if "?" in path else f"{path}?anew"  # a page with a question is not kept
    heard = statements_of(lambda: answers.append(visit(asked)))
    assert answers[0].status_code == 200
    return len(heard)


def test_twenty_lines_ask_no_more_than_one(
    visit, standing, uow_in, timed, stop, daily, statements_of
):
    """A municipality of 20 lines over 160 stops, each page and the search of a day."""
    line_id, first, _ = standing()
    day = (day_of(now()) + timedelta(days=1)).isoformat()
    paths = [
        *("/transit/", f"/transit/lines/{line_id}", f"/transit/stops/{first}"),
        *(f"/transit/trip?from=00002&to=00001&day={day}", "/transit/gtfs.zip"),
    ]
    few = [heard_on(statements_of, visit, path) for path in paths]
    with uow_in(VILLAGE) as uow:
        days = daily(uow)
        for number in range(19):
            stops = [stop(uow, name=f"{number}-{n}", latitude=43.5 + n / 50) for n in range(8)]
            times = [f"{8 + n // 6}:{n % 6 * 10:02}" for n in range(8)]
            line = timed(uow, times, stops=stops, days=days, name=f"Линия {number}")
            publish_line(uow, line, expected_version=line.version)
        uow.commit()
    many = [heard_on(statements_of, visit, path) for path in paths]
    # One more is a look at the region that a page takes now and then, never one for a line.
    assert all(later <= first + 1 for first, later in zip(few, many, strict=True)), (few, many)
    assert max(many) <= 12
    assert "Линия 18" in visit("/transit/?anew").text


def test_a_network_is_read_once_and_anew_after_a_change(
    visit, standing, uow_in, statements_of, client, at
):
    """What a process keeps is as new as the last write, and each municipality's own."""
    line_id, first, _ = standing()
    path = f"/transit/stops/{first}"
    begun, kept = (heard_on(statements_of, visit, path) for _ in range(2))
    assert kept <= begun - 5, "its four tables and the neighbours' are not read again"
    assert client.get(f"{path}?anew", base_url=at(NEIGHBOUR)).status_code == 404
    with uow_in(VILLAGE) as uow:
        row = stop_of(uow, UUID(str(first)))
        told = replace(stop_details(row), name="новата спирка")
        edit_stop(uow, row, told, expected_version=row.version)
        uow.commit()
    assert "новата спирка" in plain(visit(f"{path}?anew"))
    with uow_in(VILLAGE) as uow:
        row = line_of(uow, UUID(str(line_id)))
        hide_line(uow, row, expected_version=row.version)
        uow.commit()
    assert visit(f"{path}?anew").status_code == 404
