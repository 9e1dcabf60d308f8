"""A course of another municipality as a draft of one's own: by the region's register alone."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from obshto.modules.courses.models import Course, Group
from obshto.modules.courses.services.courses import publish_course
from obshto.modules.courses.services.neighbour_courses import is_readable, pattern_of
from obshto.modules.courses.services.queries import course_of
from obshto.platform.permissions import Role
from obshto.platform.search.services import index

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
LIST = "/console/courses/others"


def tell(uow_in, course_id):
    with uow_in(NEIGHBOUR) as uow:
        index(uow, part="courses", object_id=str(course_id))


@pytest.fixture
def theirs(uow_in, switched_on, course, group):
    """A course with a price and a group, which the neighbour has published."""
    with uow_in(NEIGHBOUR) as uow:
        words = {"en": {"name": "Phone", "about": ""}}
        made = course(
            uow,
            **{"name": "Телефон без страх", "syllabus": "Екран\nПриложения"},
            **{"price_cents": 900, "income_kind": "448014", "translations": words},
        )
        group(uow, made, teacher="Учител Чужд", phone="0938 99 999")
        uow.commit()
        course_id = made.id
    tell(uow_in, course_id)
    return course_id


def test_a_course_of_a_neighbour_becomes_a_draft_once(theirs, teacher, uow_in):
    page = teacher.get(LIST).text.replace("\xa0", " ")
    assert "Телефон без страх" in page
    assert "Телефон без страх" not in teacher.get(f"{LIST}?kind=design").text
    whole = teacher.get(f"{LIST}/{theirs}").text.replace("\xa0", " ")
    assert "Приложения" in whole and "Въпрос 0?" in whole
    assert "Учител Чужд" not in whole and "0938 99 999" not in whole
    key = str(uuid4())
    for _ in range(2):
        answer = teacher.post(f"{LIST}/{theirs}", {"request_id": key})
        assert answer.status_code == 303
    with uow_in(VILLAGE) as uow:
        [copy] = uow.session.scalars(select(Course))
        assert (copy.name, copy.is_published, copy.price_cents) == ("Телефон без страх", False, 0)
        assert copy.questions and copy.translations["en"]["name"] == "Phone"
        assert uow.session.scalars(select(Group)).all() == []
    with uow_in(NEIGHBOUR) as uow:
        assert course_of(uow, theirs).price_cents == 900


def test_what_is_hidden_there_or_ones_own_is_not_offered(theirs, teacher, uow_in, sign_in):
    owner = sign_in(NEIGHBOUR, Role.EDITOR)
    assert "Телефон без страх" not in owner.get(LIST).text
    assert owner.get(f"{LIST}/{theirs}").status_code == 404
    assert teacher.post(f"{LIST}/{theirs}", {}).status_code == 422  # without its id
    with uow_in(NEIGHBOUR) as uow:
        course = course_of(uow, theirs)
        publish_course(uow, course, False, expected_version=course.version)
        uow.commit()
    tell(uow_in, theirs)
    assert teacher.get(f"{LIST}/{theirs}").status_code == 404
    answer = teacher.post(f"{LIST}/{theirs}", {"request_id": str(uuid4())})
    assert answer.status_code == 404
    assert sign_in(VILLAGE, Role.FINANCE_OFFICER).get(LIST).status_code == 403


def test_a_pattern_that_is_no_course_is_left_out(uow, course):
    whole = pattern_of(course(uow))
    assert is_readable(whole)
    for name, wrong in (
        *(("kind", "cooking"), ("level", None), ("least_percent", 0), ("translations", [])),
        *(("questions", [{"text": "?", "answers": ["да"], "right": 3}]), ("name", 7)),
    ):
        assert not is_readable({**whole, name: wrong}), name
    assert not is_readable({})
