"""Whoever came too late reads whose change stands: colleagues of colleagues, citizens of nobody."""

from pathlib import Path

import pytest
from flask import Blueprint
from lxml.html import fromstring
from support.browsing import visitor as browser

from obshto.modules.centres.events import ResourceChanged
from obshto.ops.compose import all_components
from obshto.platform.errors import StaleRow
from obshto.platform.modularity.manifest import Component, NoPersonalData
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.platform.web.access import open_to_all
from obshto.tenants.api import scope_named

VILLAGE = "gorno-selo"
LATE = "Последната промяна: "
portal = Blueprint("late_citizen", __name__)


@portal.post("/<uuid:item_id>")
@open_to_all
def press(item_id):
    raise StaleRow


@pytest.fixture
def colleague(sign_in, keeper):
    return sign_in(VILLAGE, Role.EDITOR, name="Мая Тошева", email="m@v.example")


@pytest.fixture
def page(place):
    return f"/console/centres/{place.centre}"


def form_of(person, page, text):
    """The form of the page's own text."""
    return next(fields for _, fields in person.forms_in(text, page) if "address" in fields)


def save(person, page, address):
    fields = form_of(person, page, person.get(page).text)
    assert person.post(page, fields | {"address": address}).status_code == 303


def told(answer):
    return " ".join(fromstring(answer.text).xpath("string(//main)").split())


def test_a_late_button_says_who_changed_it_what_they_did_and_when(keeper, colleague, page):
    [hide] = [form for form in keeper.forms(page) if form[0].endswith("/hide")]
    save(colleague, page, "ул. „Втора“ 2")
    late = keeper.post(*hide)
    assert late.status_code == 409
    assert LATE in told(late) and "Мая Тошева" in told(late)
    assert fromstring(late.text).xpath("//main//time/@datetime")


def test_a_late_form_has_both_texts_and_whose_the_stored_one_is(keeper, colleague, page):
    drawn = form_of(keeper, page, keeper.get(page).text)
    save(colleague, page, "ул. „Втора“ 2")
    late = keeper.post(page, drawn | {"address": "ул. „Трета“ 3"})
    assert late.status_code == 422
    assert "Двата текста един до друг" in told(late) and "Мая Тошева" in told(late)
    assert "ул. „Втора“ 2" in told(late)
    again = form_of(keeper, page, late.text)
    assert again["address"] == "ул. „Трета“ 3"
    assert keeper.post(page, again).status_code == 303  # told once
    assert form_of(keeper, page, keeper.get(page).text)["address"] == "ул. „Трета“ 3"


def test_a_form_that_is_late_and_wrong_says_both_at_once(keeper, colleague, page):
    """Nobody mends a slip to learn only then that a colleague wrote another text."""
    drawn = form_of(keeper, page, keeper.get(page).text)
    save(colleague, page, "ул. „Втора“ 2")
    late = keeper.post(page, drawn | {"address": "ул. „Трета“ 3", "name": ""})
    assert late.status_code == 422 and "Въведете името" in told(late)
    assert "Междувременно друг промени това" in told(late)
    assert "Двата текста един до друг" in told(late) and "Мая Тошева" in told(late)
    assert "ул. „Втора“ 2" in told(late)
    again = form_of(keeper, page, late.text)
    assert again["address"] == "ул. „Трета“ 3"
    assert keeper.post(page, again | {"name": drawn["name"]}).status_code == 303  # told once


def test_a_form_that_is_late_and_wrong_again_is_told_of_each_change(keeper, colleague, page):
    drawn = form_of(keeper, page, keeper.get(page).text)
    save(colleague, page, "ул. „Втора“ 2")
    late = keeper.post(page, drawn | {"name": ""})
    save(colleague, page, "ул. „Пета“ 5")
    later = keeper.post(page, form_of(keeper, page, late.text) | {"name": drawn["name"]})
    assert later.status_code == 422 and "ул. „Пета“ 5" in told(later)


def test_a_form_that_is_wrong_but_not_late_compares_nothing(keeper, page):
    drawn = form_of(keeper, page, keeper.get(page).text)
    wrong = keeper.post(page, drawn | {"address": ""})
    assert wrong.status_code == 422 and "Въведете адреса" in told(wrong)
    assert LATE not in told(wrong) and "един до друг" not in told(wrong)


def test_who_was_late_for_their_own_change_is_told_so(keeper, page):
    [hide] = [form for form in keeper.forms(page) if form[0].endswith("/hide")]
    save(keeper, page, "ул. „Втора“ 2")
    late = told(keeper.post(*hide))
    assert LATE in late and "от Вас" in late


def test_a_citizen_reads_no_name(colleague, page, place, make_app, at):
    save(colleague, page, "ул. „Втора“ 2")
    privacy = NoPersonalData(because="a test")
    part = Component(slug="late", folder=Path(), citizen=portal, privacy=privacy)
    stranger = browser(make_app(parts=(*all_components(), part)))
    late = stranger.post(f"/late/{place.centre}", base_url=at(VILLAGE))
    assert late.status_code == 409 and "Междувременно" in told(late)
    assert LATE not in told(late) and "Мая" not in told(late)


def test_nor_does_staff_read_a_citizens_name_by_the_way(keeper, sign_in, page, place):
    """The log names whoever acts; only who works here is named to a colleague who came late."""
    [hide] = [form for form in keeper.forms(page) if form[0].endswith("/hide")]
    save(keeper, page, "ул. „Втора“ 2")
    citizen = sign_in(VILLAGE, name="Пена Пробова", email="pena@v.example")
    with citizen.app.app_context(), open_uow(scope_named(VILLAGE), of(citizen)) as uow:
        uow.emit(ResourceChanged(subject_id=place.centre, title="Център"))
    late = told(keeper.post(*hide))
    assert LATE in late and "Пена" not in late and "не от служител" in late


def of(person):
    return Principal(person_id=person.person_id, name="Пена Пробова")
