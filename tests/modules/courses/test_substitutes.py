"""Another teacher for one lesson: chosen, told, let into the list of that lesson alone."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from obshto.modules.courses.errors import NoSuchLesson, NoSuchTeacher, StaleGroup
from obshto.modules.courses.models import CourseLesson
from obshto.modules.courses.notifications import (
    asked_to_stand_in,
    released,
    stand_in,
    substituted,
)
from obshto.modules.courses.privacy import erase, export
from obshto.modules.courses.services import substitutes
from obshto.modules.courses.services.groups import cancel_lesson, lessons
from obshto.modules.courses.services.queries import group_of
from obshto.platform.permissions import Role

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
HOME = "/console/courses"


@pytest.fixture
def other(sign_in, switched_on):
    """Somebody else who may teach, with no group of their own."""
    return sign_in(VILLAGE, Role.EDITOR, name="Втора Учителка")


def test_somebody_else_holds_one_lesson_and_all_are_told(uow, place, teacher, other):
    group = group_of(uow, place.group)
    first, second, *_rest = lessons(uow, group)
    me = other.person_id
    for _ in range(2):  # the same form, sent twice
        substitutes.choose_substitute(uow, group, first, me, expected_version=first.version)
    assert (first.substitute, second.substitute) == ("Втора Учителка", "")
    fact = {"subject_id": str(first.id), "person_id": str(me)}
    subject, _text = substituted(uow, fact)
    assert "Втора Учителка" in subject and stand_in(uow, fact) == [me]
    assert f"/lessons/{first.id}" in asked_to_stand_in(uow, fact)[1]
    with pytest.raises(StaleGroup):
        substitutes.choose_substitute(uow, group, first, None, expected_version=1)
    substitutes.choose_substitute(uow, group, first, None, expected_version=first.version)
    assert "Учителка Примерова" in substituted(uow, fact)[0]
    assert asked_to_stand_in(uow, fact) is None and "Вече не сте" in released(uow, fact)[0]


def test_who_may_not_teach_or_a_lesson_that_is_over_is_refused(uow, place, teacher, sign_in):
    group = group_of(uow, place.group)
    first = lessons(uow, group)[0]
    stranger = sign_in(VILLAGE, Role.FINANCE_OFFICER)
    for wrong in (stranger.person_id, teacher.person_id):
        with pytest.raises(NoSuchTeacher):
            substitutes.choose_substitute(uow, group, first, wrong, expected_version=first.version)
    cancel_lesson(uow, group, first, None, expected_version=group.version)
    with pytest.raises(NoSuchLesson):
        substitutes.choose_substitute(
            uow, group, first, stranger.person_id, expected_version=first.version
        )


def test_who_goes_stands_beside_no_lesson(uow, place, other):
    group = group_of(uow, place.group)
    first = lessons(uow, group)[0]
    substitutes.choose_substitute(
        uow, group, first, other.person_id, expected_version=first.version
    )
    uow.session.flush()
    assert len(export(uow, other.person_id)["lessons_as_substitute"]) == 1
    erase(uow, other.person_id)
    uow.session.refresh(first)
    assert (first.substitute_id, first.substitute) == (None, "")


def test_the_list_of_that_lesson_opens_and_nothing_else(
    place, teacher, other, visitor, path_of, uow_in, lessons_of, sign_in
):
    own = path_of(visitor.enrol(place.group))
    first, second = [one.id for one in lessons_of(place.group)[:2]]
    page = f"{HOME}/groups/{place.group}"
    lesson, next_one = f"{page}/lessons/{first}", f"{page}/lessons/{second}"
    assert other.get(lesson).status_code == 404
    assert f"{lesson}/substitute" in teacher.get(lesson).text
    chosen = teacher.press(f"{lesson}/substitute", substitute=str(other.person_id))
    assert chosen.status_code == 303
    assert "Втора Учителка" in teacher.get(page).text
    assert "Втора Учителка" in visitor.get(own).text
    listed = other.get(f"{HOME}/").text
    assert lesson in listed and next_one not in listed
    assert other.get(lesson).status_code == 200
    for closed in (page, next_one, f"{page}/note", f"{page}/materials"):
        assert other.get(closed).status_code == 404, closed
    begins(uow_in, first)
    assert "Проба Пробова" not in other.get(lesson).text
    assert other.post(f"{lesson}/look", {"purpose": "none"}).status_code == 422
    assert other.press(lesson, to="/look", purpose="welcome").status_code == 303
    assert "Проба Пробова" in other.get(lesson).text
    stranger = sign_in(NEIGHBOUR, Role.SECRETARY)
    for path in (lesson, f"{lesson}/substitute"):
        assert stranger.get(path).status_code == 404
        assert stranger.post(path, {}).status_code == 404
    assert stranger.post(f"{lesson}/look", {"purpose": "welcome"}).status_code == 404
    ends(uow_in, first)
    assert other.get(lesson).status_code == 404


def test_who_keeps_courses_chooses_and_another_teacher_does_not(place, other, sign_in, lessons_of):
    lesson = f"{HOME}/groups/{place.group}/lessons/{lessons_of(place.group)[0].id}"
    assert f"{lesson}/substitute" in other.get(f"{HOME}/groups/{place.group}/edit").text
    assert other.get(f"{lesson}/substitute").status_code == 200  # an editor keeps courses
    finance = sign_in(VILLAGE, Role.FINANCE_OFFICER)
    assert finance.get(f"{lesson}/substitute").status_code == 403


def begins(uow_in, lesson_id):
    moved(uow_in, lesson_id, timedelta(minutes=-5))


def ends(uow_in, lesson_id):
    moved(uow_in, lesson_id, -substitutes.LATER - timedelta(hours=3))


def moved(uow_in, lesson_id, by):
    with uow_in(VILLAGE) as uow:
        held = uow.session.scalars(select(CourseLesson).filter_by(id=lesson_id)).one()
        held.starts_at = uow.now + by
        held.ends_at = held.starts_at + timedelta(minutes=90)
        uow.commit()
