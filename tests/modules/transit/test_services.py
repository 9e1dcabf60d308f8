"""What buses promise, below the web."""

import csv
import io
import zipfile
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from obshto.modules.transit.errors import (
    AlertEndsBeforeStart,
    CalendarInUse,
    LineChanged,
    NoSuchLine,
    OutsideCountry,
    StopInUse,
    TimetableRefused,
)
from obshto.modules.transit.manifest import MODULE
from obshto.modules.transit.models import BusLine, Stop, TimetableEdition
from obshto.modules.transit.notifications import who_asked
from obshto.modules.transit.privacy import erase, export
from obshto.modules.transit.services import gtfs, queries
from obshto.modules.transit.services.edits import (
    LineDetails,
    StopDetails,
    delete_calendar,
    delete_stop,
    edit_line,
    edit_stop,
    stop_details,
    write_line,
    write_stop,
    write_timetable,
)
from obshto.modules.transit.services.publication import (
    AlertDetails,
    checks_of,
    delete_line,
    forget_old,
    hide_line,
    publish_alert,
    publish_line,
    restore_line,
    revert_line,
    withdraw_alert,
)
from obshto.modules.transit.services.regional import network_here, regional_network, show_in_region
from obshto.modules.transit.services.timetable import Direction
from obshto.modules.transit.services.typed_table import TypedTable
from obshto.platform.clock import SOFIA, day_of
from obshto.platform.modularity.bus_routes import BusRoutes
from obshto.platform.modularity.ports import port_here

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
HERE = gtfs.Publisher(
    name="Община Горно село",
    address="https://gorno-selo.bg",
    homes={VILLAGE: "https://gorno-selo.bg", NEIGHBOUR: "https://dolno-selo.bg"},
)


def names(uow):
    return [fact.name for fact in uow.facts]


def sentences(uow, line):
    return {one.text: one.is_fatal for one in checks_of(uow, line)}


def test_a_repeated_click_finds_the_first_result(uow):
    request_id = uuid4()
    first = write_line(uow, LineDetails(name="А – Б"), request_id=request_id)
    assert write_line(uow, LineDetails(name="А – Б"), request_id=request_id).id == first.id
    assert names(uow) == ["transit:line.written"]


def test_citizens_see_the_draft_only_when_it_is_published(uow, public):
    line = public(uow, ("8:00", "8:30"))
    draft = Direction(tuple(line.draft["0"]["stops"]))
    write_timetable(uow, line, "0", draft, expected_version=line.version)
    uow.session.flush()
    edit_line(uow, line, LineDetails(name="Друго име"), expected_version=line.version)
    uow.session.flush()
    shown = network_here(uow).lines[str(line.id)]
    assert (shown.name, len(shown.directions["0"].trips)) == ("Поле – Гора", 1)
    uow.session.flush()
    publish_line(uow, line, expected_version=line.version)
    uow.session.flush()
    shown = network_here(uow).lines[str(line.id)]
    assert (shown.name, len(shown.directions["0"].trips)) == ("Друго име", 0)


@pytest.mark.parametrize(
    ("trips", "sentence", "is_fatal"),
    [
        ([("8:30", "8:00")], "преди да е тръгнал", True),
        ([("8:00", "")], "спира само на едно място", True),
        ([("8:00", "8:01")], "твърде бързо", False),
        ([("8:00", "12:00")], "над 3 часа", False),
        ([("8:00", "9:00"), ("8:10", "8:50")], "изпреварва", False),
        ([("8:00", "8:30"), ("8:00", "8:30")], "два пъти", False),
        ([], "Няма нито един курс", False),
    ],
)
def test_warnings_are_said_in_words(uow, timed, trips, sentence, is_fatal):
    line = timed(uow, *trips)
    told = sentences(uow, line)
    [found] = [text for text in told if sentence in text]
    assert told[found] is is_fatal
    if is_fatal:
        with pytest.raises(TimetableRefused):
            publish_line(uow, line, expected_version=line.version)
        assert not line.is_published
    else:
        publish_line(uow, line, expected_version=line.version)


def test_a_stop_that_nobody_serves_and_a_line_without_stops(uow, timed):
    line = timed(uow, ("8:00", "", "8:30"), places=("Поле", "Град", "Гора"))
    assert any("не спира нито един курс" in text for text in sentences(uow, line))
    empty = write_line(uow, LineDetails(name="Празна"), request_id=uuid4())
    uow.session.flush()
    with pytest.raises(TimetableRefused):
        publish_line(uow, empty, expected_version=empty.version)


def test_a_stop_outside_the_country(uow, stop):
    bucharest = StopDetails(name="Букурещ", latitude=44.43, longitude=26.10)
    with pytest.raises(OutsideCountry):
        write_stop(uow, bucharest, request_id=uuid4())
    own = stop(uow)
    with pytest.raises(OutsideCountry):
        edit_stop(uow, own, bucharest, expected_version=own.version)
    assert stop_details(own).name == "спирка Поле"


def test_two_editors_at_once_and_nothing_half_saved(uow, timed):
    line = timed(uow, ("8:00", "8:30"))
    seen, before = line.version, dict(line.draft)
    edit_line(uow, line, LineDetails(name="Първи"), expected_version=seen)
    uow.session.flush()
    with pytest.raises(LineChanged):
        write_timetable(uow, line, "0", Direction(), expected_version=seen)
    assert line.draft == before
    for act in (publish_line, delete_line):
        with pytest.raises(LineChanged):
            act(uow, line, expected_version=seen)


def test_hidden_deleted_and_brought_back(uow, public):
    line = public(uow, ("8:00", "8:30"))
    delete_line(uow, line, expected_version=line.version)
    uow.session.flush()
    assert network_here(uow).lines == {}
    with pytest.raises(NoSuchLine):
        queries.line_of(uow, line.id)
    restore_line(uow, line, expected_version=line.version)
    uow.session.flush()
    assert list(network_here(uow).lines) == [str(line.id)]
    hide_line(uow, line, expected_version=line.version)
    uow.session.flush()
    assert network_here(uow).lines == {}


def test_an_earlier_timetable_comes_back_as_a_draft(uow, public):
    line = public(uow, ("8:00", "8:30"))
    [edition] = queries.editions_of(uow, line)
    first = line.draft
    empty = Direction(tuple(first["0"]["stops"]))
    write_timetable(uow, line, "0", empty, expected_version=line.version)
    uow.session.flush()
    revert_line(uow, line, edition.id, expected_version=line.version)
    assert line.draft == first


def test_what_a_timetable_names_is_not_deleted(uow, timed, stop, daily):
    own, other, days = stop(uow), stop(uow, "Гора"), daily(uow)
    timed(uow, ("8:00", "8:30"), stops=[own, other], days=days)
    with pytest.raises(StopInUse, match=r"Поле – Гора|lines"):
        delete_stop(uow, own, expected_version=own.version)
    with pytest.raises(CalendarInUse):
        delete_calendar(uow, days, expected_version=days.version)
    spare = stop(uow, "Град")
    delete_stop(uow, spare, expected_version=spare.version)


def test_an_alert_takes_the_buses_of_its_days_away(uow, public):
    line = public(uow, ("8:00", "8:30"))
    today = day_of(uow.now)
    told = AlertDetails(text="Сняг", starts_on=today, ends_on=today, is_cancelled=True)
    alert = publish_alert(uow, line, told, request_id=uuid4())
    uow.session.flush()
    assert list(network_here(uow).runs_on(today)) == []
    assert len(list(network_here(uow).runs_on(today + timedelta(days=1)))) == 1
    audience = who_asked(uow, {"subject_id": str(alert.id)})
    assert (audience.places, audience.is_urgent) == (frozenset({"00001", "00002"}), True)
    withdraw_alert(uow, alert, line, expected_version=alert.version)
    uow.session.flush()
    assert len(list(network_here(uow).runs_on(today))) == 1
    past = AlertDetails(text="Сняг", starts_on=today, ends_on=today - timedelta(days=1))
    with pytest.raises(AlertEndsBeforeStart):
        publish_alert(uow, line, past, request_id=uuid4())


def test_deleted_lines_are_gone_after_thirty_days(uow, public):
    line = public(uow, ("8:00", "8:30"))
    delete_line(uow, line, expected_version=line.version)
    line.deleted_at -= timedelta(days=31)
    uow.session.flush()
    forget_old(uow)
    assert uow.session.query(BusLine).count() == uow.session.query(TimetableEdition).count() == 0


def tables_of(zipped):
    with zipfile.ZipFile(io.BytesIO(zipped)) as file:
        return {
            name.removesuffix(".txt"): list(csv.DictReader(io.StringIO(file.read(name).decode())))
            for name in file.namelist()
        }


def test_the_feed_is_whole_and_the_same_for_the_same_network(uow, public, daily):
    days = daily(uow, name="делник", weekdays="01234", holidays="never")
    line = public(uow, ("8:00", "8:30"), ("24:10", "24:40"), days=days, carrier="Пример ЕООД")
    today = day_of(uow.now)
    first = gtfs.write_feed(network_here(uow), HERE, today=today)
    assert gtfs.write_feed(network_here(uow), HERE, today=today) == first
    told = tables_of(first)
    assert [row["agency_name"] for row in told["agency"]] == ["Пример ЕООД"]
    assert [row["route_id"] for row in told["routes"]] == [str(line.id)]
    assert {row["departure_time"] for row in told["stop_times"]} >= {"08:00:00", "24:10:00"}
    stops = {row["stop_id"] for row in told["stops"]}
    assert {row["stop_id"] for row in told["stop_times"]} == stops
    trips = {row["trip_id"] for row in told["trips"]}
    assert {row["trip_id"] for row in told["stop_times"]} == trips
    [service] = told["calendar"]
    assert (service["monday"], service["sunday"]) == ("1", "0")
    without = [row["date"] for row in told["calendar_dates"] if row["exception_type"] == "2"]
    assert f"{today.year + 1}0303" in without or f"{today.year}0303" in without


def test_a_day_called_off_is_no_day_of_the_feed(uow, public):
    line = public(uow, ("8:00", "8:30"))
    day = day_of(uow.now) + timedelta(days=1)
    told = AlertDetails(text="Сняг", starts_on=day, ends_on=day, is_cancelled=True)
    publish_alert(uow, line, told, request_id=uuid4())
    uow.session.flush()
    feed = tables_of(gtfs.write_feed(network_here(uow), HERE, today=day_of(uow.now)))
    assert [(row["date"], row["exception_type"]) for row in feed["calendar_dates"]] == [
        (day.strftime("%Y%m%d"), "2")
    ]


def test_who_can_come_by_bus_and_go_back(uow, timed, public, stop, daily):
    stops, days = [stop(uow), stop(uow, "Гора")], daily(uow)
    line = timed(uow, ("7:00", "7:30"), ("8:00", "8:30"), stops=stops, days=days)
    timed(
        uow,
        ("11:00", "11:30"),
        ("17:00", "17:30"),
        stops=stops[::-1],
        days=days,
        key="1",
        line=line,
    )
    publish_line(uow, line, expected_version=line.version)
    uow.session.flush()
    tomorrow = uow.now.astimezone(SOFIA) + timedelta(days=1)

    def visit(begin, end):
        return tuple(tomorrow.replace(hour=hour, minute=0) for hour in (begin, end))

    port = port_here(BusRoutes)
    assert port.origins(uow, "00001") == ["00002"]
    there = {"origin": "00002", "destination": "00001"}
    trip, early, late = port.round_trips(
        uow, **there, visits=[visit(9, 12), visit(7, 12), visit(9, 18)]
    )
    told = (trip.departs_at, trip.arrives_at, trip.returns_at, trip.home_at)
    hours = [moment.astimezone(SOFIA).strftime("%H:%M") for moment in told]
    assert hours == ["08:00", "08:30", "17:00", "17:30"]
    assert trip.lines == ("Поле – Гора",)
    assert early is None and late is None
    found = port.round_trips_from(
        uow, origins=["00002", "00003"], destination="00001", visit=visit(9, 12)
    )
    assert found == {"00002": trip, "00003": None}


def test_the_nearest_stop_is_one_of_a_published_timetable_with_a_point(uow, public, stop):
    port, door = port_here(BusRoutes), (43.90, 22.60)
    stop(uow, name="Без линия")
    assert port.nearest_stop(uow, door) is None
    public(uow, ("8:00", "8:30"))
    found = port.nearest_stop(uow, (door[0] + 0.001, door[1]))
    assert found.name == "спирка Поле" and 0.1 < found.kilometres < 0.13
    assert uow.session.get(Stop, UUID(found.path.rpartition("/")[2])).name == found.name
    assert port.nearest_stop(uow, (41.0, 25.0)) is None  # too far for a walk


def test_nobody_offers_buses_where_they_are_off(uow_in, migrator):
    with migrator.begin() as connection:
        connection.execute(text("UPDATE shared.tenant SET modules = array['news']"))
    with uow_in(VILLAGE):
        assert port_here(BusRoutes) is None


def test_a_person_takes_a_copy_and_is_forgotten(uow, public):
    line, person = public(uow, ("8:00", "8:30")), uuid4()
    line.changed_by, line.changed_by_id = "Проба", person
    uow.session.flush()
    assert [row["line"] for row in export(uow, person)["bus_lines"]] == ["Поле – Гора"]
    erase(uow, person)
    uow.session.refresh(line)
    assert (line.changed_by, line.changed_by_id) == ("", None)


def test_losses_are_counted_before_switching_off(uow, public, timed):
    public(uow, ("8:00", "8:30"))
    timed(uow, ("8:00", "8:30"), name="Чернова")
    assert MODULE.unfinished(uow) == ["1 автобусна линия", "1 чернова на линия"]


def test_a_region_shows_what_a_municipality_shows(uow, public):
    line = public(uow, ("8:00", "8:30"))
    uow.session.commit()
    show_in_region(uow)
    show_in_region(uow)
    hide_line(uow, line, expected_version=line.version)
    uow.session.commit()
    show_in_region(uow)
    assert regional_network([VILLAGE]).lines == {}


def typed(**cells):
    told = {name.replace("_", "-"): value for name, value in cells.items()}
    many = {"rows": "stop-", "columns": "days-"}
    told |= {key: str(sum(name.startswith(word) for name in told)) for key, word in many.items()}
    return TypedTable.of_form(told)


def test_a_table_copies_and_shifts_a_column():
    table = typed(stop_0="a", stop_1="b", days_0="d", t_0_0="8:00", t_1_0="8:30")
    table.copy_trip(0, "60", "3")
    assert table.cells == [["8:00", "9:00", "10:00", "11:00"], ["8:30", "9:30", "10:30", "11:30"]]
    assert table.calendars == ["d"] * 4


@pytest.mark.parametrize(
    ("minutes", "times"), [("", "1"), ("0", "1"), ("много", "1"), ("60", "0"), ("60", "900")]
)
def test_a_shift_that_is_none_changes_nothing(minutes, times):
    table = typed(stop_0="a", days_0="d", t_0_0="8:00")
    table.copy_trip(0, minutes, times)
    assert (table.cells, len(table.errors)) == ([["8:00"]], 1)


def test_a_wrong_cell_is_named_and_stays():
    table = typed(stop_0="a", stop_1="b", days_0="d", t_0_0="25:70", t_1_0="8:30")
    assert table.read({"a", "b"}, {"d"}) is None
    assert (table.wrong, table.cells[0]) == ({(0, 0)}, ["25:70"])
    assert "„25:70“ не е час" in table.errors[0]


def test_blank_rows_and_columns_are_left_out_and_trips_sorted():
    table = typed(
        **{"stop_0": "a", "stop_1": "", "stop_2": "b", "days_0": "d", "days_1": "d", "days_2": ""},
        **{"t_0_0": "9:00", "t_2_0": "9:30", "t_0_1": "8:00", "t_2_1": "8:30"},
    )
    way = table.read({"a", "b"}, {"d"}).sorted()
    assert way.stops == ("a", "b")
    assert [trip.first_time for trip in way.trips] == [8 * 3600, 9 * 3600]
