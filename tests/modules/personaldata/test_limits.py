"""Limits: an accepted one stops acts of staff, says why and who lifts it, ends after a day."""

import re
from uuid import uuid4

import pytest
from sqlalchemy import text

from obshto.platform.permissions import Role

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
DESK = "/console/personaldata"
REPORTS = "/console/reports"
WHO = "dvor@primer.bg"


@pytest.fixture(autouse=True)
def switched_on(sign_in):
    admin = sign_in(VILLAGE, Role.ADMIN)
    assert admin.press("/console/tenants/reports", to="/on").status_code == 303


@pytest.fixture
def officer(sign_in):
    return sign_in(VILLAGE, Role.DATA_PROTECTION_OFFICER, name="Проба Защитник")


@pytest.fixture
def clerk(sign_in):
    return sign_in(VILLAGE, Role.REGISTRY_CLERK, name="Проба Деловодител")


def seen(person, path):
    return re.search(r'name="expected_version"[^>]*value="(\d+)"', person.get(path).text)[1]


def told(clerk, email=WHO):
    """A report that came by phone, with an e-mail; the address of its desk."""
    typed = {"kind": "lamp", "place": "на мегдана", "words": "Тъмно е", "email": email}
    answer = clerk.post(f"{REPORTS}/enter", {**typed, "channel": "phone", "request_id": uuid4()})
    assert answer.status_code == 303, answer.text
    return f"{REPORTS}/{re.search('[0-9a-f-]{36}', answer.location)[0]}"


def asked(clerk, officer, email=WHO):
    """A request to limit, entered at the counter and taken; its address."""
    typed = {"kind": "limitation", "words": "Докато трае спорът", "name": "Проба", "email": email}
    typed |= {"channel": "counter", "identified": "card", "request_id": uuid4()}
    answer = clerk.post(f"{DESK}/enter", typed)
    assert answer.status_code == 303, answer.text
    page = f"{DESK}/{re.search('[0-9a-f-]{36}', answer.location)[0]}"
    officer.post(f"{page}/take", {"expected_version": seen(officer, page)})
    return page


def accepted(officer, page, email=WHO):
    path = f"{page}/answer"
    typed = {"words": "Приемаме.", "email": email, "expected_version": seen(officer, path)}
    return officer.post(path, typed)


def test_an_accepted_limit_stops_acts_upon_what_was_there(clerk, officer):
    before, other = told(clerk), told(clerk, "drug@primer.bg")
    page = asked(clerk, officer)
    assert clerk.post(f"{before}/take", {"expected_version": "1"}).status_code == 303
    assert accepted(officer, page).status_code == 303
    refused = clerk.get(f"{before}/ask")
    assert refused.status_code == 403 and "не се ползват" in refused.text
    assert "длъжностното лице по защита на данните" in refused.text
    assert "не се ползват" in clerk.get(before).text
    assert clerk.post(f"{other}/take", {"expected_version": "1"}).status_code == 303
    later = told(clerk)
    assert clerk.post(f"{later}/take", {"expected_version": "1"}).status_code == 303


def test_it_ends_a_day_after_it_was_lifted_with_a_reason(clerk, officer, migrator):
    before, page = told(clerk), asked(clerk, officer)
    accepted(officer, page)
    assert "Вдигнете" in officer.get(f"{DESK}/limits").text
    typed = {"words": "Спорът приключи", "expected_version": seen(officer, f"{page}/lift")}
    for _ in range(2):
        assert officer.post(f"{page}/lift", typed).status_code == 303
    assert officer.get(page).text.count("Спорът приключи") == 1
    assert clerk.post(f"{before}/take", {"expected_version": "1"}).status_code == 403
    past = "update t_gorno_selo.privacy_restriction set ends_at = ends_at - interval '1 day'"
    with migrator.begin() as connection:
        connection.execute(text(past))
    assert clerk.post(f"{before}/take", {"expected_version": "1"}).status_code == 303
    assert "Няма ограничения" in officer.get(f"{DESK}/limits").text


def test_whose_data_must_be_known_and_the_same_answer_is_one_limit(clerk, officer, owner):
    page = asked(clerk, officer)
    nobody = accepted(officer, page, email="")
    assert nobody.status_code == 422 and "Приемаме." in nobody.text
    typed = {
        "words": "Приемаме.",
        "email": WHO,
        "expected_version": seen(officer, page + "/answer"),
    }
    for _ in range(2):
        assert officer.post(f"{page}/answer", typed).status_code == 303
    assert owner("select count(*) from t_gorno_selo.privacy_restriction") == [(1,)]


def test_the_person_reads_it_in_their_account_and_neighbours_do_not(sign_in, officer):
    person = sign_in(VILLAGE, name="Проба Човек")
    sent = {"words": "Не ползвайте", "name": "Проба Човек", "request_id": uuid4(), "behalf": ""}
    answer = person.post("/personaldata/new/limitation", sent)
    case = re.search("[0-9a-f-]{36}", answer.location)[0]
    page = f"{DESK}/{case}"
    officer.post(f"{page}/take", {"expected_version": seen(officer, page)})
    assert accepted(officer, page, email="").status_code == 303
    assert "служителите не ползват данните Ви" in person.get(f"/personaldata/case/{case}").text
    assert "служителите не ползват данните Ви" in person.get("/personaldata/mine").text
    stranger = sign_in(NEIGHBOUR, Role.DATA_PROTECTION_OFFICER)
    assert stranger.get(f"{page}/lift").status_code == 404
    assert sign_in(VILLAGE, Role.REGISTRY_CLERK).get(f"{DESK}/limits").status_code == 403
