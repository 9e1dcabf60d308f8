"""A flood at two in the morning, over HTTP: written, confirmed, seen on every page, ended."""

import re
from uuid import uuid4

import pytest
from sqlalchemy import select

from obshto.modules.crisis.models import CrisisMessage
from obshto.modules.crisis.notifications import second_people
from obshto.platform.permissions import Role

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
TYPED = {
    "title": "Реката прелива",
    "settlements": "00002",
    "text": "Водата се качва.",
    "advice": "Качете се на високо.",
    "phone": "0938 12 345",
}


@pytest.fixture
def mayor(sign_in):
    return sign_in(VILLAGE, Role.MAYOR, name="Кметът")


@pytest.fixture
def secretary(sign_in):
    return sign_in(VILLAGE, Role.SECRETARY, name="Секретарят")


@pytest.fixture
def visit(client, at):
    return lambda path, place=VILLAGE: client.get(path, base_url=at(place))


def plain(answer):
    return answer.text.replace("\xa0", " ")


def write(official, address="/console/crisis/new/flood", **changed):
    answer = official.post(address, {**TYPED, "request_id": str(uuid4()), **changed})
    assert answer.status_code == 303, answer.text
    return re.search(r"/console/crisis/([0-9a-f-]{36})", answer.location)[1]


def confirm(official, crisis_id):
    return official.press(f"/console/crisis/{crisis_id}", to="/confirm")


def test_a_warning_that_stands_is_a_poster_and_a_waiting_one_is_none(mayor, secretary, sign_in):
    crisis_id = write(mayor)
    poster = f"/console/posters/crisis/{crisis_id}"
    assert secretary.get(poster).status_code == 404
    confirm(secretary, crisis_id)
    made = secretary.press(poster)
    assert secretary.get(made.location).data.startswith(b"%PDF-")
    elsewhere = sign_in(NEIGHBOUR, Role.SECRETARY)
    assert elsewhere.get(poster).status_code == 404


def test_a_flood_from_the_first_word_to_the_all_clear(mayor, secretary, visit):
    crisis_id = write(mayor)
    page = plain(mayor.get(f"/console/crisis/{crisis_id}"))
    assert "Кого ще стигне" in page and "Реката прелива" not in visit("/").text
    assert visit(f"/crisis/{crisis_id}").status_code == 404
    assert confirm(secretary, crisis_id).status_code == 303
    for path in ("/", "/crisis/", f"/crisis/{crisis_id}", "/contact", "/en/"):
        shown = plain(visit(path))
        assert "ob-alarm" in shown and "Реката прелива" in shown, path
    assert "ob-alarm" not in visit("/", NEIGHBOUR).text
    assert "0938 12 345" in plain(visit(f"/crisis/{crisis_id}"))
    write(secretary, f"/console/crisis/{crisis_id}/next", title="Реката спада")
    assert confirm(mayor, crisis_id).status_code == 303
    assert "Реката спада" in visit("/").text and "Реката прелива" not in visit("/").text
    write(mayor, f"/console/crisis/{crisis_id}/next?end=1", title="Опасността премина")
    assert confirm(secretary, crisis_id).status_code == 303
    assert "ob-alarm" not in visit("/").text
    report = plain(secretary.get(f"/console/crisis/{crisis_id}/report"))
    assert report.count("Потвърди и изпрати") == 3 and "Кметът" in report
    table = secretary.get(f"/console/crisis/{crisis_id}/report.csv").text
    assert "Реката спада" in table and table.count("\n") == 4


def test_a_form_that_lacks_something_keeps_what_was_typed(mayor):
    answer = mayor.post(
        "/console/crisis/new/fire",
        {**TYPED, "advice": "", "phone": "нула", "request_id": str(uuid4())},
    )
    assert answer.status_code == 422 and "Реката прелива" in answer.text
    assert "Въведете какво да направят хората" in answer.text


def test_who_may_not_warn_sees_nothing_of_it(sign_in, mayor, visit):
    crisis_id = write(mayor)
    for role in (Role.EDITOR, Role.FINANCE_OFFICER):
        official = sign_in(VILLAGE, role)
        for path in ("", f"/{crisis_id}", "/people", "/calls"):
            assert official.get(f"/console/crisis/{path.lstrip('/')}").status_code == 403
    clerk = sign_in(VILLAGE, Role.REGISTRY_CLERK)
    assert clerk.get(f"/console/crisis/{crisis_id}").status_code == 403
    assert clerk.get("/console/crisis/people").status_code == 200
    other = sign_in(NEIGHBOUR, Role.MAYOR)
    for path in (crisis_id, f"{crisis_id}/report", f"calls/{crisis_id}"):
        assert other.get(f"/console/crisis/{path}").status_code == 404


def test_somebody_asks_to_be_called_is_called_and_takes_it_back(mayor, secretary, sign_in):
    granny = sign_in(VILLAGE, name="Баба Пена")
    typed = {"name": "Баба Пена", "phone": "0938 12 346", "settlement": "00002", "agrees": "y"}
    assert granny.press("/crisis/call-me", **{**typed, "agrees": ""}).status_code == 422
    assert granny.press("/crisis/call-me", **typed).status_code == 303
    crisis_id = write(mayor)
    confirm(secretary, crisis_id)
    taken = mayor.press(f"/console/crisis/calls/{crisis_id}", to="/take")
    page = plain(mayor.get(taken.location))
    assert "Баба Пена" in page and "Качете се на високо." in page
    assert secretary.get(taken.location).status_code == 404
    call = taken.location.replace("http://gorno-selo.localhost:8000", "")
    ended = mayor.press(call, to="/end", result="reached")
    assert ended.status_code == 303
    sheet = secretary.get(f"/console/crisis/calls/{crisis_id}/sheet").text
    assert "Баба Пена" not in sheet
    assert granny.press("/crisis/call-me", to="/stop").status_code == 303
    assert "Баба Пена" not in mayor.get("/console/crisis/people").text


def test_who_confirms_another_text_than_the_one_they_read_is_shown_the_new_one(mayor, secretary):
    crisis_id = write(mayor)
    page = f"/console/crisis/{crisis_id}"
    [(address, fields)] = [one for one in secretary.forms(page) if one[0].endswith("/confirm")]
    edit = re.search(r"/console/crisis/text/[0-9a-f-]{36}", mayor.get(page).text)[0]
    assert mayor.press(edit, title="Реката приижда").status_code == 303
    answer = secretary.post(address, fields)
    assert answer.status_code == 409 and "Кметът промени" in answer.text
    assert "Реката приижда" in answer.text
    assert confirm(secretary, crisis_id).status_code == 303


def test_who_wrote_it_has_no_button_before_two_minutes_whatever_the_hour(mayor):
    crisis_id = write(mayor)
    forms = [address for address, _fields in mayor.forms(f"/console/crisis/{crisis_id}")]
    assert not any(address.endswith("/confirm") for address in forms)


def test_an_entry_of_the_call_list_is_changed(mayor):
    typed = {"name": "Баба Мара", "phone": "0938 12 347", "settlement": "00002", "agrees": "y"}
    assert mayor.press("/console/crisis/people/new", **typed).status_code == 303
    listed = mayor.get("/console/crisis/people").text
    entry = re.search(r"/console/crisis/people/[0-9a-f-]{36}", listed)[0]
    assert mayor.press(entry, name="Баба Мария", settlement="00002").status_code == 303
    assert "Баба Мария" in mayor.get("/console/crisis/people").text


def test_the_letter_that_asks_goes_to_the_second_person_alone(sign_in, uow_in):
    mayor = sign_in(VILLAGE, Role.MAYOR, name="Кметът", email="mayor@example.com")
    sign_in(VILLAGE, Role.SECRETARY, name="Секретарят", email="secretary@example.com")
    crisis_id = write(mayor)
    with uow_in(VILLAGE) as uow:
        message = uow.session.scalars(select(CrisisMessage)).one()
        fact = {"subject_id": crisis_id, "message_id": str(message.id)}
        assert [one.email for one in second_people(uow, fact)] == ["secretary@example.com"]
