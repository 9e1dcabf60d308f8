"""Events as citizens, editors and calendar programs meet them, over HTTP."""

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import icalendar
import pytest
import recurring_ical_events
from sqlalchemy import text

from obshto.modules.events.models import Event
from obshto.modules.events.services.changes import cancel_event, move_event
from obshto.modules.events.services.edits import Text, translate_event
from obshto.modules.events.services.occurrences import agenda
from obshto.modules.events.services.publication import hide_event
from obshto.modules.events.services.regional import show_all_in_region, show_in_region
from obshto.ops.worker import worker_of
from obshto.platform.clock import SOFIA, now
from obshto.platform.editorial.kinds import UNWRITTEN
from obshto.platform.modularity.bus_routes import BusRoutes, RoundTrip
from obshto.platform.permissions import Role

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def at_clock(moment):
    return moment.astimezone(SOFIA).strftime("%Y-%m-%dT%H:%M")


def typed(**changed):
    start = now() + 2 * DAY
    told = {
        "title": "Концерт",
        "subject": "culture",
        "settlement": "00001",
        "starts_at": at_clock(start),
        "ends_at": at_clock(start + HOUR),
        "request_id": str(uuid4()),
    }
    return told | changed


def test_an_event_in_a_minute_is_seen_at_once(editor, visit):
    answer = editor.post("/console/events/new", typed())
    assert answer.status_code == 303
    address = answer.location.partition("?")[0]
    assert "Концерт" not in visit("/events/").text
    assert editor.press(address, to="/publish").status_code == 303
    assert "Концерт" in visit("/events/").text


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"ends_at": "2020-01-01T10:00"}, "Изберете край, който е след началото"),
        ({"ends_at": at_clock(now() + 402 * DAY)}, "трае най-много 366 дни"),
        ({"starts_at": "2027-03-28T03:30", "ends_at": "2027-03-28T05:00"}, "този час го няма"),
        ({"exceptions": "утре"}, "Напишете дните като"),
        ({"point": "тук"}, "Напишете ширина и дължина"),
        ({"point": "43.9, 2.6"}, "точка в България"),
        ({"title": ""}, "Въведете заглавие"),
        ({"website": "javascript:alert(1)"}, "Напишете целия адрес"),
    ],
)
def test_bad_input_is_named_and_what_was_typed_stays(editor, changed, sentence):
    answer = editor.post("/console/events/new", typed(organizer="Читалището", **changed))
    assert answer.status_code == 422
    assert sentence in answer.text.replace("\xa0", " ")
    assert "Читалището" in answer.text


def test_today_and_a_village_and_a_month(visit, standing):
    standing(title="Тук", starts_at=now() + timedelta(minutes=1), settlement="00001")
    standing(title="Там", starts_at=now() + timedelta(minutes=1), settlement="00002")
    page = visit("/events/?place=00001").text
    assert "Тук" in page
    assert "Там" not in page
    assert "Там" in visit(f"/events/month/{now().astimezone(SOFIA):%Y-%m}").text
    assert visit("/events/month/1999-01").status_code == 404


def test_what_is_called_off_says_so_everywhere(visit, standing):
    def then(uow, event):
        cancel_event(uow, event, note="Заради дъжда", expected_version=event.version)

    event_id = standing(then)
    for path in ("/events/", f"/events/{event_id}", f"/events/month/{now():%Y-%m}"):
        page = visit(path).text
        if path.startswith("/events/month") and "Концерт" not in page:
            continue  # in an hour it is another month
        assert "Отменено" in page
        assert "Заради дъжда" in page.replace("\xa0", " ")
    [event] = icalendar.Calendar.from_ical(visit(f"/events/{event_id}.ics").data).events
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)
    linked = re.search(r"ld\+json\">(.*?)</script>", visit(f"/events/{event_id}").text)[1]
    assert json.loads(linked)["eventStatus"].endswith("EventCancelled")


def test_another_municipality_has_none_of_it(editor, visit, standing, sign_in):
    event_id = standing()
    for path in (f"/events/{event_id}", f"/events/{event_id}.ics"):
        assert visit(path).status_code == 200
        assert visit(path, NEIGHBOUR).status_code == 404
    assert "Концерт" not in visit("/events/calendar.ics", NEIGHBOUR).text
    stranger = sign_in(NEIGHBOUR, Role.EDITOR)
    for page in ("", "/cancel", "/move", "/preview", "/when", "/delete", "/in/en"):
        assert editor.get(f"/console/events/{event_id}{page}").status_code == 200
        assert stranger.get(f"/console/events/{event_id}{page}").status_code == 404


def test_a_calendar_program_finds_the_times_that_the_pages_show(visit, standing, uow_in, wall):
    """Over both clock changes, with a day left out, one called off and one moved."""
    start = wall(2026, 3, 22, 19)

    def then(uow, event):
        cancel_event(uow, event, on=date(2026, 4, 5), note="Сняг", expected_version=event.version)
        uow.session.flush()
        move_event(
            uow,
            event,
            on=date(2026, 10, 25),
            starts_at=wall(2026, 10, 26, 20),
            ends_at=wall(2026, 10, 26, 21),
            note="Утре",
            expected_version=event.version,
        )

    event_id = standing(
        then,
        starts_at=start,
        ends_at=start + 2 * HOUR,
        repeats="weekly",
        repeats_until=date(2027, 11, 8),
        exceptions=("2026-03-29",),
    )
    raw = visit(f"/events/{event_id}.ics").data
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    calendar = icalendar.Calendar.from_ical(raw)
    assert [part.errors for part in calendar.walk() if part.errors] == []
    span = (wall(2026, 1, 1), wall(2028, 1, 1))
    with uow_in(VILLAGE) as uow:
        event = uow.session.get_one(Event, event_id)
        ours = [one for one in agenda([event], *span) if one.state != "cancelled"]
    theirs = [
        one
        for one in recurring_ical_events.of(calendar).between(*span)
        if one["STATUS"] != "CANCELLED"
    ]
    found = sorted(one["DTSTART"].dt.astimezone(UTC) for one in theirs)
    assert found == sorted(one.starts_at for one in ours)
    assert {moment.astimezone(SOFIA).hour for moment in found} == {19, 20}


def test_addresses_of_calendars_are_stable_and_say_what_they_are(visit, standing):
    event_id = standing()
    answer = visit("/events/calendar.ics?subject=other&place=00001")
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert answer.data == visit("/events/calendar.ics?subject=other&place=00001").data
    calendar = icalendar.Calendar.from_ical(answer.data)
    assert [str(event["UID"]) for event in calendar.events] == [str(event_id)]
    assert (
        icalendar.Calendar.from_ical(visit("/events/calendar.ics?subject=sport").data).events == []
    )


def test_a_file_of_one_event_reminds_and_a_subscription_does_not(visit, standing):
    timed, whole = standing(), standing(is_all_day=True)
    for event_id, before in ((timed, [DAY, 2 * HOUR]), (whole, [15 * HOUR])):
        [event] = icalendar.Calendar.from_ical(visit(f"/events/{event_id}.ics").data).events
        alarms = event.walk("VALARM")
        assert [-one["TRIGGER"].dt for one in alarms] == before
        assert {str(one["ACTION"]) for one in alarms} == {"DISPLAY"}
    assert b"VALARM" not in visit("/events/calendar.ics").data


def test_a_page_of_an_event_leads_to_the_map_to_the_letters_and_on(visit, standing, migrator):
    event_id = standing()
    page = visit(f"/events/{event_id}").text
    assert f"/events/{event_id}/letters" in page and 'data-share="http' in page
    assert "mailto:?subject=" in page and "/places/map" not in page  # no map here
    with migrator.begin() as connection:
        modules = "array['news', 'events', 'places']"
        connection.execute(text(f"UPDATE shared.tenant SET modules = {modules}"))
    pointed = standing(latitude=43.88, longitude=22.52)
    for one, asked in ((event_id, "ekatte=00001"), (pointed, "near=43.880%2C22.520")):
        link = f"/places/map?what=events&amp;{asked}"
        assert link in visit(f"/events/{one}?again").text
        assert "Концерт" in visit(link.replace("&amp;", "&")).text


def test_buses_bring_people_to_an_event_and_home(app, visit, standing, monkeypatch):
    start = (now() + 2 * DAY).replace(microsecond=0)
    event_id = standing(starts_at=start, ends_at=start + HOUR)
    assert "автобус" not in visit(f"/events/{event_id}").text
    asked = []

    class Buses:
        def origins(self, uow, destination):
            return ["00002"] if destination == "00001" else []

        def round_trips(self, uow, *, origin, destination, visits):
            asked.extend(visits)
            trip = RoundTrip(
                departs_at=start - HOUR,
                arrives_at=start,
                returns_at=start + HOUR,
                home_at=start + 2 * HOUR,
            )
            return [trip] if origin == "00002" else [None]

    parts = app.extensions["obshto"].parts
    monkeypatch.setitem(parts, "hours", replace(parts["hours"], offers={BusRoutes: Buses()}))
    assert "Идвате с автобус от" in visit(f"/events/{event_id}?again").text
    page = visit(f"/events/{event_id}?from=00002").text
    assert "Тръгва" in page and asked == [(start, start + HOUR)]
    assert "Тръгва" not in visit(f"/events/{event_id}?from=99999").text


def test_the_nightly_job_tells_of_every_event_some_at_a_time(
    visit, standing, uow_in, owner, monkeypatch
):
    """The nearest ones among them: none is let go because others come later."""
    monkeypatch.setattr("obshto.platform.db.batches.AT_ONCE", 2)
    told = {standing() for _ in range(5)}
    asked = "select event_id from shared.regional_event where municipality = 'gorno-selo'"
    for _ in range(2):
        with uow_in(VILLAGE) as uow:
            show_all_in_region(uow)
        assert {row[0] for row in owner(asked)} == told


def test_the_region_shows_all_and_lets_go_of_what_was_hidden(visit, standing, uow_in):
    event_id = standing()
    with uow_in(VILLAGE) as uow:
        show_all_in_region(uow)
    assert "Концерт" in visit("/events/", "").text
    calendar = icalendar.Calendar.from_ical(visit("/events/calendar.ics", "").data)
    assert [str(event["UID"]) for event in calendar.events] == [str(event_id)]
    with uow_in(NEIGHBOUR) as uow:  # another municipality's job takes nothing of it away
        show_all_in_region(uow)
        show_in_region(uow, payload={"subject_id": str(event_id)})
    assert "Концерт" in visit("/events/", "").text
    with uow_in(VILLAGE) as uow:
        event = uow.session.get_one(Event, event_id)
        hide_event(uow, event, expected_version=event.version)
        uow.session.flush()
        show_in_region(uow, payload={"subject_id": str(event_id)})
    assert "Концерт" not in visit("/events/", "").text


def test_the_worker_shows_what_was_published_in_the_region(editor, visit, app, config):
    address = editor.post("/console/events/new", typed()).location.partition("?")[0]
    editor.press(address, to="/publish")
    worker = worker_of(app, config)
    with worker.open():
        worker.run_worker(queues=["default"], wait=False, install_signal_handlers=False)
    assert "Концерт" in visit("/events/", "").text


@pytest.mark.parametrize(("language", "label"), [("en", "Price"), ("ro", "Preț")])
def test_other_languages_read_latin_names_and_a_price(visit, standing, language, label):
    page = visit(f"/{language}/events/{standing(is_free=True)}").text
    assert "Gorno" in page and "град Горно" not in page
    assert f">{label}" in re.sub(r">\s+", ">", page)
    form = visit(f"/{language}/events/suggest").text
    assert "Pole" in form and "Поле" not in form


def test_the_line_of_today_reads_in_the_language_of_the_page(visit, standing):
    def translated(uow, event):
        text = Text(title="Village concert", summary="", markdown="")
        translate_event(uow, event, text, language="en", expected_version=UNWRITTEN)

    standing(translated, starts_at=now() + timedelta(minutes=1))
    line = visit("/en/").text.partition("Today at ")[2][:600]
    assert "Village concert" in line and "Концерт" not in line


def test_an_editor_sees_at_the_top_that_it_is_cancelled(editor, standing):
    def then(uow, event):
        cancel_event(uow, event, note="Вали", expected_version=event.version)

    event_id = standing(then)
    page = editor.get(f"/console/events/{event_id}").text
    assert "Отменено" in page.partition("</h1>")[2].partition("<form")[0]


def test_errors_of_a_suggestion_stand_in_the_order_of_its_fields(client, at):
    page = client.post("/events/suggest", data={}, base_url=at(VILLAGE)).text
    summary = page.partition("error-summary__list")[2].partition("</ul>")[0].replace("\xa0", " ")
    sentences = ("Напишете какво ще има", "Въведете ден и час на началото", "Изберете къде")
    found = [summary.index(sentence) for sentence in sentences]
    assert found == sorted(found)


def test_anybody_suggests_and_is_not_public_by_that(client, at, visit, editor):
    fields = typed(text="Елате", email="b@demo.example")
    for _ in range(2):
        answer = client.post("/events/suggest", data=fields, base_url=at(VILLAGE))
        assert answer.status_code == 303
    assert "Концерт" not in visit("/events/").text
    page = editor.get("/console/events/suggestions/").text
    assert page.count("Концерт") == 1
    [path] = set(re.findall(r"/console/events/suggestions/[0-9a-f-]{36}", page))
    assert "b@demo.example" in editor.get(path).text
    answer = editor.press(path, to="/accept")
    assert answer.status_code == 303
    assert "Концерт" in editor.get(answer.location).text


def test_a_suggestion_without_its_words_is_asked_for_them(client, at):
    answer = client.post("/events/suggest", data=typed(text=""), base_url=at(VILLAGE))
    assert answer.status_code == 422
    assert "Напишете няколко думи за събитието" in answer.text.replace("\xa0", " ")


def test_moved_by_the_editor(editor, visit, standing):
    event_id = standing()
    start = datetime(2027, 6, 1, 10, tzinfo=SOFIA)
    form = {
        "on": "all",
        "starts_at": at_clock(start),
        "ends_at": at_clock(start + HOUR),
        "note": "Дъжд",
        "expected_version": "2",
    }
    page = editor.get(f"/console/events/{event_id}/move").text
    form["expected_version"] = re.search(r'name="expected_version"[^>]*value="(\d+)"', page)[1]
    answer = editor.post(f"/console/events/{event_id}/move", form)
    assert answer.status_code == 303
    assert "Преместено" in visit(f"/events/{event_id}").text


def test_machines_are_told_when_an_event_begins(visit, standing, uow_in):
    event_id = standing()
    page = visit(f"/events/{event_id}").text
    told = json.loads(re.search(r'"application/ld\+json">(.*?)</script>', page, re.DOTALL)[1])
    with uow_in(VILLAGE) as uow:
        begins = uow.session.get(Event, event_id).starts_at.replace(microsecond=0)
    assert told["@type"] == "Event" and datetime.fromisoformat(told["startDate"]) == begins
    assert datetime.fromisoformat(told["endDate"]) > begins and told["location"]["name"]


def test_scheduling_without_a_moment_is_refused_and_shows_nothing(editor, visit):
    address = editor.post("/console/events/new", typed()).location.partition("?")[0]
    answer = editor.press(f"{address}/when", published_at="")
    assert answer.status_code == 422 and "Въведете от кога да се вижда" in answer.text
    assert "Концерт" not in visit("/events/").text


def test_a_late_form_shows_what_was_saved_beside_what_is_typed(editor, sign_in):
    address = editor.post("/console/events/new", typed()).location.partition("?")[0]
    [mine] = [form for form in editor.forms(address) if "starts_at" in form[1]]
    colleague = sign_in(VILLAGE, Role.SECRETARY, name="Мая Тошева")
    [theirs] = [form for form in colleague.forms(address) if "starts_at" in form[1]]
    lists = {"settlement": "00001", "subject": "culture"}
    saved = theirs[1] | lists | {"subject": "sport", "title": "Концерт на площада"}
    assert colleague.post(address, saved).status_code == 303
    late = editor.post(address, mine[1] | lists | {"title": "Концерт в читалището"})
    shown = late.text.replace("\xa0", " ")
    assert late.status_code == 422 and "Последната промяна" in shown and "Мая Тошева" in shown
    assert "Концерт <mark>на площада</mark>" in shown
    assert "Концерт <mark>в читалището</mark>" in shown
    assert "<mark>Спорт</mark>" in shown and "<mark>Култура и концерти</mark>" in shown
    again = next(form for form in editor.forms_in(late.text) if "starts_at" in form[1])
    assert editor.post(again[0], again[1] | lists).status_code == 303
    assert "Концерт в читалището" in editor.get(address).text.replace("\xa0", " ")


def test_a_day_of_four_hundred_events_asks_no_more_than_a_day_of_one(
    visit, standing, uow_in, published, statements_of
):
    standing()

    def heard(path):
        answers = []
        told = statements_of(lambda: answers.append(visit(f"{path}?anew")))
        assert answers[0].status_code == 200
        return len(told), len(answers[0].text)

    paths = ("/events/", "/events/calendar.ics", "/")
    few = [heard(path)[0] for path in paths]
    with uow_in(VILLAGE) as uow:
        for number in range(399):
            published(uow, title=f"Концерт {number}")
        uow.commit()
    many = [heard(path) for path in paths]
    # One more is a look at the region that a page takes now and then, never one for an event.
    assert all(later <= first + 1 for first, (later, _) in zip(few, many, strict=True)), (few, many)
    assert many[0][1] < 150_000
