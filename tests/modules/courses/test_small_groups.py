"""A group below its minimum waits for a decision before it begins: call off, or go on."""

from datetime import timedelta
from uuid import uuid4

import pytest

from obshto.modules.courses.errors import GroupClosed, StaleGroup
from obshto.modules.courses.models import Group
from obshto.modules.courses.services.enrolments import Participant, enrol
from obshto.modules.courses.services.groups import cancel_group, let_go_on
from obshto.modules.courses.services.queries import DECIDED, small_groups
from obshto.platform.bookings.services import Booker
from obshto.platform.permissions import Role

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
HOME, SMALL = "/console/courses", "/console/courses/groups/small"


def small(uow):
    return uow.session.scalars(small_groups(uow)).all()


def enrolled_in(uow, group, number):
    who = Booker(name=f"Проба {number}", phone=f"+35988812345{number}")
    enrol(uow, group, who, Participant(), request_id=uuid4())
    uow.session.flush()


def test_it_waits_from_some_days_before_until_enough_have_enrolled(uow, course, group):
    taught = course(uow)
    near, far = group(uow, taught, least=2), group(uow, taught, least=2, days=DECIDED.days + 2)
    assert small(uow) == [near]
    enrolled_in(uow, near, 1)
    assert small(uow) == [near]
    enrolled_in(uow, near, 2)
    assert small(uow) == []
    object.__setattr__(uow, "now", near.starts_at + timedelta(minutes=1))
    assert small(uow) == [far]


def test_what_is_decided_waits_no_more(uow, course, group):
    taught = course(uow)
    one, two = group(uow, taught, least=2), group(uow, taught, least=2)
    seen = one.version
    with pytest.raises(StaleGroup):
        let_go_on(uow, taught, one, expected_version=seen + 1)
    for _press in range(2):
        let_go_on(uow, taught, one, expected_version=seen)
        uow.session.flush()
    assert small(uow) == [two]
    cancel_group(uow, taught, two, expected_version=two.version)
    uow.session.flush()
    assert small(uow) == []
    with pytest.raises(GroupClosed):
        let_go_on(uow, taught, two, expected_version=two.version)


@pytest.fixture
def waits(place, uow_in):
    """The group of the teacher needs two and begins in three days."""
    with uow_in(VILLAGE) as uow:
        uow.session.get(Group, place.group).least = 2
        uow.commit()
    return f"{HOME}/groups/{place.group}"


def test_the_organiser_finds_it_on_the_desk_and_lets_it_go_on(teacher, waits):
    assert SMALL in teacher.get("/console/").text and SMALL in teacher.get(f"{HOME}/catalogue").text
    assert "нужни са поне 2" in teacher.get(SMALL).text
    assert "Под минимума от 2" in teacher.get(f"{HOME}/").text
    assert teacher.press(SMALL, to=f"{waits}/go-on").status_code == 303
    assert "Няма група, за която да решите" in teacher.get(SMALL).text
    assert "Ще се проведе под минимума" in teacher.get(f"{HOME}/").text


def test_one_press_calls_it_off_and_all_are_told(teacher, waits, visitor, place, path_of):
    own = path_of(visitor.enrol(place.group))
    assert teacher.press(SMALL, to=f"{waits}/cancel").status_code == 303
    assert "няма да се проведе" in visitor.get(own).text
    assert "Няма група, за която да решите" in teacher.get(SMALL).text


def test_who_keeps_no_courses_and_a_neighbour_decide_nothing(waits, clerk, sign_in, place):
    assert clerk.get(SMALL).status_code == 403
    stranger = sign_in(NEIGHBOUR, Role.EDITOR)
    assert str(place.group) not in stranger.get(SMALL).text
    for who, status in ((clerk, 403), (stranger, 404)):
        for act in ("go-on", "cancel"):
            told = {"expected_version": "1"}
            assert who.post(f"{waits}/{act}", told).status_code == status
