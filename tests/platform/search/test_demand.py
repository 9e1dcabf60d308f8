"""What people ask staff for: counted once, taken back, beside what they search in vain."""

from dataclasses import replace
from datetime import timedelta

import pytest

from obshto.platform.permissions import Role
from obshto.platform.search.demand import demand_for, note_at_counter, noted_today

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
PAGE = "/console/tenants/asked"


@pytest.fixture
def uow(uow_in):
    with uow_in(VILLAGE) as begun:
        yield begun


def test_a_note_counts_once_and_is_taken_back(uow):
    assert note_at_counter(uow, "polls", expected_version=0, by=1)
    assert not note_at_counter(uow, "polls", expected_version=0, by=1)  # the same form, sent twice
    assert note_at_counter(uow, "polls", expected_version=1, by=1)
    assert noted_today(uow) == {"polls": 2}
    assert note_at_counter(uow, "polls", expected_version=2, by=-1)
    assert not note_at_counter(uow, "polls", expected_version=0, by=-1)
    assert demand_for(uow, "polls").at_counter == 1
    assert demand_for(uow, "places").at_counter == 0


def test_a_form_of_yesterday_does_nothing_today(uow):
    note_at_counter(uow, "polls", expected_version=0, by=1)
    tomorrow = replace(uow, now=uow.now + timedelta(days=1))
    assert not note_at_counter(tomorrow, "polls", expected_version=1, by=1)
    assert noted_today(tomorrow) == {}
    assert demand_for(replace(uow, now=uow.now + timedelta(days=91)), "polls").at_counter == 0


def test_a_clerk_notes_what_people_ask_for_and_who_switches_it_on_sees_it(sign_in):
    clerk, admin = sign_in(VILLAGE, Role.REGISTRY_CLERK), sign_in(VILLAGE, Role.ADMIN)
    assert clerk.press(PAGE, to="/asked/polls").status_code == 303
    page = clerk.get(PAGE).text.replace("\xa0", " ")
    assert "днес: 1" in page and "Новини" not in page.partition("<main")[2]
    module = admin.get("/console/tenants/polls").text.replace("\xa0", " ")
    assert "На гише и по телефона за това попита 1 човек." in module
    assert clerk.press(PAGE, to="/asked/polls", less="1").status_code == 303
    stale = clerk.post(f"{PAGE}/polls", {"expected_version": "1"})
    assert stale.status_code == 409 and "Междувременно" in stale.text


def test_what_is_on_is_not_asked_for_and_a_neighbour_sees_nothing_of_it(sign_in):
    clerk, other = sign_in(VILLAGE, Role.REGISTRY_CLERK), sign_in(NEIGHBOUR, Role.REGISTRY_CLERK)
    clerk.press(PAGE, to="/asked/polls")
    assert clerk.post(f"{PAGE}/news", {"expected_version": "0"}).status_code == 404
    assert clerk.post(f"{PAGE}/nothing", {"expected_version": "0"}).status_code == 404
    assert "днес:" not in other.get(PAGE).text
    assert sign_in(VILLAGE, Role.MAYOR).get(PAGE).status_code == 403
