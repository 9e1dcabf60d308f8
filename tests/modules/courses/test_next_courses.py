"""What somebody may learn next: by the test after the course, its kind and its level."""

from uuid import uuid4

import pytest

from obshto.modules.courses.models import Enrolment
from obshto.modules.courses.services.next_courses import Reason, next_courses


def enrolled(uow, group, *, after=None, person_id=None):
    row = Enrolment(
        booking_id=uuid4(),
        group_id=group.id,
        person_id=person_id,
        name_index=None,
        ekatte="",
        age="",
        after=after,
        made_at=uow.now,
    )
    uow.session.add(row)
    uow.session.flush()
    return row


@pytest.fixture
def shelf(uow, course):
    """Courses by a short word; the first one is what somebody learned."""
    told = {
        "learned": ("internet", "first"),
        "same": ("internet", "first"),
        "higher": ("internet", "next"),
        "onward": ("services", "first"),
        "aside": ("design", "first"),
        "too hard": ("office", "next"),
    }
    return {
        word: course(uow, kind=kind, level=level, name=word) for word, (kind, level) in told.items()
    }


def names(found):
    return [one.name for one in found.courses]


def test_who_learned_most_of_it_goes_on(uow, shelf, group):
    own = enrolled(uow, group(uow, shelf["learned"]), after=2)
    found = next_courses(uow, shelf["learned"], own)
    assert (found.reason, names(found)) == (Reason.LEARNED, ["higher", "onward"])


def test_who_learned_little_gets_more_of_the_same(uow, shelf, group):
    own = enrolled(uow, group(uow, shelf["learned"]), after=1)
    group(uow, shelf["same"])
    found = next_courses(uow, shelf["learned"], own)
    assert (found.reason, names(found)) == (Reason.REPEAT, ["same"])
    assert shelf["same"].id in found.has_group


def test_what_somebody_was_in_is_not_proposed_again(uow, shelf, group):
    me = uuid4()
    enrolled(uow, group(uow, shelf["higher"]), person_id=me)
    own = enrolled(uow, group(uow, shelf["learned"]), person_id=me)
    found = next_courses(uow, shelf["learned"], own)
    assert (found.reason, names(found)) == (Reason.UNTESTED, ["onward"])


def test_the_page_of_a_finished_course_says_what_comes_next(
    place, visitor, shift, path_of, uow_in, course
):
    own = path_of(visitor.enrol(place.group))
    with uow_in("gorno-selo") as uow:
        course(uow, kind="internet", level="next", name="Интернет за напреднали")
        uow.commit()
    assert "Какво да учите после" not in visitor.get(own).text
    shift(place.group)
    page = visitor.get(own).text.replace("\xa0", " ")
    assert "Интернет за напреднали" in page and "ще Ви предложим по-точно" in page
    right = {"q0": "0", "q1": "0", "q2": "0"}
    answer = visitor.post(f"{own}/test", right)
    assert answer.status_code == 303, answer.text
    assert "3 от 3 въпроса" in visitor.get(own).text.replace("\xa0", " ")
