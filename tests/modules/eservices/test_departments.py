"""Who is in a department works on its services alone: lists, search, entry, acts, letters."""

import re
from uuid import uuid4

import pytest

from obshto.modules.eservices.notifications import who_may_take
from obshto.modules.eservices.privacy import erase, export
from obshto.platform.permissions import Role

VILLAGE = "gorno-selo"
PAGE = "/console/eservices/departments"
TAXES = {"name": "Данъци", "services": ["2069"]}  # the case of these tests is of another service


@pytest.fixture
def head(offered, sign_in):
    return sign_in(VILLAGE, Role.SECRETARY, name="Проба Секретарова", email="s@v.example")


@pytest.fixture
def limited(sent, head, clerk, colleague):
    """The clerk, who works on taxes alone since a case of another service came."""
    made = head.post(f"{PAGE}/new", TAXES | {"request_id": uuid4(), "members": [clerk.person_id]})
    assert made.status_code == 303, made.text
    return clerk


def number_of(owner):
    [(year, sequence)] = owner("select year, sequence from t_gorno_selo.eservices_case")
    return f"{year}-{sequence:05d}"


def test_lists_and_search_hold_the_cases_of_ones_departments_alone(limited, colleague, head, owner):
    number = number_of(owner)
    for person, is_there in ((limited, False), (colleague, True), (head, True)):
        queue = person.get("/console/eservices/").text
        assert (number in queue) is is_there and f"Нови ({int(is_there)})" in queue
        answer = person.press("/console/eservices/", "/find", text=number)
        page = person.get(answer.location).text
        found = re.search(r"Намерен[ио] във всички списъци: (\d)", page.replace("\xa0", " "))
        assert found[1] == str(int(is_there))
        assert ('value="1998"' in page) is is_there  # what the list is narrowed by


def test_pages_and_acts_of_other_cases_do_not_exist(limited, colleague, sent):
    page = f"/console/eservices/{sent}"
    assert limited.get(page).status_code == 404
    for act in ("take", "look", "note", "ask", "hand-over"):
        assert limited.post(f"{page}/{act}", {"expected_version": 1}).status_code == 404, act
    assert colleague.get(page).status_code == 200
    assert limited.get("/console/eservices/dogs").status_code == 403


def test_only_own_services_are_entered_at_the_counter(limited, colleague, visitor, walking):
    for person, is_there in ((limited, False), (colleague, True)):
        offer = person.get("/console/eservices/enter").text
        assert 'value="2069"' in offer and ('value="1998"' in offer) is is_there
    code = walking.begin(visitor)
    typed = {"code": code, "request_id": uuid4()}
    refused = limited.post("/console/eservices/enter/code", typed)
    assert refused.status_code == 422 and "работи друг отдел" in refused.text
    assert colleague.post("/console/eservices/enter/code", typed).status_code == 303


def test_nobody_hands_a_case_to_who_may_not_see_it(limited, colleague, sent):
    page = f"/console/eservices/{sent}"
    assert colleague.press(page, "/take").status_code == 303
    assert str(limited.person_id) not in colleague.get(f"{page}/hand-over").text
    bulk = {"case": f"{sent}.2", "act": "hand", "to": str(limited.person_id)}
    answer = colleague.post("/console/eservices/bulk?list=mine", bulk | {"request_id": uuid4()})
    assert "some-refused" in answer.location


def test_letters_of_new_cases_go_to_who_works_on_them(limited, colleague, head, uow_in, sent):
    with uow_in(VILLAGE) as uow:
        told = who_may_take(uow, {"service": "1998", "subject_id": sent})
        assert set(told) == {colleague.person_id, head.person_id}
        assert limited.person_id in who_may_take(uow, {"service": "2069", "subject_id": sent})


def test_a_department_is_changed_and_removed_by_who_may(limited, head, owner, sent):
    [(key,)] = owner("select id from t_gorno_selo.eservices_department")
    assert limited.get(PAGE).status_code == 403
    assert "Данъци" in head.get(PAGE).text
    again = head.post(f"{PAGE}/new", TAXES | {"name": "данъци", "request_id": uuid4()})
    assert again.status_code == 422 and "Вече има отдел с това име" in again.text
    change = TAXES | {"services": ["1998", "2069"], "members": [limited.person_id]}
    assert head.post(f"{PAGE}/{key}", change | {"expected_version": 1}).status_code == 303
    assert limited.get(f"/console/eservices/{sent}").status_code == 200
    late = head.post(f"{PAGE}/{key}", TAXES | {"expected_version": 1})
    assert late.status_code == 422 and "беше променен" in late.text
    assert head.post(f"{PAGE}/{key}/remove", {"expected_version": 2}).status_code == 303
    assert owner("select 1 from t_gorno_selo.eservices_department_member") == []


def test_a_person_is_told_of_their_departments_and_leaves_them(limited, uow_in):
    with uow_in(VILLAGE) as uow:
        told = export(uow, limited.person_id)["departments"]
        assert told == [{"department": "Данъци"}]
        erase(uow, limited.person_id)
        assert export(uow, limited.person_id)["departments"] == []
