"""The days in which a municipality promises an answer: said to people, counted for staff."""

from datetime import timedelta

import pytest

from obshto.modules.forum.services.overview import discussed
from obshto.modules.forum.services.queries import discussion_of
from obshto.platform.clock import now
from obshto.platform.permissions import Role

VILLAGE = "gorno-selo"


@pytest.fixture
def waiting(switched_on, uow_in, begin):
    """Awaiting an answer since ten days ago."""
    with uow_in(VILLAGE) as uow:
        row = discussion_of(uow, begin(uow).discussion_id)
        row.awaiting_since = now() - timedelta(10)
        uow.commit()
        return row.id


@pytest.fixture
def promise(sign_in):
    def set_days(number):
        admin = sign_in(VILLAGE, Role.ADMIN)
        typed = {"answer_days": str(number)}
        return admin.press("/console/settings/forum", **typed).status_code

    return set_days


def test_people_read_until_when_they_are_answered(waiting, promise, client, at, sign_in):
    def page():
        told = client.get(f"/forum/{waiting}", base_url=at(VILLAGE)).text
        return told.replace("\xa0", " ").partition("<main")[2]

    assert promise(60) == 303
    assert "Общината обеща да отговори до" in page() and "Срокът мина" not in page()
    assert promise(9) == 303
    assert "Срокът мина" in page()
    clerk = sign_in(VILLAGE, Role.REGISTRY_CLERK)
    closed = clerk.press(f"/console/forum/{waiting}/close", words="Пейката е сложена.")
    assert closed.status_code == 303
    assert "обеща да отговори" not in page()


def test_nothing_is_promised_where_no_days_are_set(waiting, promise, client, at, sign_in):
    assert promise(0) == 303
    assert "обеща да отговори" not in client.get(f"/forum/{waiting}", base_url=at(VILLAGE)).text
    assert "При всеки разговор пише" not in client.get("/forum/rules", base_url=at(VILLAGE)).text
    queue = sign_in(VILLAGE, Role.REGISTRY_CLERK).get("/console/forum/").text
    assert "закъсня" not in queue and "Пейката" in queue
    assert promise(61) == 422


def test_staff_see_what_is_left_and_the_mayor_what_is_late(waiting, promise, sign_in, uow_in):
    clerk = sign_in(VILLAGE, Role.REGISTRY_CLERK)
    for days, told, late in ((12, "2 дни", 0), (10, "днес", 0), (9, "закъсня с 1 ден", 1)):
        assert promise(days) == 303
        assert told in clerk.get("/console/forum/").text.replace("\xa0", " ")
        answers = clerk.get("/console/answers/").text.replace("\xa0", " ")
        assert told in answers, days
        with uow_in(VILLAGE) as uow:
            assert [row.late for row in discussed(uow)] == [late]
