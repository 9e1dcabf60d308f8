"""Rota: nobody at two places, holidays left out, substitutes, phones behind a recorded look."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from obshto.modules.centres.errors import ClosedThen, NotOnRota, ShiftIsPast, ShiftsOverlap
from obshto.modules.centres.notifications import asked, colleagues, given, on_duty
from obshto.modules.centres.privacy import erase, export
from obshto.modules.centres.services.rota import (
    WEEK,
    ShiftEntry,
    add_shift,
    copy_week,
    monday_of,
    week_shifts,
)
from obshto.modules.centres.services.volunteers import end_volunteer, write_volunteer
from obshto.modules.centres.services.yearly import year_of
from obshto.platform.clock import SOFIA, day_of, now
from obshto.platform.opening_hours.hours import Hours, Span
from obshto.platform.opening_hours.hours_text import changes_of, spans_of
from obshto.platform.permissions import Role
from obshto.platform.web.language import speaking

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
MORNING, NOON = Span(510, 720), Span(660, 900)


def _next_monday(uow):
    return monday_of(day_of(uow.now)) + WEEK


def _shift(uow, centre, who, day, span=MORNING):
    return add_shift(uow, centre, ShiftEntry(day=day, span=span, who=who), request_id=uuid4())


@pytest.fixture
def volunteer(uow):
    return write_volunteer(uow, "Проба Пробова", "0888 000 000", request_id=uuid4())


def test_nobody_is_on_duty_at_two_places_at_once(uow, written, volunteer):
    one, other = written(uow), written(uow, name="Друг център")
    day = _next_monday(uow)
    _shift(uow, one, volunteer.id, day)
    with pytest.raises(ShiftsOverlap, match=r"Проба Пробова вече дежури тогава: от 8:30 до 12:00"):
        _shift(uow, other, volunteer.id, day, NOON)
    _shift(uow, other, volunteer.id, day, Span(720, 900))  # from the very end of the first


def test_days_that_are_past_closed_or_of_nobody_are_refused(uow, written, volunteer):
    day = _next_monday(uow)
    shut = Hours(week=(spans_of("8-17"),) * 6 + ((),))
    centre = written(uow, hours=shut)
    for who, when, refusal in (
        (volunteer.id, day_of(uow.now) - timedelta(days=1), ShiftIsPast),
        (volunteer.id, day + timedelta(days=6), ClosedThen),
        (uuid4(), day, NotOnRota),
    ):
        with pytest.raises(refusal):
            _shift(uow, centre, who, when)


def test_a_week_is_copied_once_without_closed_days_and_who_has_left(uow, written, volunteer):
    first = _next_monday(uow)
    closed = first + WEEK + timedelta(days=1)
    hours = Hours(
        week=(spans_of("8-17"),) * 7,
        holidays=None,
        changes=changes_of(f"{closed.day}.{closed.month}: затворено"),
    )
    centre = written(uow, hours=hours)
    gone = write_volunteer(uow, "Проба Пробов", "", request_id=uuid4())
    for ahead, who in ((0, volunteer), (1, volunteer), (2, gone), (3, volunteer)):
        _shift(uow, centre, who.id, first + timedelta(days=ahead))
    gone.left_at = uow.now
    told = copy_week(uow, centre, first, request_id=uuid4())
    assert (told.copied, told.closed, told.gone, told.busy) == (2, 1, 1, 0)
    again = copy_week(uow, centre, first, request_id=uuid4())
    assert (again.copied, again.busy) == (0, 2)
    days = week_shifts(uow, centre, first + WEEK)
    assert [len(of_day) for of_day in days.values()] == [1, 0, 0, 1, 0, 0, 0]


def test_the_wall_clock_counts_on_the_day_on_which_clocks_change(uow, written, volunteer):
    before = date(2027, 3, 21)  # a week before clocks are put on
    centre = written(uow)
    _shift(uow, centre, volunteer.id, before)
    copy_week(uow, centre, monday_of(before), request_id=uuid4())
    [copied] = week_shifts(uow, centre, date(2027, 3, 22))[date(2027, 3, 28)]
    assert f"{copied.starts_at.astimezone(SOFIA):%-H:%M}" == "8:30"
    assert copied.ends_at - copied.starts_at == timedelta(hours=3, minutes=30)


def test_whose_volunteer_leaves_is_called_off_and_the_phone_is_gone(uow, written, volunteer):
    centre, first = written(uow), _next_monday(uow)
    _shift(uow, centre, volunteer.id, first)
    end_volunteer(uow, volunteer, expected_version=volunteer.version)
    uow.session.flush()
    assert volunteer.phone is None
    assert not any(week_shifts(uow, centre, first).values())


@pytest.fixture
def desk(place, clerk, keeper, path_of, version_of):
    """The pages of the rota, as the keeper and the clerk press them."""

    class Desk:
        path = f"/console/centres/{place.centre}/rota"

        def week(self, day):
            return f"{self.path}?week={monday_of(day).isoformat()}"

        def give(self, who, day, hours="8:30-12", **changed):
            typed = {"who": who, "day": day.isoformat(), "hours": hours, "request_id": uuid4()}
            return keeper.post(self.week(day), {**typed, **changed})

        def press(self, person, page, act, **typed):
            path = person.get(page).text.partition(f'/{act}"')[0].rpartition('action="')[2]
            version = version_of(person.get(page).text.partition(f"{path}/{act}")[2])
            return person.post(f"{path}/{act}", {"expected_version": version, **typed})

    return Desk()


def test_a_shift_is_given_seen_by_its_person_and_taken_by_a_colleague(
    desk, clerk, keeper, sign_in, path_of
):
    day = day_of(now()) + timedelta(days=1)
    me = clerk.person_id
    wrong = desk.give(me, day, hours="утре")
    assert wrong.status_code == 422 and "утре" in wrong.text
    assert path_of(desk.give(me, day)) == desk.path
    assert "8:30" in clerk.get("/console/centres/duty").text
    twice = desk.give(me, day, hours="9-10")
    assert twice.status_code == 422 and "вече дежури тогава" in twice.text
    path_of(desk.press(clerk, "/console/centres/duty", "ask", asked="yes"))
    colleague = sign_in(VILLAGE, Role.SECRETARY, name="Проба Секретар")
    assert "дежури" in colleague.get("/console/centres/duty").text
    path_of(desk.press(colleague, "/console/centres/duty", "take"))
    page = keeper.get(desk.week(day)).text
    assert "Проба Секретар" in page and "търси заместник" not in page
    assert "8:30" not in clerk.get("/console/centres/duty").text
    assert "Проба Секретар" in keeper.get(f"{desk.path}/sheet?week={day.isoformat()}").text
    path_of(desk.press(keeper, desk.week(day), "cancel"))
    assert "Проба Секретар" not in keeper.get(f"{desk.path}/sheet?week={day.isoformat()}").text


def test_a_clerk_plans_nobody_and_a_mayor_only_looks(desk, clerk, sign_in, place, path_of):
    day = day_of(now()) + timedelta(days=1)
    typed = {"who": clerk.person_id, "day": day.isoformat(), "hours": "9-10"}
    answer = clerk.post(desk.week(day), {**typed, "request_id": uuid4()})
    assert answer.status_code == 403
    assert clerk.get("/console/centres/volunteers").status_code == 403
    mayor = sign_in(VILLAGE, Role.MAYOR)
    assert "Запишете дежурство" not in mayor.get(desk.path).text
    assert mayor.get("/console/centres/duty").status_code == 403
    assert sign_in(NEIGHBOUR, Role.EDITOR).get(desk.path).status_code == 404


def test_the_same_shift_sent_twice_is_one(desk, clerk, keeper, path_of):
    day, key = day_of(now()) + timedelta(days=1), uuid4()
    for _ in range(2):
        path_of(desk.give(clerk.person_id, day, request_id=key))
    assert keeper.get(desk.week(day)).text.count("Отменете дежурството") == 1


def test_a_volunteers_phone_is_opened_by_a_press_that_is_recorded(keeper, desk, owner, path_of):
    page = "/console/centres/volunteers"
    typed = {"name": "Проба Пробова", "phone": "0888 123 456", "request_id": uuid4()}
    path_of(keeper.post(page, typed))
    wrong = keeper.post(page, {**typed, "phone": "тел.", "request_id": uuid4()})
    assert wrong.status_code == 422 and "тел." in wrong.text
    shown = keeper.get(page).text.replace("\xa0", " ")
    assert "888 123" not in shown and "888123456" not in shown
    path = keeper.get(page).text.partition('/phone"')[0].rpartition('action="')[2]
    path_of(keeper.post(f"{path}/phone", {"request_id": uuid4()}))
    assert "0888" in keeper.get(page).text
    assert owner("select count(*) from t_gorno_selo.purposes_look")[0][0] == 1


def test_letters_go_to_whose_shift_it_is_and_not_to_who_did_it(uow, written, clerk, keeper):
    """The one who plans is not told; of a substitute hear the colleagues, not who asked."""
    centre, day = written(uow), _next_monday(uow)
    shift = _shift(uow, centre, clerk.person_id, day)
    fact = {"subject_id": str(shift.id)}
    shift.changed_by_id = keeper.person_id
    assert on_duty(uow, fact) == [clerk.person_id]
    subject, text = given(uow, fact)
    assert "от 8:30" in subject.replace("\xa0", " ") and "Дигитален център" in text
    with speaking("ro"):
        assert given(uow, fact)[0].startswith("Tură")
    shift.changed_by_id = clerk.person_id
    assert on_duty(uow, fact) == [] and clerk.person_id not in colleagues(uow, fact)
    assert asked(uow, fact) is None  # nobody is sought by now


def test_hours_stay_and_the_name_goes(uow, written, clerk):
    centre, day = written(uow), _next_monday(uow)
    shift = _shift(uow, centre, clerk.person_id, day)
    shift.starts_at, shift.ends_at, shift.day = (
        uow.now - timedelta(hours=2),
        uow.now - timedelta(hours=1),
        day_of(uow.now - timedelta(hours=2)),
    )
    uow.session.flush()
    assert export(uow, clerk.person_id)["shifts"][0]["centre"] == "Дигитален център"
    erase(uow, clerk.person_id)
    uow.session.flush()
    assert export(uow, clerk.person_id) == {"shifts": []}
    [(_, numbers)] = year_of(uow, shift.day.year)
    assert (numbers.staff_minutes, numbers.volunteer_minutes) == (60, 0)


def test_the_report_counts_guests_and_bookings_of_the_year(visitor, place, clerk, keeper):
    clerk.post(f"/console/centres/{place.centre}/board/add", {"request_id": uuid4()})
    page = keeper.get("/console/centres/report")
    assert page.status_code == 200 and "Гости без записване" in page.text
    rows = keeper.get("/console/centres/report.csv").text.splitlines()
    assert rows[1].startswith("Дигитален център;1;0;0;0")
    assert keeper.get("/console/centres/report?year=1999").status_code == 404
