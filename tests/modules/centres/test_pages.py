"""Pages of centres: booked without an account, moved and given back by a press, kept by staff."""

import re
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import update
from support.calendars import strict_events

from obshto.modules.centres.services.kinds import COMPUTER, PART
from obshto.platform.bookings.models import Booking
from obshto.platform.bookings.reminders import remind
from obshto.platform.bookings.resources import ResourceEntry, change_resource, resource_of
from obshto.platform.clock import SOFIA
from obshto.platform.notify.services import write_letters
from obshto.platform.permissions import Role
from obshto.platform.purposes.guard import UNRECORDED

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
NAME = "Проба Пробова"


# -- citizens -----------------------------------------------------------------------------------


def test_a_citizen_finds_a_centre_and_books_moves_and_cancels_without_an_account(
    visitor, place, path_of, version_of
):
    assert "Дигитален център" in visitor.get("/centres/").text
    assert f"/centres/times/{place.computer}" in visitor.get(f"/centres/{place.centre}").text
    first, second = visitor.times(place.computer)[:2]
    own = path_of(visitor.book(place.computer, first))
    page = visitor.get(own).text
    assert "Запишете си кода" in page and "Запазен" in page
    assert first not in visitor.times(place.computer)
    moved = visitor.post(f"{own}/move", {"at": second, "expected_version": version_of(page)})
    assert path_of(moved) == own
    assert first in visitor.times(place.computer) and second not in visitor.times(place.computer)
    version = version_of(visitor.get(own).text)
    assert path_of(visitor.post(f"{own}/cancel", {"expected_version": version})) == own
    assert "Отменен" in visitor.get(own).text
    assert second in visitor.times(place.computer)


def test_a_code_leads_to_the_booking_and_a_wrong_one_says_so(visitor, place, path_of):
    own = path_of(visitor.book(place.computer, visitor.times(place.computer)[0]))
    typed = {"code": own.rpartition("/")[2], "request_id": uuid4()}
    assert path_of(visitor.post("/centres/booking", typed)) == own
    wrong = visitor.post("/centres/booking", {**typed, "code": "1" * 20})
    assert wrong.status_code == 422 and "Няма такъв запазен час" in wrong.text
    short = visitor.post("/centres/booking", {**typed, "code": "12 34"})
    assert short.status_code == 422 and "12 34" in short.text


def test_nobodys_phone_no_reach_and_no_name_are_told_and_what_was_typed_stays(visitor, place):
    at = visitor.times(place.computer)[0]
    for changed, told in (
        ({"phone": "0999 99"}, "Такъв телефон няма"),
        ({"phone": "", "email": ""}, "Напишете телефон или имейл"),
        ({"name": ""}, "Напишете името си"),
        ({"phone": "", "email": "а@б"}, "ime@primer.bg"),
    ):
        answer = visitor.book(place.computer, at, wish="Голям екран", **changed)
        assert answer.status_code == 422 and told in answer.text and "Голям екран" in answer.text


def test_yesterday_and_closed_hours_are_refused(visitor, place):
    yesterday = datetime.now(SOFIA) - timedelta(days=1)
    for at, told in (
        (f"{yesterday:%Y%m%d}T0800Z", "вече мина"),
        (f"{datetime.now(SOFIA) + timedelta(days=2):%Y%m%d}T0107Z", "По това време не работим"),
    ):
        answer = visitor.book(place.computer, at)
        assert answer.status_code == 422 and told in answer.text
        assert visitor.get(f"/centres/book/{place.computer}?at={at}").status_code == 422
    page = visitor.get(f"/centres/book/{place.computer}?at=утре")  # no time: here they are
    assert page.status_code == 200 and "?at=2" in page.text


def test_a_second_one_is_told_and_waits_and_is_offered_the_seat(
    visitor, place, path_of, version_of
):
    at = visitor.times(place.computer)[8]
    own = path_of(visitor.book(place.computer, at))
    late = visitor.book(place.computer, at, phone="0888 765 432")
    assert (
        late.status_code == 422 and "зае този час преди Вас" in late.text and "wait=1" in late.text
    )
    line = path_of(visitor.book(place.computer, at, wait=True, phone="0888 765 432"))
    assert "Чака място" in visitor.get(line).text
    visitor.post(f"{own}/cancel", {"expected_version": version_of(visitor.get(own).text)})
    offered = visitor.get(line).text
    assert "Освободи се място за Вас" in offered
    typed = {"expected_version": version_of(offered)}
    assert path_of(visitor.post(f"{line}/accept", typed)) == line
    assert "Освободи се място" not in visitor.get(line).text


def test_the_form_sent_twice_is_one_booking(visitor, place, path_of):
    at, request_id = visitor.times(place.computer)[0], uuid4()
    one, two = (path_of(visitor.book(place.computer, at, request_id=request_id)) for _ in range(2))
    assert one == two


def test_office_hours_are_announced_and_booked_by_phone_with_a_number(visitor, place, path_of):
    page = visitor.get("/centres/reception").text
    assert "Кмет на общината" in page and "Дигитален център<" not in page
    at = visitor.times(place.reception)[0]
    answer = visitor.book(place.reception, at, manner="phone", phone="", email="a@villages.example")
    assert answer.status_code == 422 and "Напишете телефон" in answer.text
    own = path_of(visitor.book(place.reception, at, manner="phone"))
    assert "Обадете ми се в този час" in visitor.get(own).text


def test_one_with_an_account_finds_it_in_the_profile_and_nobody_else_does(
    visitor, place, sign_in, path_of
):
    me, other = sign_in(VILLAGE), sign_in(VILLAGE)
    at = visitor.times(place.computer)[0]
    typed = {"name": NAME, "slots": "1", "request_id": uuid4()}
    own = path_of(me.post(f"/centres/book/{place.computer}?at={at}", typed))
    assert own in me.get("/centres/mine").text
    assert other.get(own).status_code == 404
    assert visitor.get(own).status_code in (302, 303)


def test_a_booking_is_a_file_for_a_calendar(visitor, place, path_of):
    own = path_of(visitor.book(place.computer, visitor.times(place.computer)[0]))
    answer = visitor.get(f"{own}/calendar.ics")
    assert answer.content_type.startswith("text/calendar")
    assert "SUMMARY:Компютър" in answer.text and NAME not in answer.text
    assert len(strict_events(answer.data)) == 1


def test_without_buses_no_line_about_them_is_there(visitor, place):
    assert "автобус" not in visitor.get(f"/centres/times/{place.computer}").text
    assert "автобус" not in visitor.get(f"/centres/{place.centre}").text


# -- staff --------------------------------------------------------------------------------------


def test_a_clerk_books_for_somebody_on_the_phone_and_reads_out_the_code(
    visitor, clerk, place, path_of
):
    page = clerk.get(f"/console/centres/times/{place.computer}").text
    at = re.search(r"at=(\d{8}T\d{4}Z)", page)[1]
    typed = {"name": NAME, "phone": "0938 12 345", "channel": "phone", "slots": "1"}
    answer = clerk.post(
        f"/console/centres/book/{place.computer}?at={at}", {**typed, "request_id": uuid4()}
    )
    slip = clerk.get(path_of(answer)).text
    code = re.sub(r"\s", "", re.search(r"(?:\d{4}\s){4}\d{4}", slip)[0])
    assert "Компютър" in visitor.get(f"/centres/booking/{code}").text


def test_a_clerk_is_asked_for_the_persons_name_not_for_ones_own(visitor, clerk, place):
    path = f"/console/centres/book/{place.computer}?at={visitor.times(place.computer)[0]}"
    answer = clerk.post(path, {"name": "", "phone": "0938 12 345", "request_id": uuid4()})
    assert answer.status_code == 422 and "0938 12 345" in answer.text
    assert "Напишете името на човека" in answer.text and "името си" not in answer.text


def test_names_of_a_day_are_opened_for_a_purpose_that_each_person_reads(
    visitor, clerk, place, path_of
):
    at = visitor.times(place.computer)[0]
    own = path_of(visitor.book(place.computer, at))
    day = datetime.strptime(at, "%Y%m%dT%H%MZ").date().isoformat()
    plan = f"/console/centres/{place.centre}/day?day={day}"
    page = clerk.get(plan).text
    assert NAME not in page
    assert f"/console/centres/times/{place.computer}?day={day}" in page
    assert "Не дойде" not in page  # nobody has failed to come before it begins
    nothing = clerk.post(plan, {"request_id": uuid4()})
    assert nothing.status_code == 422
    assert clerk.post(plan, {"purpose": "welcome", "request_id": uuid4()}).status_code == 303
    assert NAME in clerk.get(plan).text
    assert "Посреща хората за деня" in visitor.get(own).text
    other = clerk.get(f"/console/centres/bookings/{_id(clerk)}").text
    assert NAME in other  # one sitting


def test_no_page_of_staff_decrypts_a_booker_before_a_purpose_is_said(
    visitor, clerk, keeper, place, app, monkeypatch
):
    met = {}
    monkeypatch.setitem(app.extensions, UNRECORDED, met.__setitem__)
    at = visitor.times(place.computer)[0]
    visitor.book(place.computer, at)
    day = datetime.strptime(at, "%Y%m%dT%H%MZ").date().isoformat()
    one = f"bookings/{_id(clerk)}"
    plan = f"{place.centre}/day?day={day}"
    for path in (plan, "bookings", one, f"{one}/move", "calls"):
        assert NAME not in clerk.get(f"/console/centres/{path}").text
    assert clerk.post(f"/console/centres/{plan}", {"request_id": uuid4()}).status_code == 422
    assert keeper.get(f"/console/centres/{place.centre}").status_code == 200
    assert met == {}
    said = {"purpose": "welcome", "request_id": uuid4()}
    assert clerk.post(f"/console/centres/{plan}", said).status_code == 303
    assert NAME in clerk.get(f"/console/centres/{plan}").text
    assert NAME in clerk.get(f"/console/centres/{one}").text
    assert met == {}


def test_bookings_are_found_by_a_whole_phone_and_without_it_no_name_shows(visitor, clerk, place):
    visitor.book(place.computer, visitor.times(place.computer)[0])
    page = clerk.get("/console/centres/bookings?words=0888+123+456").text
    assert page.count("/console/centres/bookings/") == 1 and NAME not in page
    assert "Няма такива" in clerk.get("/console/centres/bookings?words=0888+123+457").text


def test_two_clerks_move_one_booking_and_the_second_is_told(visitor, clerk, place, version_of):
    first, second, third = visitor.times(place.computer)[:3]
    visitor.book(place.computer, first)
    path = f"/console/centres/bookings/{_id(clerk)}/move"
    version = version_of(clerk.get(path).text)
    assert clerk.post(path, {"at": second, "expected_version": version}).status_code == 303
    late = clerk.post(path, {"at": third, "expected_version": version})
    assert late.status_code == 422 and "Друг промени този запазен час" in late.text
    assert third in visitor.times(place.computer)


def test_who_left_only_a_phone_is_on_the_list_of_calls_until_called(
    visitor, clerk, place, uow_in, sign_in
):
    soon, next_one = visitor.times(place.computer)[:2]
    visitor.book(place.computer, soon)
    visitor.book(place.computer, next_one, email="a@villages.example")
    with uow_in(VILLAGE) as uow:
        uow.session.execute(update(Booking).values(made_at=uow.now - timedelta(days=1)))
        remind(uow)
        for fact in list(uow.facts):
            write_letters(uow, fact=fact.name, payload=fact.payload(), cause=str(uuid4()))
        uow.commit()
    calls = "/console/centres/calls"
    page = clerk.get(calls).text
    assert page.count("/look") == 1 and NAME not in page
    assert calls in clerk.get("/console/").text
    assert clerk.press(calls, to="/look").status_code == 303
    assert NAME in clerk.get(calls).text
    path = re.search(rf"{calls}/[0-9a-f-]{{36}}", page)[0]
    stranger = sign_in(NEIGHBOUR, Role.REGISTRY_CLERK)
    for act in ("look", "ended"):
        assert stranger.post(f"{path}/{act}", {"result": "reached"}).status_code == 404
    assert clerk.press(calls, to="/ended", result="reached").status_code == 303
    assert "няма на кого да се обадите" in clerk.get(calls).text
    assert "Проба Служител" in clerk.get(f"/console/centres/bookings/{_id(clerk)}").text


def test_a_keeper_writes_a_centre_with_hours_and_what_is_booked_in_it(
    visitor, keeper, path_of, version_of
):
    typed = {"name": "Нов център", "address": "ул. Първа 1", "phone": "0938 12 345"}
    typed |= {"monday": "9-1x", "request_id": uuid4()}
    wrong = keeper.post("/console/centres/new?kind=centre", typed)
    assert wrong.status_code == 422 and "не е ясно" in wrong.text and "ул. Първа 1" in wrong.text
    every = {day: "8-17" for day in ("monday", "tuesday", "wednesday", "thursday", "friday")}
    edit = path_of(keeper.post("/console/centres/new?kind=centre", {**typed, **every}))
    thing = {"kind": "computer", "name": "Компютър", "capacity": "3", "slot_minutes": "60"}
    thing |= {"most_slots": "2", "ahead_days": "14", "request_id": uuid4()}
    assert keeper.post(f"{edit}/resources/new", thing).status_code == 303
    public = edit.replace("/console", "")
    assert visitor.get(public).status_code == 404
    version = re.findall(r'name="expected_version" value="(\d+)"', keeper.get(edit).text)[-1]
    assert keeper.post(f"{edit}/publish", {"expected_version": version}).status_code == 303
    assert "Компютър" in visitor.get(public).text


def test_an_exception_that_swallows_a_booking_is_shown_and_people_are_told(
    visitor, keeper, place, path_of
):
    at = visitor.times(place.computer)[0]
    own = path_of(visitor.book(place.computer, at))
    edit = f"/console/centres/{place.centre}"
    page = keeper.get(edit).text
    assert "извън работното време" not in page
    day = datetime.strptime(at, "%Y%m%dT%H%MZ")
    week = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    typed = {"name": "Дигитален център", "address": "пл. Свобода 1", "phone": "0938 12 345"}
    typed |= {name: "8-17" for name in week} | {"holidays": "както обикновено"}
    typed |= {"changes": f"{day:%d.%m.%Y}: затворено", "request_id": uuid4()}
    version = re.findall(r'id="expected_version"[^>]*value="(\d+)"', page)
    version = version or re.findall(r'name="expected_version"[^>]*value="(\d+)"', page)
    assert keeper.post(edit, {**typed, "expected_version": version[0]}).status_code == 303
    assert "извън работното време" in keeper.get(edit).text
    assert at not in visitor.times(place.computer)
    version = re.findall(r'name="expected_version" value="(\d+)"', keeper.get(edit).text)[0]
    told = keeper.post(f"{edit}/cancel-swallowed", {"expected_version": version})
    assert told.status_code == 303
    assert "Отменен" in visitor.get(own).text


def test_staff_without_the_permission_and_citizens_stay_outside(visitor, sign_in, place, clerk):
    visitor.book(place.computer, visitor.times(place.computer)[0])
    booking = _id(clerk)
    finance, mayor = sign_in(VILLAGE, Role.FINANCE_OFFICER), sign_in(VILLAGE, Role.MAYOR)
    editor, citizen = sign_in(VILLAGE, Role.EDITOR), sign_in(VILLAGE)
    for who in (finance, mayor, editor, citizen):
        for path in (f"bookings/{booking}", f"{place.centre}/day", f"{place.centre}/board"):
            assert who.get(f"/console/centres/{path}").status_code == 403
        cancel = who.post(f"/console/centres/bookings/{booking}/cancel", {"expected_version": "1"})
        assert cancel.status_code == 403
    assert finance.get("/console/centres/").status_code == 403
    assert mayor.get("/console/centres/use").status_code == 200
    assert clerk.get(f"/console/centres/{place.centre}").status_code == 403


def test_a_neighbour_opens_nothing_of_it(visitor, place, sign_in, path_of, clerk):
    at = visitor.times(place.computer)[0]
    own = path_of(visitor.book(place.computer, at))
    for path in (
        own,
        f"/centres/{place.centre}",
        f"/centres/times/{place.computer}",
        f"/centres/book/{place.computer}?at={at}",
    ):
        assert visitor.get(path, village=NEIGHBOUR).status_code == 404
    other = sign_in(NEIGHBOUR, Role.REGISTRY_CLERK, Role.EDITOR)
    for path in (
        f"bookings/{_id(clerk)}",
        f"{place.centre}",
        f"{place.centre}/day",
        f"{place.centre}/board",
        f"times/{place.computer}",
        f"resources/{place.computer}",
        f"times/{place.computer}/calendar.ics",
    ):
        assert other.get(f"/console/centres/{path}").status_code == 404
    assert "/console/centres/bookings/" not in other.get("/console/centres/bookings").text


def test_more_bookings_cost_no_more_statements(visitor, clerk, uow_in, place, statements_of):
    with uow_in(VILLAGE) as uow:
        computer = resource_of(uow, PART, place.computer)
        entry = ResourceEntry(kind=COMPUTER, name="Компютър", capacity=50)
        change_resource(uow, computer, entry, expected_version=computer.version)
        uow.commit()
    at = visitor.times(place.computer)[0]
    day = datetime.strptime(at, "%Y%m%dT%H%MZ").date().isoformat()
    paths = ("bookings", "calls", "use", f"{place.centre}/day?day={day}", f"{place.centre}/board")

    def asked():
        pages = [f"/console/centres/{path}" for path in paths]
        return {page: len(statements_of(lambda: clerk.get(page))) for page in pages}  # noqa: B023

    visitor.book(place.computer, at)
    few = asked()
    for number in range(6):
        visitor.book(place.computer, at, phone=f"088812340{number}")
    assert asked() == few and max(few.values()) <= 12


def _id(clerk):
    page = clerk.get("/console/centres/bookings").text
    return re.search(r"/console/centres/bookings/([0-9a-f-]{36})", page)[1]
