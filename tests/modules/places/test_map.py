"""The map of everything and walks, as citizens and editors meet them."""

import json
import re
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

from obshto.modules.places.services.pictures import set_picture
from obshto.modules.places.services.places import Entry, publish_place, write_place
from obshto.modules.places.services.queries import place_of
from obshto.modules.reports.services.submission import ReportWords, send_report
from obshto.platform.permissions import Role
from obshto.platform.storage.samples import sample_picture

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
SEAT, FAR = "10971", "40525"  # towns whose points are known: Vidin, Kula


@pytest.fixture(autouse=True)
def switched_on(house, config):
    """Places and reports are on; the village has two settlements with points."""
    engine = create_engine(config.migrator)
    add = text(
        "INSERT INTO shared.settlement (ekatte, municipality, kind, names, is_seat, sort_key)"
        ' VALUES (:seat, :slug, \'град\', \'{"bg": "Горно", "en": "Gorno"}\', true, \'a\'),'
        ' (:far, :slug, \'село\', \'{"bg": "Поле", "en": "Pole"}\', false, \'b\')'
    )
    with engine.begin() as connection:
        connection.execute(
            text("UPDATE shared.tenant SET modules = array['places', 'reports', 'centres']")
        )
        connection.execute(add, {"slug": VILLAGE, "seat": SEAT, "far": FAR})
    yield
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM shared.settlement"))
    engine.dispose()


@pytest.fixture
def visit(client, at):
    return lambda path: client.get(path, base_url=at(VILLAGE))


@pytest.fixture
def editor(sign_in):
    return sign_in(VILLAGE, Role.EDITOR, name="Росица Пенкова")


@pytest.fixture
def change(house, migrator):
    """change(sql): what the owner of schemas writes."""

    def run(statement):
        with migrator.begin() as connection:
            connection.execute(text(statement))

    return run


@pytest.fixture
def shown(uow_in):
    """shown(name, ...): the id of a published place."""

    def write(name, kind="landmark", *, ekatte=SEAT, point=(None, None), **more):
        told = {"kind": kind, "name": name, "ekatte": ekatte, "settlement": {"bg": "гр. Горно"}}
        entry = Entry(**told, latitude=point[0], longitude=point[1], **more)
        with uow_in(VILLAGE) as uow:
            place = write_place(uow, entry, request_id=uuid4())
            publish_place(uow, place, expected_version=place.version)
            uow.commit()
            return place.id

    return write


def plain(answer):
    return answer.text.replace("\xa0", " ")


def names_in(answer):
    """Titles of the list, in its order, without their numbers."""
    found = re.findall(r'<h2 class="govuk-heading-[sm]">(.*?)</h2>', plain(answer), re.S)
    return [re.sub(r"<[^>]+>|^\d+\. ", "", one).strip() for one in found]


def test_one_map_and_one_list_tell_of_all_parts(shown, visit, uow_in):
    shown("Крепостта")
    told = ReportWords(
        kind="lamp", settlement=SEAT, words="Тъмно е", place="до нас", point=(44, 23)
    )
    with uow_in(VILLAGE) as uow:
        report_id = send_report(uow, told, request_id=uuid4()).id
        uow.commit()
    page = visit("/places/map")
    assert names_in(page) == ["Крепостта", "Осветление"]
    assert f"/reports/{report_id}" in page.text
    assert "до нас" not in page.text and "Тъмно" not in page.text
    features = json.loads(visit("/places/map.geojson").data)["features"]
    assert [one["properties"]["label"] for one in features] == ["Забележителност", "Осветление"]
    at = {tuple(one["geometry"]["coordinates"]) for one in features}
    assert len(at) == 1, "the report is not at its village"


def test_filters_say_the_same_on_map_list_print_and_data(shown, visit):
    shown("Крепостта")
    shown("Аптека", "pharmacy", features=("wifi",))
    shown("Чешма", "outdoors", ekatte=FAR)
    asked = {
        "what=places.pharmacy": ["Аптека"],
        f"ekatte={FAR}": ["Чешма"],
        "feature=wifi": ["Аптека"],
        "words=креп": ["Крепостта"],
        "what=reports": [],
        "what=nothing&ekatte=99999&feature=lift&near=here": ["Аптека", "Крепостта", "Чешма"],
    }
    for query, names in asked.items():
        assert names_in(visit(f"/places/map?{query}")) == names, query
        assert names_in(visit(f"/places/map/print?{query}")) == names, query
        data = json.loads(visit(f"/places/map.geojson?{query}").data)
        assert [one["properties"]["title"] for one in data["features"]] == names, query


def test_the_nearest_comes_first_and_no_cache_learns_where_somebody_is(shown, visit):
    shown("Далеч", ekatte=FAR)
    shown("Нито тук, нито там", ekatte="")
    shown("Близо", point=(44.1, 22.9))
    page = visit("/places/map?near=44.10049,22.9")
    assert names_in(page) == ["Близо", "Далеч", "Нито тук, нито там"]
    assert "на 0 м" in plain(page) and "км по права линия" in plain(page)
    assert "no-store" in page.headers["Cache-Control"]


def test_what_is_off_or_hidden_is_on_no_map(shown, visit, editor, config):
    place_id = shown("Крепостта")
    editor.press(f"/console/places/{place_id}", to="hide")
    assert "Крепостта" not in visit("/places/map").text
    assert json.loads(visit("/places/map.geojson").data)["features"] == []
    assert "Центрове и приемни" not in visit("/places/map").text


def test_twenty_thousand_points_cost_five_statements_and_a_bounded_page(
    shown, visit, change, statements_of
):
    first = shown("Крепостта")
    change(
        "INSERT INTO t_gorno_selo.places_place SELECT made.* FROM t_gorno_selo.places_place p,"
        " generate_series(1, 20000) n, jsonb_populate_record(p, jsonb_build_object("
        "'id', gen_random_uuid(), 'request_id', gen_random_uuid(), 'name', 'Място ' || n,"
        " 'latitude', 43.5 + mod(n, 500) * 0.001, 'longitude', 22.4 + n / 40 * 0.001)) made"
        f" WHERE p.id = '{first}'"
    )
    for path in ("/places/map?words=място", "/places/map.geojson?words=място"):
        answers = []
        heard = statements_of(lambda path=path: answers.append(visit(path)))  # noqa: B023
        asked = [sql for sql in heard if "places_place" in sql or "shared.settlement" in sql]
        assert len(asked) <= 5, "\n".join(asked)
        assert answers[0].status_code == 200
        assert len(answers[0].data) < 150_000
    assert "Намерени: 20 000" in plain(visit("/places/map?words=място"))


def walk_form(editor, **numbers):
    """The form of a new walk, with the numbers of these places."""
    typed = {f"number-{place}": number for place, number in numbers.items()}
    return {"name": "Старият град", "request_id": uuid4(), **typed}


def test_a_walk_is_put_in_order_published_and_followed(shown, visit, editor):
    bridge = shown("Мостът", point=(43.99, 22.87))
    tower = shown("Кулата", point=(44.00, 22.87))
    shown("Аптека", "pharmacy")
    form = walk_form(editor, **{str(tower): "1", str(bridge): "2"})
    written = editor.post("/console/places/walks/new", form)
    assert written.status_code == 303
    assert editor.post("/console/places/walks/new", form).location == written.location
    path = re.search(r"/console/places/walks/[0-9a-f-]{36}", written.location)[0]
    public = path.removeprefix("/console")
    assert "Аптека" not in editor.get(path).text
    assert visit(public).status_code == 404
    assert editor.press(path, to="publish").status_code == 303
    page = plain(visit(public))
    assert page.index("1. <a") < page.index("Кулата") < page.index("2. <a") < page.index("Мостът")
    assert "1,1 км" in page and "по права линия" in page
    assert "Старият град" in plain(visit("/places/walks"))
    editor.press(f"/console/places/{tower}", to="hide")
    assert "Кулата" not in visit(public).text
    assert editor.press(path, to="hide").status_code == 303
    assert visit(public).status_code == 404
    assert "Старият град" not in plain(visit("/places/walks"))


def test_an_unclear_order_is_asked_again_with_what_was_typed(shown, editor):
    bridge, tower = shown("Мостът"), shown("Кулата")
    asked = {("1", "1"): "Номер 1 е и до", ("първа", ""): "напишете номер от 1 до 99"}
    for (one, other), sentence in asked.items():
        form = walk_form(editor, **{str(bridge): one, str(tower): other})
        answer = editor.post("/console/places/walks/new", form)
        assert answer.status_code == 422
        assert sentence in plain(answer) and f'value="{one}"' in answer.text
        assert 'value="Старият град"' in answer.text


def test_a_walk_of_one_stop_is_published_for_nobody(shown, editor):
    written = editor.post("/console/places/walks/new", walk_form(editor, **{str(shown("М")): "1"}))
    path = re.search(r"/console/places/walks/[0-9a-f-]{36}", written.location)[0]
    assert editor.press(path, to="publish").status_code == 422


def test_walks_are_for_who_writes_places_and_stay_at_home(shown, sign_in, editor):
    written = editor.post("/console/places/walks/new", walk_form(editor))
    path = re.search(r"/console/places/walks/[0-9a-f-]{36}", written.location)[0]
    assert sign_in(VILLAGE, Role.REGISTRY_CLERK).get(path).status_code == 403
    assert sign_in(NEIGHBOUR, Role.EDITOR).get(path).status_code == 404


def test_a_picture_shows_with_its_words_and_goes(shown, visit, editor, uow_in):
    place_id = shown("Мостът")
    assert visit(f"/places/{place_id}/picture").status_code == 404
    form = {"file": (sample_picture(), "most.png"), "alt": "", "expected_version": "2"}
    assert editor.post(f"/console/places/{place_id}/picture", form).status_code == 422
    with uow_in(VILLAGE) as uow:
        place = place_of(uow, place_id, to_change=True)
        told = {"name": "most.png", "expected_version": place.version}
        set_picture(uow, place, sample_picture(), "Мостът откъм реката", **told)
        uow.commit()
    assert 'alt="Мостът откъм реката"' in plain(visit(f"/places/{place_id}"))
    assert visit(f"/places/{place_id}/picture").mimetype.startswith("image/")
    editor.press(f"/console/places/{place_id}/picture", to="remove")
    assert visit(f"/places/{place_id}/picture").status_code == 404


def marks_in(answer):
    """Where the marks of the drawing lead, and what they say to who hears them, in their order."""
    drawn = re.search(r'<svg class="ob-map".*?</svg>\s*(?=<p)', plain(answer), re.S)[0]
    return re.findall(r'<a href="([^"]+)" aria-label="([^"]+)">', drawn)


def test_marks_are_links_in_the_order_of_the_list_with_an_icon_each(shown, visit):
    tower = shown("Кулата", "landmark", point=(43.99, 22.87))
    pharmacy = shown("Аптека", "pharmacy", point=(43.98, 22.87))
    first = shown("Баня", "service", point=(43.97, 22.86))
    shown("Поща", "service", point=(43.97, 22.86))
    page = visit("/places/map")
    assert marks_in(page) == [
        (f"/places/{pharmacy}", "1. Аптека, Аптека"),
        ("#at-2", "2. Баня, Поща, банка, друга услуга, още 1 на същото място"),
        (f"/places/{tower}", "3. Кулата, Забележителност"),
    ]
    assert 'role="group"' in page.text
    line = re.search(r'<li id="at-2">.*?</li>', page.text, re.S)[0]
    assert f"/places/{first}" in line
    drawn = re.findall(r'class="ob-mark"[^>]*>(.*?)</g>', page.text)
    listed = page.text.partition('<ul class="ob-list')[2]
    told = re.findall(r'class="ob-icon"[^>]*>(.*?)</svg>', listed)
    assert told[:4] == [*drawn, drawn[1]] and len(set(drawn)) == 3


def test_near_one_the_drawing_is_of_where_one_stands(shown, visit):
    shown("Близо", point=(43.991, 22.871))
    shown("Също близо", point=(43.993, 22.874))
    drawing = visit("/places/map?near=43.991,22.871").text
    assert "Pole</text>" not in drawing and "Поле</text>" not in drawing
    assert "Поле</text>" in visit("/places/map").text
