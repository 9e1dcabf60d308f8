"""A village with a course of four lessons, a teacher, an organiser, a clerk."""

import re
from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from sqlalchemy import select

from obshto.modules.courses.models import CourseLesson, Group
from obshto.modules.courses.services.courses import CourseEntry, publish_course, write_course
from obshto.modules.courses.services.groups import GroupEntry, Series, write_group
from obshto.modules.courses.services.queries import group_of
from obshto.platform.bookings.fixed_times import reschedule
from obshto.platform.bookings.resources import resource_of
from obshto.platform.permissions import Role

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
QUESTIONS = [
    {"text": f"Въпрос {number}?", "answers": ["вярно", "грешно"], "right": 0} for number in range(3)
]


@pytest.fixture
def switched_on(sign_in):
    for village in (VILLAGE, NEIGHBOUR):
        admin = sign_in(village, Role.ADMIN)
        assert admin.press("/console/tenants/courses", to="/on").status_code == 303


@pytest.fixture
def teacher(sign_in, switched_on):
    return sign_in(VILLAGE, Role.EDITOR, name="Учителка Примерова")


@pytest.fixture
def clerk(sign_in, switched_on):
    return sign_in(VILLAGE, Role.REGISTRY_CLERK, name="Проба Служител")


@pytest.fixture
def uow(uow_in, switched_on):
    with uow_in(VILLAGE) as begun:
        yield begun


def _course(uow, **changed):
    told = {"kind": "internet", "level": "first", "name": "Интернет без страх", **changed}
    told.setdefault("questions", QUESTIONS)
    course = write_course(uow, CourseEntry(**told), request_id=uuid4())
    publish_course(uow, course, True, expected_version=course.version)
    uow.session.flush()
    return course


def _group(uow, course, *, seats=2, days=3, number=4, frequency="weekly", **changed):
    first = (uow.now + timedelta(days=days)).replace(hour=8, minute=0, second=0, microsecond=0)
    series = Series(first=first, minutes=90, frequency=frequency, number=number)
    told = {"address": "Читалището", "phone": "0938 12 345", **changed}
    made = write_group(uow, course, GroupEntry(seats=seats, **told), series, request_id=uuid4())
    uow.session.flush()
    return made


@pytest.fixture
def course():
    return _course


@pytest.fixture
def group():
    return _group


@pytest.fixture
def place(uow_in, switched_on, teacher):
    """A course with one group of two seats, taught by the teacher; ids only."""
    with uow_in(VILLAGE) as uow:
        written = _course(uow)
        made = _group(uow, written, teacher_id=teacher.person_id, teacher="Учителка Примерова")
        found = SimpleNamespace(course=written.id, group=made.id)
        uow.commit()
    return found


@pytest.fixture
def shift(uow_in):
    """Moves all lessons of a group into the past, so that they are over."""

    def move(group_id, days=60):
        with uow_in(VILLAGE) as uow:
            found = uow.session.get(Group, group_id)
            before, back = found.starts_at, timedelta(days=days)
            rows = select(CourseLesson).where(CourseLesson.group_id == group_id)
            for one in uow.session.scalars(rows):
                one.starts_at, one.ends_at = one.starts_at - back, one.ends_at - back
            found.starts_at, found.ends_at = before - back, found.ends_at - back
            resource = resource_of(uow, "courses", found.resource_id)
            reschedule(uow, resource, before, (found.starts_at, found.ends_at))
            uow.commit()

    return move


@pytest.fixture
def lessons_of(uow_in):
    def read(group_id):
        with uow_in(VILLAGE) as uow:
            rows = select(CourseLesson).where(CourseLesson.group_id == group_of(uow, group_id).id)
            found = uow.session.scalars(rows.order_by(CourseLesson.starts_at)).all()
            return [SimpleNamespace(id=one.id, code=one.code) for one in found]

    return read


@pytest.fixture
def visitor(switched_on, client, at):
    class Guest:
        def get(self, path, village=VILLAGE):
            return client.get(path, base_url=at(village))

        def post(self, path, data=None, village=VILLAGE):
            return client.post(path, data=data or {}, base_url=at(village))

        def enrol(self, group, *, wait=False, **changed):
            path = f"/courses/groups/{group}/enrol{'?wait=1' if wait else ''}"
            typed = {"name": "Проба Пробова", "phone": "0888 123 456", "request_id": uuid4()}
            return self.post(path, {**typed, **changed})

    return Guest()


@pytest.fixture
def path_of():
    def read(answer):
        assert answer.status_code == 303, re.findall(r"error-message[^<]*<[^<]*", answer.text)
        return re.sub(r"https?://[^/]+", "", answer.location.partition("?")[0])

    return read


@pytest.fixture
def version_of():
    return lambda page: re.search(r'name="expected_version"[^>]*value="(\d+)"', page)[1]
