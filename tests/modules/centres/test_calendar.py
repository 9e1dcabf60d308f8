"""Calendar addresses: one's own bookings and a desk's times, opened by a secret, renewed, gone."""

import re
from uuid import uuid4

import pytest
from sqlalchemy import select
from support.calendars import strict_events

from obshto.platform.bookings.models import CalendarAddress
from obshto.platform.bookings.privacy import erase, export
from obshto.platform.permissions import Role

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
NAME, PHONE = "Проба Пробова", "888123456"


@pytest.fixture
def resident(place, sign_in):
    return sign_in(VILLAGE)


@pytest.fixture
def booked(resident, place, visitor):
    """A time that the resident has, and one that a stranger has."""
    mine, other, *_ = visitor.times(place.computer)
    for who, at, name in ((resident, mine, NAME), (visitor, other, "Друг Човек")):
        typed = {"name": name, "phone": f"0{PHONE}", "slots": "1", "request_id": uuid4()}
        assert who.post(f"/centres/book/{place.computer}?at={at}", typed).status_code == 303
    return mine, other


def feed_of(page):
    """The path of the address that a page shows."""
    return re.search(r"/centres/calendar/[\w-]{22}\.ics", page.text)[0]


def times_in(answer):
    return answer.text.count("BEGIN:VEVENT")


def test_a_persons_calendar_has_their_bookings_and_no_names(resident, booked, visitor):
    assert "/centres/calendar/" not in resident.get("/centres/mine").text
    assert resident.press("/centres/mine", "/mine/calendar").status_code == 303
    address = feed_of(resident.get("/centres/mine"))
    answer = visitor.get(address)
    assert answer.content_type.startswith("text/calendar")
    assert "no-store" in answer.headers["Cache-Control"]
    assert times_in(answer) == 1
    assert "SUMMARY:Компютър" in answer.text
    assert len(strict_events(answer.data)) == 1
    assert not [word for word in (NAME, "Друг", PHONE) if word in answer.text]
    assert visitor.get(address, NEIGHBOUR).status_code == 404


def test_a_new_address_ends_the_one_before(resident, booked, visitor, owner):
    resident.press("/centres/mine", "/mine/calendar")
    first = feed_of(resident.get("/centres/mine"))
    form = {"expected_version": "1"}
    for _ in range(2):  # the second click of the same form changes nothing
        assert resident.post("/centres/mine/calendar", form).status_code == 303
        second = feed_of(resident.get("/centres/mine"))
    assert second != first
    assert visitor.get(first).status_code == 404
    assert visitor.get(second).status_code == 200
    assert owner("select turn from t_gorno_selo.bookings_calendar") == [(2,)]
    told = owner("select entry::text from t_gorno_selo.audit_entry entry")
    assert sum("bookings:calendar.address-made" in one for (one,) in told) == 2


def test_a_cancelled_booking_is_told_as_cancelled(resident, booked, visitor):
    resident.press("/centres/mine", "/mine/calendar")
    address = feed_of(resident.get("/centres/mine"))
    own = re.search(r"/centres/booking/[0-9a-f-]{36}", resident.get("/centres/mine").text)[0]
    assert resident.press(own, "/cancel").status_code == 303
    assert "STATUS:CANCELLED" in visitor.get(address).text


def test_a_desk_has_an_address_of_its_times_without_names(booked, place, clerk, visitor, sign_in):
    page = f"/console/centres/times/{place.computer}"
    assert clerk.press(page, "/calendar").status_code == 303
    answer = visitor.get(feed_of(clerk.get(page)))
    assert times_in(answer) == 2
    assert not [word for word in (NAME, "Друг", PHONE) if word in answer.text]
    neighbour = sign_in(NEIGHBOUR, Role.ADMIN)
    sent = {"expected_version": "0"}
    assert neighbour.post(f"{page}/calendar", sent).status_code in (403, 404)
    assert visitor.post("/centres/mine/calendar", sent).status_code in (302, 303, 401, 403)


def test_who_is_erased_has_no_calendar_any_more(resident, booked, visitor, uow_in):
    resident.press("/centres/mine", "/mine/calendar")
    address = feed_of(resident.get("/centres/mine"))
    with uow_in(VILLAGE) as uow:
        assert export(uow, resident.person_id)["calendar"] == [{"has_address": True}]
        erase(uow, resident.person_id)
        uow.commit()
        assert uow.session.scalars(select(CalendarAddress)).all() == []
    assert visitor.get(address).status_code == 404
