"""Assessments of impact: due by criteria, answered by the officer, approved by somebody else."""

import re
from uuid import uuid4

import pytest

from obshto.platform.permissions import Role

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
DESK = "/console/dataprotection"
FORM = f"{DESK}/assessments/of/purposes:look"
RISK = {"likelihood": "low", "severity": "middle", "measures": "достъп само с право"}
WHOLE = {
    "criteria": ["monitoring", "vulnerable"],
    "need": "needed",
    "why": "служители в по-слаба позиция",
    "description": "записва се кой отваря",
    "necessity": "без това няма доказателство",
    "rights": "на страница „Вашите данни“",
    "residual": "low",
    **{
        f"{risk}-{column}": said
        for risk in ("seen", "changed", "lost", "misused")
        for column, said in RISK.items()
    },
}


@pytest.fixture
def officer(sign_in):
    return sign_in(VILLAGE, Role.DATA_PROTECTION_OFFICER, name="Проба Защитник")


@pytest.fixture
def mayor(sign_in):
    return sign_in(VILLAGE, Role.MAYOR, name="Проба Кмет")


def seen(person, path):
    return re.search(r'name="expected_version"[^>]*value="(\d+)"', person.get(path).text)[1]


def written(officer, typed=WHOLE, path=FORM):
    answer = officer.post(path, {**typed, "request_id": uuid4(), "expected_version": "0"})
    assert answer.status_code == 303, answer.text
    return re.search(rf"{DESK}/assessments/[0-9a-f-]{{36}}", answer.location)[0]


def approved(officer, mayor, typed=WHOLE):
    page = written(officer, typed)
    officer.post(f"{page}/propose", {"expected_version": seen(officer, page)})
    sent = mayor.post(f"{page}/approve", {"expected_version": seen(mayor, page)})
    assert sent.status_code == 303
    return page


def test_what_needs_one_waits_until_somebody_else_approved_it(officer, mayor):
    waiting = officer.get("/console/").text
    assert "Дейности без оценка на въздействието" in waiting
    prefilled = officer.get(FORM).text
    assert "отделна база за общината" in prefilled and "да виждате кой служител" in prefilled
    page = approved(officer, mayor)
    shown = officer.get(page).text
    assert "версия 1" in shown and "Проба Кмет" in shown and "достъп само с право" in shown
    table = officer.get(f"{DESK}/assessments.csv").data.decode("utf-8-sig")
    assert "без това няма доказателство" in table and "Проба Защитник" in table
    again = officer.post(f"{page}/propose", {"expected_version": "1"})
    assert again.status_code == 303 and "версия 1" in officer.get(page).text


def test_gaps_are_kept_and_named_before_it_goes_on(officer, owner):
    page = written(officer, {"need": "needed"})
    assert "защо решихте така" in officer.get(page).text
    early = officer.post(f"{page}/propose", {"expected_version": seen(officer, FORM)})
    assert early.status_code == 422 and "Първо попълнете" in early.text
    high = {**WHOLE, "residual": "high", "request_id": uuid4()}
    officer.post(FORM, {**high, "expected_version": seen(officer, FORM)})
    assert "консултацията с комисията" in officer.get(page).text
    late = officer.post(FORM, {**WHOLE, "request_id": uuid4(), "expected_version": "1"})
    assert late.status_code == 422 and "служители в по-слаба позиция" in late.text
    assert owner("select count(*) from t_gorno_selo.dataprotection_assessment") == [(1,)]


def test_returned_it_says_why_and_who_proposed_does_not_approve(officer, mayor, sign_in):
    both = sign_in(VILLAGE, Role.DATA_PROTECTION_OFFICER, Role.MAYOR)
    page = written(both)
    both.post(f"{page}/propose", {"expected_version": seen(both, page)})
    assert both.post(f"{page}/approve", {"expected_version": "2"}).status_code == 403
    number = seen(mayor, f"{page}/return")
    typed = {"words": "Опишете гишето", "expected_version": number}
    assert mayor.post(f"{page}/return", typed).status_code == 303
    assert "Опишете гишето" in officer.get(page).text and "Опишете гишето" in officer.get(FORM).text


def test_the_next_edition_begins_with_the_last_and_says_what_changed(officer, mayor):
    first = approved(officer, mayor)
    declared = f"{DESK}/register/activity/purposes/look"
    words = {"people": "служители", "recipients": "офицерът", "transfers": "не"}
    officer.post(declared, {**words, "protection": "сейф", "request_id": uuid4()})
    assert "Дейността е променена" in officer.get(f"{DESK}/assessments").text
    assert "без това няма доказателство" in officer.get(FORM).text
    second = approved(officer, mayor, {"need": "not", "why": "само проба"})
    assert second != first and "версия 2" in officer.get(second).text
    assert "версия 1" in officer.get(first).text and "сейф" not in officer.get(first).text


def test_an_activity_outside_the_portal_is_decided_upon_and_neighbours_see_nothing(
    officer, sign_in, owner
):
    own = {name: "текст" for name in ("people", "recipients", "transfers", "protection")}
    own |= {name: "Камери" for name in ("title", "purpose", "ground", "kinds", "kept")}
    officer.post(f"{DESK}/register/new", {**own, "request_id": uuid4()})
    assert "Решете нужна ли е" in officer.get(f"{DESK}/assessments").text
    [(key,)] = owner("select id from t_gorno_selo.dataprotection_activity")
    page = written(officer, {"need": "not", "why": "няма"}, f"{DESK}/assessments/of/{key}")
    stranger = sign_in(NEIGHBOUR, Role.DATA_PROTECTION_OFFICER)
    assert stranger.get(page).status_code == 404
    assert stranger.get(f"{DESK}/assessments/of/{key}").status_code == 404
    assert officer.get(f"{DESK}/assessments/of/nothing:here").status_code == 404
    assert sign_in(VILLAGE, Role.REGISTRY_CLERK).get(page).status_code == 403
