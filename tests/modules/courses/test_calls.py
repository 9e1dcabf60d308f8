"""Calls about courses: who left only a landline hears of each change from a person, once."""

import re
from dataclasses import replace
from uuid import uuid4

import pytest

from obshto.modules.courses.permissions import CoursesPermission
from obshto.modules.courses.services.enrolments import Participant, enrol
from obshto.modules.courses.services.groups import (
    GroupEntry,
    cancel_group,
    cancel_lesson,
    change_group,
    lessons,
)
from obshto.modules.courses.services.queries import course_of, group_of
from obshto.modules.courses.services.substitutes import candidates, choose_substitute
from obshto.platform.bookings.calls import BookingCallDesk
from obshto.platform.bookings.services import Booker, cancel
from obshto.platform.notify.services import write_letters
from obshto.platform.permissions import Role
from obshto.platform.purposes.guard import UNRECORDED

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
HOME, NAME = "/console/courses", "Проба Пробова"
LANDLINE = "+35993812345"
EVERY_CALL = BookingCallDesk(part="courses", permission=CoursesPermission.TEACH)


def enrolled_in(uow, group, phone=LANDLINE, *, waits=False, **reach):
    who = Booker(name=f"Проба {uuid4().hex[:4]}", phone=phone, **reach)
    made = enrol(uow, group, who, Participant(), request_id=uuid4(), waits=waits)
    uow.session.flush()
    return made


def tell(uow):
    facts = list(uow.facts)
    uow.facts.clear()
    for fact in facts:
        write_letters(uow, fact=fact.name, payload=fact.payload(), cause=str(uuid4()))


def said(uow):
    tell(uow)
    return sorted(call.words for call in uow.session.scalars(EVERY_CALL.owed(uow)))


def entry_of(group, **changed):
    names = ("name", "ekatte", "settlement", "address", "phone", "least", "seats", "programme")
    told = {name: getattr(group, name) for name in (*names, "teacher_id", "teacher")}
    return GroupEntry(**{**told, **changed})


def test_a_seat_that_came_free_is_told_by_phone(uow, course, group):
    made = group(uow, course(uow), seats=1)
    first = enrolled_in(uow, made, "+359888123451")
    enrolled_in(uow, made, waits=True)
    cancel(uow, first, "courses", expected_version=first.version)
    [words] = said(uow)
    assert words.startswith("Свободно е")


def test_a_lesson_off_is_told_until_it_would_have_begun(uow, course, group):
    made = group(uow, course(uow))
    enrolled_in(uow, made)
    enrolled_in(uow, made, "", email="p@villages.example")
    second = lessons(uow, made)[1]
    cancel_lesson(uow, made, second, None, expected_version=made.version)
    [words] = said(uow)
    assert words.startswith("Няма занятие")
    assert said(replace(uow, now=second.starts_at)) == []


def test_a_group_off_and_who_waited_for_it(uow, course, group):
    made = group(uow, taught := course(uow), seats=1)
    enrolled_in(uow, made)
    enrolled_in(uow, made, waits=True)
    cancel_group(uow, taught, made, expected_version=made.version)
    assert [words.partition(":")[0] for words in said(uow)] == ["Отменено записване за курс"] * 2


def test_another_place_another_teacher_and_nothing_of_more_seats(uow, place, other):
    taught, made = course_of(uow, place.course), group_of(uow, place.group)
    enrolled_in(uow, made)
    seats = entry_of(made, seats=9, least=3)
    change_group(uow, taught, made, seats, expected_version=made.version)
    uow.session.flush()
    assert said(uow) == []
    told = {"address": "Училището", "teacher_id": other.person_id, "teacher": "Втора Учителка"}
    change_group(uow, taught, made, entry_of(made, **told), expected_version=made.version)
    uow.session.flush()
    [words] = said(uow)
    assert "на друго място: Училището" in words and "Втора Учителка" in words
    first = lessons(uow, made)[0]
    former = candidates(uow, made)
    choose_substitute(uow, made, first, next(iter(former)), expected_version=first.version)
    assert any(words.startswith("Занятието на") for words in said(uow))


@pytest.fixture
def other(sign_in, switched_on):
    return sign_in(VILLAGE, Role.EDITOR, name="Втора Учителка")


@pytest.fixture
def listed(place, uow_in, teacher):
    """A group of the teacher with one landline in it is off: one call is owed."""
    with uow_in(VILLAGE) as uow:
        made = group_of(uow, place.group)
        who = Booker(name=NAME, phone=LANDLINE)
        enrol(uow, made, who, Participant(), request_id=uuid4())
        uow.session.flush()
        cancel_group(uow, course_of(uow, place.course), made, expected_version=made.version)
        tell(uow)
        uow.commit()
    return re.search(rf"{HOME}/calls/[0-9a-f-]{{36}}", teacher.get(f"{HOME}/calls").text)[0]


def test_a_teacher_opens_the_number_for_the_call_and_says_how_it_went(
    teacher, clerk, listed, app, monkeypatch
):
    met = []
    monkeypatch.setitem(app.extensions, UNRECORDED, lambda *seen: met.append(seen))
    assert f"{HOME}/calls" in teacher.get("/console/").text
    assert NAME not in teacher.get(f"{HOME}/calls").text
    assert teacher.press(f"{HOME}/calls", to=f"{listed}/look").status_code == 303
    page = teacher.get(f"{HOME}/calls").text
    assert NAME in page and "tel:" in page and met == []
    own = re.search(rf"{HOME}/enrolments/[0-9a-f-]+", page)[0]
    assert "Свързва се с човека за часа му" in teacher.get(own).text  # so does the person
    for result in ("", "lost"):
        assert teacher.post(f"{listed}/ended", {"result": result}).status_code == 422
    pressed = teacher.press(f"{HOME}/calls", to=f"{listed}/ended", result="reached")
    assert pressed.status_code == 303
    late = clerk.post(f"{listed}/ended", {"result": "unreached", "expected_version": "1"})
    assert late.status_code == 409
    assert clerk.post(f"{listed}/look", {"expected_version": "1"}).status_code == 409
    assert "няма на кого да се обадите" in teacher.get(f"{HOME}/calls").text
    ended = teacher.get(f"{HOME}/calls?list=ended").text
    assert "Учителка Примерова" in ended and "Казано" in ended
    assert "Учителка Примерова" in teacher.get(own).text
    back = teacher.press(f"{HOME}/calls?list=ended", to=f"{listed}/ended", result="again")
    assert back.status_code == 303 and listed in teacher.get(f"{HOME}/calls").text


def test_another_teacher_a_mayor_and_a_neighbour_have_no_such_call(listed, clerk, other, sign_in):
    assert listed in clerk.get(f"{HOME}/calls").text
    assert listed not in other.get(f"{HOME}/calls").text
    stranger = sign_in(NEIGHBOUR, Role.SECRETARY, Role.EDITOR)
    assert listed not in stranger.get(f"{HOME}/calls").text
    told = {"result": "reached", "expected_version": "1"}
    for who in (other, stranger):
        assert who.post(f"{listed}/look").status_code == 404
        assert who.post(f"{listed}/ended", told).status_code == 404
    mayor = sign_in(VILLAGE, Role.MAYOR)
    assert mayor.get(f"{HOME}/calls").status_code == 403
    assert mayor.post(f"{listed}/look").status_code == 403
    assert clerk.get(f"{HOME}/calls?list=nothing").status_code == 404


def test_more_calls_cost_no_more_statements(uow_in, place, clerk, listed, statements_of, group):
    few = len(statements_of(lambda: clerk.get(f"{HOME}/calls")))
    with uow_in(VILLAGE) as uow:
        made = group(uow, course_of(uow, place.course), seats=9, days=5)
        for number in range(4):
            enrolled_in(uow, made, f"+3599381234{number}")
        lesson = lessons(uow, made)[1]
        cancel_lesson(uow, made, lesson, None, expected_version=made.version)
        tell(uow)
        uow.commit()
    assert clerk.get(f"{HOME}/calls").text.count("/look") == 5
    assert len(statements_of(lambda: clerk.get(f"{HOME}/calls"))) == few <= 12
