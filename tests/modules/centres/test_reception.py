"""Office hours as who receives people keeps them: who comes, what was agreed, for how long."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from obshto.platform.bookings.models import Booking, Slot
from obshto.platform.bookings.privacy import erase, export
from obshto.platform.bookings.retention import empty_old
from obshto.platform.permissions import Role

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
WISH, WORDS = "За моста при мелницата", "Кметът праща майстор до 20 януари."
LINES = "Майсторът идва до 20 януари.\nПосле се обаждаме."


@pytest.fixture
def mayor(sign_in, switched_on):
    return sign_in(VILLAGE, Role.MAYOR, name="Проба Кметова")


@pytest.fixture
def own(visitor, place, path_of):
    """The path of an hour with the mayor, booked by a code."""
    at = visitor.times(place.reception)[0]
    return path_of(visitor.book(place.reception, at, manner="in-person", wish=WISH))


@pytest.fixture
def hour(own, uow_in):
    """The page of that hour for who receives people."""
    with uow_in(VILLAGE) as uow:
        return f"/console/centres/received/{uow.session.scalars(select(Booking.id)).one()}"


@pytest.fixture
def begun(uow_in):
    """begun(ago): the hour began so long ago."""

    def begin(ago=timedelta(minutes=1)):
        with uow_in(VILLAGE) as uow:
            slot = uow.session.scalars(select(Slot)).one()
            slot.starts_at, slot.ends_at = uow.now - ago, uow.now - ago + timedelta(minutes=15)
            uow.commit()

    return begin


def agree(person, hour, words=WORDS, version=None):
    version = version or re.search(
        r'name="expected_version"[^>]*value="(\d+)"', person.get(hour).text
    )
    sent = version if isinstance(version, str) else version[1]
    return person.post(hour, {"agreed": words, "expected_version": sent})


def open_name(person, hour):
    asked = {"purpose": "receive"}
    assert person.press(hour, to="/look", **asked).status_code == 303


def test_who_receives_sees_hours_without_names_and_who_comes_once_it_is_said_why(mayor, own, hour):
    assert hour in mayor.get("/console/centres/received").text
    assert WISH not in mayor.get(hour).text
    assert mayor.press(hour, to="/look").status_code == 422
    open_name(mayor, hour)
    page = mayor.get(hour).text
    assert WISH in page and "Проба Пробова" in page
    assert 'name="agreed"' not in page  # it has not begun


def test_what_was_agreed_is_read_on_the_page_of_the_hour(mayor, own, hour, begun, visitor):
    begun()
    assert agree(mayor, hour, words=" ").status_code == 422
    assert agree(mayor, hour).status_code == 303
    page = visitor.get(own).text.replace("\xa0", " ")
    assert WORDS in page and "Проба Кметова" in page
    assert "записано" in mayor.get("/console/centres/received").text
    assert WORDS not in mayor.get(hour).text  # as the name: for a purpose alone
    open_name(mayor, hour)
    assert WORDS in mayor.get(hour).text
    assert "Приема човека и записва какво се уговори" in visitor.get(own).text


def test_each_line_of_it_stays_a_line(mayor, own, hour, begun, visitor):
    begun()
    assert agree(mayor, hour, LINES).status_code == 303
    page = visitor.get(own).text.replace("\xa0", " ")
    assert all(f'<p lang="bg">{line}</p>' in page for line in LINES.splitlines())


def test_two_who_write_at_once_lose_nothing(mayor, sign_in, hour, begun):
    begun()
    open_name(mayor, hour)
    seen = re.search(r'name="expected_version"[^>]*value="(\d+)"', mayor.get(hour).text)[1]
    secretary = sign_in(VILLAGE, Role.SECRETARY)
    assert agree(secretary, hour, "Секретарят ще се обади.").status_code == 303
    late = agree(mayor, hour, version=seen)
    assert late.status_code == 422
    assert WORDS in late.text and "Секретарят ще се обади." in late.text


def test_who_was_late_and_opened_no_name_is_asked_why_and_sees_both(mayor, sign_in, hour, begun):
    begun()
    seen = re.search(r'name="expected_version"[^>]*value="(\d+)"', mayor.get(hour).text)[1]
    assert agree(sign_in(VILLAGE, Role.SECRETARY), hour, "Ще се обади.").status_code == 303
    late = agree(mayor, hour, version=seen)
    assert late.status_code == 422 and "Ще се обади." not in late.text
    [asked] = [it for to, it in mayor.forms_in(late.text, hour) if "agreed" in it]
    assert asked["agreed"].strip() == WORDS and "purpose" in late.text
    assert WORDS in mayor.post(f"{hour}/look", asked).text  # no purpose was chosen
    both = mayor.post(f"{hour}/look", asked | {"purpose": "receive"})
    assert both.status_code == 200 and WORDS in both.text and "Ще се обади." in both.text
    [(_, form)] = [one for one in mayor.forms_in(both.text, hour) if "agreed" in one[1]]
    assert mayor.post(hour, form).status_code == 303
    assert WORDS in mayor.get(hour).text


def test_it_is_not_written_before_the_hour_nor_of_what_is_no_office_hour(
    mayor, hour, visitor, place, path_of, uow_in
):
    early = agree(mayor, hour, version="1")
    assert early.status_code == 422 and "още не е започнал" in early.text
    path_of(visitor.book(place.computer, visitor.times(place.computer)[0]))
    with uow_in(VILLAGE) as uow:
        at_computer = Slot.resource_id == place.computer
        other = uow.session.scalars(select(Booking.id).join(Booking.slot).where(at_computer)).one()
    assert mayor.get(f"/console/centres/received/{other}").status_code == 404


def test_only_who_receives_people_opens_it_and_no_neighbour(hour, sign_in):
    for who in (sign_in(VILLAGE), sign_in(VILLAGE, Role.EDITOR)):
        assert who.get("/console/centres/received").status_code == 403
        assert who.get(hour).status_code == 403
        assert who.post(f"{hour}/look", {"purpose": "receive"}).status_code == 403
    neighbour = sign_in(NEIGHBOUR, Role.MAYOR)
    assert neighbour.get(hour).status_code == 404
    assert neighbour.post(hour, {"agreed": WORDS, "expected_version": "1"}).status_code == 404
    assert neighbour.post(f"{hour}/look", {"purpose": "receive"}).status_code == 404


def test_it_is_in_the_copy_of_ones_data_and_goes_with_its_person_or_after_ninety_days(
    mayor, sign_in, place, visitor, uow_in, begun
):
    citizen = sign_in(VILLAGE)
    at = visitor.times(place.reception)[0]
    path = f"/centres/book/{place.reception}?at={at}"
    told = {"name": "Проба Пробова", "phone": "0888 123 456", "manner": "in-person"}
    assert citizen.press(path, to="", **told).status_code == 303
    with uow_in(VILLAGE) as uow:
        hour = f"/console/centres/received/{uow.session.scalars(select(Booking.id)).one()}"
    begun()
    assert agree(mayor, hour).status_code == 303
    with uow_in(VILLAGE) as uow:
        [row] = export(uow, citizen.person_id)["bookings"]
        assert row["agreed"] == WORDS
    with uow_in(VILLAGE) as uow:  # taken back: it leaves again below, by its age
        erase(uow, mayor.person_id)
        booking = uow.session.scalars(
            select(Booking).execution_options(populate_existing=True)
        ).one()
        assert (booking.agreement, booking.agreement_by, booking.agreement_by_id) == (
            WORDS,
            "",
            None,
        )
        erase(uow, citizen.person_id)
        assert booking.agreement is None and booking.agreement_at is None
        uow.session.rollback()
    begun(timedelta(days=91))
    with uow_in(VILLAGE) as uow:
        empty_old(uow)
        uow.session.flush()
        booking = uow.session.scalars(select(Booking)).one()
        assert (
            booking.agreement is None and booking.agreement_at is None and not booking.agreement_by
        )
