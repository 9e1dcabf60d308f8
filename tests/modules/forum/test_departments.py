"""Departments of the forum: who answers is chosen, told, found in the queue."""

import re
from uuid import uuid4

import pytest

from obshto.modules.eservices.services.departments import make_department
from obshto.modules.forum import notifications
from obshto.platform.permissions import Role

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
PARKS, ROADS = "Озеленяване", "Пътища"


@pytest.fixture
def two(sign_in, switched_on, uow_in):
    """Two clerks; the second is in the department of parks."""
    sign_in(VILLAGE, Role.ADMIN).press("/console/tenants/eservices", to="/on")
    clerks = [sign_in(VILLAGE, Role.REGISTRY_CLERK, name=name) for name in ("Първа", "Втора")]
    with uow_in(VILLAGE) as uow:
        for name, members in ((PARKS, [clerks[1].person_id]), (ROADS, [])):
            make_department(uow, name, [], members, request_id=uuid4())
        uow.commit()
    return clerks


@pytest.fixture
def desk(two, uow_in, begin):
    with uow_in(VILLAGE) as uow:
        post = begin(uow)
        uow.commit()
        return f"/console/forum/{post.discussion_id}"


def hand(person, desk, department, to=""):
    [(path, fields)] = [
        form for form in person.forms(f"{desk}/hand-over") if "expected_version" in form[1]
    ]
    return person.post(path, fields | {"department": department, "to": str(to)})


def receivers(uow_in, desk):
    with uow_in(VILLAGE) as uow:
        return notifications.receivers(uow, {"subject_id": desk.rpartition("/")[2]})


def test_a_department_is_chosen_told_and_found_in_the_queue(two, desk, sign_in, uow_in):
    first, second = two
    page = first.get(f"{desk}/hand-over").text
    assert re.findall(r'<option value="([^"]+)" lang="bg">[ОП]', page)[:2] == [PARKS, ROADS]
    assert "Изберете отдел или колега" in hand(first, desk, "").text
    assert hand(first, desk, "Няма такъв").status_code == 422
    assert hand(first, desk, PARKS).status_code == 303
    assert receivers(uow_in, desk) == [second.person_id]
    shown, other = ("list=waiting&department=" + name for name in (PARKS, ROADS))
    assert desk in second.get(f"/console/forum/?{shown}").text
    assert desk not in second.get(f"/console/forum/?{other}").text
    assert hand(second, desk, ROADS).status_code == 303
    assert len(receivers(uow_in, desk)) == 2, "nobody is in it: all who may hear"
    assert hand(second, desk, ROADS, to=first.person_id).status_code == 303
    assert receivers(uow_in, desk) == [first.person_id]
    assert sign_in(NEIGHBOUR, Role.REGISTRY_CLERK).get(f"{desk}/hand-over").status_code == 404


def test_the_letter_says_what_waits(desk, uow_in):
    with uow_in(VILLAGE) as uow:
        subject, text = notifications.handed_over(uow, {"subject_id": desk.rpartition("/")[2]})
    assert "Пейката" in subject
    assert "от Вас или от Вашия отдел" in text and desk in text
