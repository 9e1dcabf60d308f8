"""What places promise, asked of the services."""

import json
from dataclasses import fields, replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from obshto.modules.places import seeds
from obshto.modules.places.errors import NoSuchPlace, PlaceChanged, PointUnclear
from obshto.modules.places.events import EVENTS
from obshto.modules.places.services import places, queries
from obshto.modules.places.services.places import Entry, point_of
from obshto.modules.places.services.queries import Wanted
from obshto.modules.places.services.schema_org import linked
from obshto.platform.clock import SOFIA
from obshto.platform.opening_hours.hours import Hours
from obshto.platform.opening_hours.hours_text import spans_of
from obshto.platform.village_map import Village, drawing_of

VILLAGE = "gorno-selo"
ALWAYS = Hours(week=(spans_of("0-24"),) * 7, holidays=None)
NEVER = Hours()
ENTRY = Entry(
    kind="pharmacy",
    name="Аптека „Здравец“",
    about="Лекарства",
    ekatte="40525",
    settlement={"bg": "град Кула", "en": "Kula"},
    address="ул. „Шипка“ № 1",
    phone="0938 12 345",
    features=("step-free",),
    hours=ALWAYS,
)


@pytest.fixture
def uow(uow_in):
    with uow_in(VILLAGE) as begun:
        yield begun


def write(uow, **changed):
    return places.write_place(uow, replace(ENTRY, **changed), request_id=uuid4())


def show(uow, **changed):
    place = write(uow, **changed)
    places.publish_place(uow, place, expected_version=place.version)
    return place


def names(uow, **wanted):
    rows = queries.found(uow, Wanted(**wanted), "bg")
    return [place.name for place in uow.session.scalars(rows)]


def told(uow):
    return [fact.name.removeprefix("places:") for fact in uow.facts]


def test_what_is_written_is_a_draft_that_citizens_do_not_see(uow):
    place = write(uow)
    assert names(uow) == []
    with pytest.raises(NoSuchPlace):
        queries.published_place(uow, place.id)
    places.publish_place(uow, place, expected_version=place.version)
    assert queries.published_place(uow, place.id) is place
    assert told(uow) == ["place.written", "place.published"]


def test_the_same_request_twice_is_one_place(uow):
    request_id = uuid4()
    first = places.write_place(uow, ENTRY, request_id=request_id)
    again = places.write_place(uow, replace(ENTRY, name="Друго"), request_id=request_id)
    assert (again.id, again.name) == (first.id, ENTRY.name)
    assert told(uow) == ["place.written"]


def test_what_is_read_back_is_what_was_written(uow):
    assert places.entry_of(write(uow)) == ENTRY
    unknown = replace(ENTRY, hours=None, features=(), ekatte="", settlement={})
    assert places.entry_of(places.write_place(uow, unknown, request_id=uuid4())) == unknown


def test_a_late_copy_of_a_form_does_nothing(uow):
    place = write(uow)
    expected_version = place.version
    places.edit_place(
        uow, place, replace(ENTRY, name="Ново име"), expected_version=expected_version
    )
    places.edit_place(
        uow, place, replace(ENTRY, name="Ново име"), expected_version=expected_version
    )  # sent twice
    acts = (places.publish_place, places.delete_place, places.confirm_hours)
    place.confirmed_on = None
    for act in acts:
        with pytest.raises(PlaceChanged):
            act(uow, place, expected_version=expected_version)
    with pytest.raises(PlaceChanged):
        places.edit_place(uow, place, ENTRY, expected_version=expected_version)
    assert place.name == "Ново име"
    assert told(uow) == ["place.written", "place.edited"]


def test_what_was_deleted_comes_back_as_what_it_was_for_thirty_days(uow):
    place = show(uow)
    places.delete_place(uow, place, expected_version=place.version)
    assert names(uow) == []
    places.restore_place(uow, place, expected_version=place.version)
    assert names(uow) == [ENTRY.name]
    places.delete_place(uow, place, expected_version=place.version)
    later = replace(uow, now=uow.now + timedelta(days=30))
    places.erase_deleted(later)
    assert queries.count(uow, queries.deleted()) == 1
    places.erase_deleted(replace(uow, now=uow.now + timedelta(days=31)))
    assert queries.count(uow, queries.deleted()) == 0


def test_the_list_is_narrowed_by_kind_village_and_what_is_there(uow):
    show(uow)
    show(uow, name="Библиотека", kind="culture", ekatte="", settlement={}, features=("wifi",))
    assert names(uow) == [ENTRY.name, "Библиотека"]
    assert names(uow, kind="culture") == ["Библиотека"]
    assert names(uow, ekatte="40525") == [ENTRY.name]
    assert names(uow, feature="step-free") == [ENTRY.name]
    assert names(uow, feature="wifi", kind="pharmacy") == []


def test_open_now_leaves_out_what_is_closed_and_what_nobody_knows(uow):
    show(uow)
    show(uow, name="Затворен магазин", hours=NEVER)
    show(uow, name="Непознат магазин", hours=None)
    assert names(uow, is_open=True) == [ENTRY.name]


def test_staff_find_a_place_by_any_part_of_its_name_or_address(uow):
    write(uow)
    write(uow, name="Поща 100%", address="пл. Мир")
    asked = ("здрав", "ШИПКА", "100%", "мир поща", "%", "_", "няма")
    counts = {q: queries.count(uow, queries.named(queries.drafts(), q)) for q in asked}
    assert counts == {
        "здрав": 1, "ШИПКА": 1, "100%": 1, "мир поща": 1, "%": 1, "_": 0, "няма": 0,
    }  # fmt: skip


def test_new_hours_are_confirmed_by_who_writes_them_and_other_changes_are_not(uow):
    place = write(uow)
    today = uow.now.astimezone(SOFIA).date()
    assert place.confirmed_on == today
    place.confirmed_on = today - timedelta(days=200)
    places.edit_place(uow, place, replace(ENTRY, phone=""), expected_version=place.version)
    assert place.confirmed_on == today - timedelta(days=200)
    places.edit_place(uow, place, replace(ENTRY, hours=NEVER), expected_version=place.version)
    assert place.confirmed_on == today


def test_old_hours_are_told_of_once_in_four_weeks_until_somebody_confirms_them(uow):
    old, young = show(uow), show(uow, name="Млада")
    show(uow, name="Без часове", hours=None)
    old.confirmed_on = places.today(uow) - timedelta(days=181)
    uow.session.flush()
    assert list(uow.session.scalars(queries.stale(uow))) == [old]
    for days in (0, 0, 27, 29):
        queries.remind_of_stale(replace(uow, now=uow.now + timedelta(days=days)))
        uow.session.flush()
    assert [fact.places for fact in uow.facts if fact.name == "places:hours.stale"] == [1, 1]
    places.confirm_hours(uow, old, expected_version=old.version)
    assert list(uow.session.scalars(queries.stale(uow))) == []
    assert young.reminded_on is None


@pytest.mark.parametrize(
    ("typed", "point"),
    [
        ("43.8889, 22.5214", (43.8889, 22.5214)),
        ("43,8889; 22,5214", (43.8889, 22.5214)),
        ("43.8889° 22.5214°", (43.8889, 22.5214)),
        ("  ", (None, None)),
    ],
)
def test_a_point_is_read_as_maps_write_it(typed, point):
    assert point_of(typed) == point


@pytest.mark.parametrize("typed", ["22.5214, 43.8889", "43.8889", "51.5, 22.5", "село Кула", "\0"])
def test_a_point_that_is_none_or_lies_abroad_is_refused(typed):
    with pytest.raises(PointUnclear):
        point_of(typed)


def test_a_place_without_a_translation_is_told_in_bulgarian(uow):
    place = write(uow)
    words = {"en": {"name": "Pharmacy", "about": ""}, "ro": {"name": "", "about": "x"}}
    places.translate_place(uow, place, words, expected_version=place.version)
    assert place.told("en") == ("Pharmacy", "", "en")
    assert place.told("ro") == (ENTRY.name, ENTRY.about, "bg")
    assert (place.settlement_in("ro"), place.settlement_in("bg")) == ("Kula", "град Кула")


def test_places_at_one_point_share_a_number_and_those_without_a_point_have_none(uow):
    at_village = write(uow)
    beside = write(uow, latitude=None)
    apart = write(uow, latitude=43.9, longitude=22.6)
    nowhere = write(uow, ekatte="", settlement={})
    kula = Village("40525", "Кула", (43.8889, 22.5214))
    drawing = drawing_of([at_village, beside, apart, nowhere], [kula])
    assert drawing.numbers == {at_village.id: 1, beside.id: 1, apart.id: 2}
    assert [mark.number for mark in drawing.marks] == [1, 2]
    north, south = drawing.marks[1], drawing.marks[0]
    assert north.y < south.y and north.x > south.x
    assert all(0 < m.x < 320 and 0 < m.y < drawing.height for m in drawing.marks)
    assert drawing_of([nowhere], [kula]) is None


def test_machines_read_the_same_place(uow):
    place = write(uow, latitude=43.9, longitude=22.6)
    said = linked(place, "bg", "http://kula.localhost/places/1")
    assert (said["@type"], said["name"]) == ("Pharmacy", ENTRY.name)
    assert said["geo"]["latitude"] == 43.9
    assert said["openingHoursSpecification"][0] == {
        "@type": "OpeningHoursSpecification", "dayOfWeek": "Monday",
        "opens": "00:00", "closes": "23:59",
    }  # fmt: skip
    sight = write(uow, kind="landmark")
    assert linked(sight, "bg", "x")["@type"][0] == "TouristAttraction"
    bare = write(uow, hours=None, about="", phone="", features=(), address="", settlement={})
    assert linked(bare, "bg", "x").keys() == {"@context", "@type", "@id", "url", "name"}


def test_names_of_facts_and_their_keys_are_fixed():
    facts = {fact.name: sorted(field.name for field in fields(fact)) for fact in EVENTS}
    acts = ("written", "edited", "translated", "published", "hidden", "deleted", "restored")
    expected = {f"places:place.{act}": ["subject_id", "title"] for act in acts}
    expected |= {f"places:walk.{act}": ["subject_id", "title"] for act in acts}
    for act in ("changed", "added", "removed"):
        expected[f"places:picture.{act}"] = ["subject_id", "title"]
    expected["places:hours.confirmed"] = ["subject_id", "title"]
    expected["places:hours.stale"] = ["places", "subject_id"]
    assert facts == expected


def test_the_sights_of_the_province_have_a_story_and_a_place():
    """Eighteen real ones, each of a municipality of the region."""
    told = json.loads((Path(seeds.__file__).parent / "data" / "demo.json").read_text("utf-8"))
    sights = told["landmarks"]
    assert len(sights) == 18
    for sight in sights:  # one without a point of its own stands at its village
        latitude, longitude = map(float, sight.get("point", "43.9, 22.6").split(", "))
        assert 43.3 < latitude < 44.4 and 22.3 < longitude < 23.2, sight["key"]
        assert sight["ekatte"] and sight["municipality"], sight["key"]
        assert set(sight["texts"]) == {"bg", "en", "ro"}, sight["key"]
        assert all(name and story for name, story in sight["texts"].values()), sight["key"]
