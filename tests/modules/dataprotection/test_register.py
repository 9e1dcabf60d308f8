"""The register of processing: filled by the parts, completed, approved once, published."""

import re
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from obshto.platform.permissions import Role

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
DESK, POLICY = "/console/dataprotection", "/dataprotection/"
OWN = {
    "title": "Камери в кметството",
    "purpose": "да пазим сградата",
    "ground": "чл. 56",
    "people": "посетители",
    "kinds": "образ",
    "recipients": "охраната",
    "transfers": "не се предават",
    "kept": "30 дни",
    "protection": "заключено",
}


@pytest.fixture
def officer(sign_in):
    return sign_in(VILLAGE, Role.DATA_PROTECTION_OFFICER, name="Проба Защитник")


@pytest.fixture
def mayor(sign_in):
    return sign_in(VILLAGE, Role.MAYOR, name="Проба Кмет")


def proposed(officer, words=""):
    answer = officer.post(f"{DESK}/register/propose", {"request_id": uuid4(), "words": words})
    assert answer.status_code == 303
    return re.search(rf"{DESK}/register/versions/[0-9a-f-]{{36}}", answer.location)[0]


def seen(person, path):
    return re.search(r'name="expected_version"[^>]*value="(\d+)"', person.get(path).text)[1]


def test_parts_fill_it_the_officer_completes_the_mayor_approves_everybody_reads(
    officer, mayor, client, at
):
    page = officer.get(f"{DESK}/register").text
    assert "Искания за лични данни" in page and "Както е обявена" in page
    declared = f"{DESK}/register/activity/personaldata/request"
    typed = {name: OWN[name] for name in ("people", "recipients", "transfers", "protection")}
    assert officer.post(declared, {**typed, "request_id": uuid4()}).status_code == 303
    assert officer.post(f"{DESK}/register/new", {**OWN, "request_id": uuid4()}).status_code == 303
    assert "още не е одобрила" in client.get(POLICY, base_url=at(VILLAGE)).text
    version = proposed(officer, "Табло на всеки етаж.")
    assert "Камери" not in client.get(POLICY, base_url=at(VILLAGE)).text
    assert mayor.post(f"{version}/approve", {"expected_version": seen(mayor, version)})
    policy = client.get(POLICY, base_url=at(VILLAGE)).text
    assert "Камери в кметството" in policy and "Табло на всеки етаж." in policy
    assert "дисциплинарна" in policy and "Проба" not in policy
    paper = client.get(f"{POLICY}versions/1.pdf", base_url=at(VILLAGE))
    assert paper.data.startswith(b"%PDF")
    assert "Камери в кметството" in officer.get(f"{DESK}/register.csv").data.decode("utf-8-sig")
    assert client.get(f"{POLICY}versions/1", base_url=at(NEIGHBOUR)).status_code == 404


def test_a_later_version_says_what_changed(officer, mayor, client, at):
    first = proposed(officer)
    mayor.post(f"{first}/approve", {"expected_version": seen(mayor, first)})
    same = officer.post(f"{DESK}/register/propose", {"request_id": uuid4(), "words": ""})
    assert same.status_code == 422 and "нищо не е променено" in same.text
    officer.post(f"{DESK}/register/new", {**OWN, "request_id": uuid4()})
    second = proposed(officer)
    mayor.post(f"{second}/approve", {"expected_version": seen(mayor, second)})
    policy = client.get(POLICY, base_url=at(VILLAGE)).text
    assert "Какво е променено от предишната версия" in policy
    assert "Камери" not in client.get(f"{POLICY}versions/1", base_url=at(VILLAGE)).text


def test_two_approvals_at_once_are_one(officer, mayor, sign_in, owner):
    version = proposed(officer)
    other, number = sign_in(VILLAGE, Role.MAYOR), seen(mayor, version)
    with ThreadPoolExecutor(2) as pool:
        press = {"expected_version": number}
        asked = [pool.submit(one.post, f"{version}/approve", press) for one in (mayor, other)]
    assert {one.result().status_code for one in asked} == {303}
    assert owner("select number from t_gorno_selo.dataprotection_register") == [(1,)]


def test_one_waits_at_a_time_and_the_same_form_is_one(officer, owner):
    form = {"request_id": uuid4(), "words": ""}
    for _ in range(2):
        assert officer.post(f"{DESK}/register/propose", form).status_code == 303
    late = officer.post(f"{DESK}/register/propose", {**form, "request_id": uuid4()})
    assert late.status_code == 422 and "чака кмета" in late.text
    assert owner("select count(*) from t_gorno_selo.dataprotection_register") == [(1,)]


def test_who_proposed_does_not_approve_and_a_returned_one_says_why(sign_in, mayor):
    both = sign_in(VILLAGE, Role.MAYOR, Role.DATA_PROTECTION_OFFICER)
    version = proposed(both)
    refused = both.post(f"{version}/approve", {"expected_version": "1"})
    assert refused.status_code == 403
    typed = {"words": "Липсват камерите", "expected_version": seen(mayor, f"{version}/return")}
    assert mayor.post(f"{version}/return", typed).status_code == 303
    assert "Липсват камерите" in both.get(version).text


def test_each_role_does_its_own(officer, mayor, sign_in):
    secretary, clerk = sign_in(VILLAGE, Role.SECRETARY), sign_in(VILLAGE, Role.REGISTRY_CLERK)
    version = proposed(officer)
    assert secretary.get(f"{DESK}/register").status_code == 200
    assert clerk.get(f"{DESK}/register").status_code == 403
    for person in (officer, secretary, clerk):
        assert person.post(f"{version}/approve", {"expected_version": "1"}).status_code == 403
    for person in (mayor, secretary):
        assert person.get(f"{DESK}/register/new").status_code == 403
        assert person.get(f"{DESK}/staff").status_code == 403
    assert officer.get(f"{DESK}/staff").status_code == 200
    stranger = sign_in(NEIGHBOUR, Role.MAYOR)
    assert stranger.get(version).status_code == 404


def test_a_contract_is_kept_once_and_an_end_before_its_beginning_is_refused(officer, owner):
    typed = {"name": "Фирма", "service": "поддръжка", "request_id": uuid4()}
    dates = {"signed_on": ["1", "5", "2026"], "ends_on": ["1", "5", "2025"]}
    wrong = officer.post(f"{DESK}/processors/new", {**typed, **dates})
    assert wrong.status_code == 422 and "Краят е преди началото" in wrong.text
    for _ in range(2):
        right = {**typed, **dates, "ends_on": ["1", "5", "2027"]}
        assert officer.post(f"{DESK}/processors/new", right).status_code == 303
    rows = owner("select name, ends_on::text from t_gorno_selo.dataprotection_processor")
    assert rows == [("Фирма", "2027-05-01")]
