"""Places as staff and citizens meet them, over HTTP."""

import re
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

from obshto.platform.opening_hours.forms import WEEK
from obshto.platform.permissions import Role

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
TYPED = {"kind": "pharmacy", "name": "Аптека", "monday": "8-12, 13-17", "phone": "0938 12 345"}
ROUND = {day: "денонощно" for day in WEEK} | {"holidays": "както обикновено"}


@pytest.fixture(autouse=True)
def switched_on(house, config):
    engine = create_engine(config.migrator)
    with engine.begin() as connection:
        connection.execute(text("UPDATE shared.tenant SET modules = array['news', 'places']"))
    engine.dispose()


@pytest.fixture
def editor(sign_in):
    return sign_in(VILLAGE, Role.EDITOR, name="Росица Пенкова")


@pytest.fixture
def visit(client, at):
    return lambda path: client.get(path, base_url=at(VILLAGE))


def write(editor, **changed):
    return editor.post("/console/places/new", {**TYPED, "request_id": uuid4(), **changed})


def id_of(answer):
    assert answer.status_code == 303, answer.text
    return re.search(r"/console/places/([0-9a-f-]{36})", answer.location)[1]


def publish(editor, **changed):
    place_id = id_of(write(editor, **changed))
    assert press(editor, place_id, "publish").status_code == 303
    return place_id


def press(editor, place_id, button):
    return editor.press(f"/console/places/{place_id}", to=button)


def plain(answer):
    return answer.text.replace("\xa0", " ")


def test_what_is_published_is_seen_on_the_next_request_and_what_is_hidden_is_not(editor, visit):
    place_id = publish(editor)
    assert "/places/map?" in visit(f"/places/{place_id}").text
    for path in (f"/places/{place_id}", "/places/", "/places/map", "/"):
        assert "Аптека" in plain(visit(path)), path
    press(editor, place_id, "hide")
    assert visit(f"/places/{place_id}").status_code == 404
    assert f"/places/{place_id}" not in visit("/places/").text


def test_a_double_click_makes_one_place(editor):
    request_id = uuid4()
    assert id_of(write(editor, request_id=request_id)) == id_of(
        write(editor, request_id=request_id)
    )


def test_back_then_other_words_opens_the_first_place_with_what_was_typed_now(editor):
    request_id = uuid4()
    place_id = id_of(write(editor, request_id=request_id))
    again = write(editor, request_id=request_id, name="Аптека на ъгъла")
    assert again.status_code == 422
    assert "Това място вече е запазено" in plain(again)
    [mine] = [form for form in editor.forms_in(again.text) if form[0].endswith(place_id)]
    assert mine[1]["name"] == "Аптека на ъгъла"
    assert id_of(editor.post(mine[0], {**mine[1], "kind": "pharmacy"})) == place_id


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("name", " ", "Въведете името на мястото"),
        ("kind", "castle", "Изберете отговор от списъка"),
        ("kind", "", "Изберете вида на мястото"),
        ("monday", "8 до нощта", "не е ясно. Напишете часовете така"),
        ("tuesday", "8-12, 11-17", "се застъпват"),
        ("changes", "коледа: затворено", "Ред 1 не е ясен"),
        ("point", "51.5, 0.1", "две числа в България"),
        ("phone", "обадете се", "Въведете телефона с цифри"),
        ("phone", " " * 20_000 + "x", "Съкратете текста до 40 знака"),
        ("email", "a@" + "." * 50_000 + " x", "Съкратете текста до 254 знака"),
        ("email", "няма", "Въведете имейла с @ и точка"),
        ("website", "javascript:alert(1)", "започва с https://"),
        ("name", "я" * 121, "Съкратете текста до 120 знака"),
        ("ekatte", "99999", "Изберете отговор от списъка"),
    ],
)
def test_what_is_wrong_is_said_so_that_it_can_be_mended(editor, field, typed, said):
    answer = write(editor, **{"about": "Пазете това", field: typed})
    assert answer.status_code == 422
    assert said in plain(answer)
    assert "Пазете това" in plain(answer) and "<title>Грешка" in answer.text


@pytest.mark.parametrize("poison", ["a\0b", "\0", "я" * 100_000])
@pytest.mark.parametrize("field", ["name", "about", "address", "phone", "monday", "changes"])
def test_no_input_breaks_the_house(editor, field, poison):
    assert write(editor, **{field: poison}).status_code in (303, 400, 413, 422)


@pytest.mark.parametrize(
    "query",
    [
        "kind=%00",
        "ekatte=%00",
        "feature=x",
        "words=%00",
        "words=" + "ж" * 5000,
        "open=%00",
        "page=x",
        "endpoint=x",
        "_anchor=x&_method=POST&values=x",
    ],
)
def test_no_question_breaks_the_list(editor, visit, query):
    publish(editor)
    for path in ("/places/", "/places/map"):
        assert visit(f"{path}?{query}").status_code in (200, 400)
    assert editor.get(f"/console/places/?{query}").status_code in (200, 400)


def test_only_what_the_form_asks_is_carried_on(editor, visit):
    publish(editor)
    for path in ("/places/", "/places/map"):
        page = visit(f"{path}?words=а&_scheme=javascript&_external=1&kind=pharmacy").text
        assert "javascript:" not in page and "kind=pharmacy" in page


def test_a_village_that_is_another_municipalitys_by_now_keeps_its_name(editor, visit, config):
    place_id = publish(editor)
    for settlement in ('{"bg": "село Малко"}', "{}"):
        engine = create_engine(config.migrator)
        with engine.begin() as connection:
            moved = text("UPDATE t_gorno_selo.places_place SET ekatte = '99999', settlement = :s")
            connection.execute(moved, {"s": settlement})
        engine.dispose()
        name = f"Аптека {len(settlement)}"
        assert editor.press(f"/console/places/{place_id}", name=name, ekatte="99999").location
        assert visit("/places/?ekatte=99999").status_code == 200
        shown = "село Малко" if len(settlement) > 2 else "99999"
        assert shown in plain(visit(f"/places/{place_id}"))


def test_html_in_any_field_stays_text(editor, visit):
    poison = "<script>alert(1)</script>"
    place_id = publish(editor, name=poison, about=poison, address=poison)
    for path in (f"/places/{place_id}", "/places/", "/"):
        assert "<script>alert" not in visit(path).text
    assert "\\u003cscript" in visit(f"/places/{place_id}").text  # for machines


def test_citizens_see_whether_it_is_open_and_can_ask_for_what_is_open_now(editor, visit):
    publish(editor, name="Денонощна", **ROUND)
    publish(editor, name="Неизвестна", monday="")
    assert re.search(r"Отворено\s*</\w+>\s*денонощно", plain(visit("/places/")))
    asked = plain(visit("/places/?open=y"))
    assert "Денонощна" in asked and "Неизвестна" not in asked
    assert "Работното време не е посочено" in plain(visit("/places/"))


def test_the_list_finds_word_forms_and_latin_letters(editor, visit):
    publish(editor, name="Библиотека в читалището")
    publish(editor, name="Магазин", kind="shop")
    for words in ("библиотеки", "biblioteka", "в читалище"):
        assert "Библиотека" in plain(visit(f"/places/?words={words}")), words
        assert "Магазин</a>" not in plain(visit(f"/places/?words={words}"))
    assert "Няма такива места" in plain(visit("/places/?words=самолет"))


def test_accessibility_is_said_in_words(editor, visit):
    known = publish(editor, features=["step-free", "hearing-loop"])
    unknown = publish(editor, name="Друга")
    assert "Вход без стъпала" in plain(visit(f"/places/{known}"))
    assert "Вход без стъпала" in plain(visit(f"/places/{known}"))
    assert "Още не знаем има ли вход без стъпала" in plain(visit(f"/places/{unknown}"))


def test_a_translation_is_shown_and_found_else_bulgarian_marked_as_such(editor, visit):
    place_id = publish(editor)
    assert '<h1 lang="bg">' in visit(f"/en/places/{place_id}").text
    typed = {"name_en": "Pharmacy on the corner", "about_en": "Medicines"}
    editor.press(f"/console/places/{place_id}/words", **typed)
    page = visit(f"/en/places/{place_id}").text
    assert "<h1>Pharmacy on the corner" in page
    assert "Pharmacy" in visit("/en/search?q=pharmacies").text
    assert "Аптека" in plain(visit(f"/ro/places/{place_id}"))


def test_who_saves_over_a_colleague_is_told_so_and_keeps_what_was_typed(editor, sign_in):
    place_id = id_of(write(editor))
    [old] = [form for form in editor.forms(f"/console/places/{place_id}") if "name" in form[1]]
    colleague = sign_in(VILLAGE, Role.SECRETARY)
    fresh = {"kind": "pharmacy", "name": "Друга аптека"}
    [mine] = [f for f in colleague.forms(f"/console/places/{place_id}") if "name" in f[1]]
    assert colleague.post(mine[0], {**mine[1], **fresh}).status_code == 303
    answer = editor.post(old[0], {**old[1], "kind": "pharmacy", "name": "Моята аптека"})
    assert answer.status_code == 422
    assert "Друг служител промени това място" in plain(answer)
    assert 'value="Моята аптека"' in answer.text


def test_hours_are_shown_in_the_form_as_they_are_read(editor):
    place_id = id_of(write(editor, changes="24.12: 8-12"))
    page = editor.get(f"/console/places/{place_id}").text
    assert 'value="8:00-12:00, 13:00-17:00"' in page and "24.12: 8:00-12:00" in page


def test_hours_are_confirmed_with_one_button(editor, owner):
    place_id = id_of(write(editor))
    old = "update t_gorno_selo.places_place set confirmed_on = '2020-01-01'"
    engine = create_engine(editor.app.extensions["obshto.config"].migrator)
    with engine.begin() as connection:
        connection.execute(text(old))
    engine.dispose()
    assert press(editor, place_id, "confirm").status_code == 303
    ((day,),) = owner("select confirmed_on from t_gorno_selo.places_place")
    assert day.year > 2020


def test_what_was_deleted_can_be_brought_back_from_its_list(editor, visit):
    place_id = publish(editor)
    assert editor.press(f"/console/places/{place_id}/delete").status_code == 303
    assert visit(f"/places/{place_id}").status_code == 404
    deleted = "/console/places/?list=deleted"
    assert editor.press(deleted, to=f"{place_id}/restore").status_code == 303
    assert visit(f"/places/{place_id}").status_code == 200


def test_a_place_of_one_village_does_not_exist_in_the_other(editor, client, at, sign_in):
    place_id = publish(editor)
    stranger = sign_in(NEIGHBOUR, Role.EDITOR)
    assert client.get(f"/places/{place_id}", base_url=at(NEIGHBOUR)).status_code == 404
    assert stranger.get(f"/console/places/{place_id}").status_code == 404
    hide = stranger.post(f"/console/places/{place_id}/hide", {"expected_version": "2"})
    assert hide.status_code == 404


def test_who_may_not_write_places_is_kept_out(sign_in):
    officer = sign_in(VILLAGE, Role.DATA_PROTECTION_OFFICER)
    assert officer.get("/console/places/").status_code == 403
    assert officer.post("/console/places/new", {**TYPED, "request_id": uuid4()}).status_code == 403
