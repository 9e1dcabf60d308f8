"""Applying as citizens meet it, over HTTP."""

import re
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from obshto.modules.eservices.forms.acts import StartForm
from obshto.platform.rate_limit.services import RateLimit

CASES = "select count(*) from t_gorno_selo.eservices_case"
DRAFTS = "select count(*) from t_gorno_selo.eservices_draft"


def test_a_citizen_applies_page_by_page_and_gets_a_number(citizen, walking):
    ref = walking.begin(citizen)
    walking.fill(citizen, ref)
    check = citizen.get(f"/eservices/drafts/{ref}").text.replace("\xa0", " ")
    assert "Пена Иванова Пробова" in check and "+359 888 123 456" in check
    receipt = citizen.get(walking.send(citizen, ref).location)
    assert receipt.status_code == 200
    assert re.search(r"20\d\d-00001", receipt.text)
    assert "ДОПК чл. 87, ал. 6" in receipt.text.replace("\xa0", " ")


def test_saved_is_not_sent(citizen, walking, owner):
    ref = walking.begin(citizen)
    walking.fill(citizen, ref)
    assert owner(CASES) == [(0,)]
    assert "Черновите не са подадени" in citizen.get("/eservices/mine").text.replace("\xa0", " ")


def test_what_is_missing_stops_the_sending(citizen, walking, owner):
    ref = walking.begin(citizen)
    check = citizen.get(f"/eservices/drafts/{ref}")
    assert "Остават въпроси без отговор" in check.text.replace("\xa0", " ")
    version = owner("select version from t_gorno_selo.eservices_draft")[0][0]
    assert (
        citizen.post(f"/eservices/drafts/{ref}/send", {"expected_version": version}).status_code
        == 422
    )
    assert owner(CASES) == [(0,)]


def test_sending_twice_makes_one_application(citizen, walking, owner):
    ref = walking.begin(citizen)
    walking.fill(citizen, ref)
    expected_version = walking.seen_on(citizen.get(f"/eservices/drafts/{ref}"))
    first = citizen.post(f"/eservices/drafts/{ref}/send", {"expected_version": expected_version})
    again = citizen.post(f"/eservices/drafts/{ref}/send", {"expected_version": expected_version})
    assert (first.status_code, again.status_code) == (303, 303)
    assert first.location == again.location
    assert owner(CASES) == [(1,)] and owner(DRAFTS) == [(0,)]


def test_ten_clicks_at_once_make_one_application(citizen, walking, owner):
    ref = walking.begin(citizen)
    walking.fill(citizen, ref)
    form = {"expected_version": walking.seen_on(citizen.get(f"/eservices/drafts/{ref}"))}
    form["csrf_token"] = citizen.form_token()
    with ThreadPoolExecutor(10) as pool:
        sent = [
            pool.submit(walking.twin(citizen).post, f"/eservices/drafts/{ref}/send", form)
            for _ in range(10)
        ]
    assert len({answer.result().location for answer in sent}) == 1
    assert owner(CASES) == [(1,)]


def test_a_double_click_on_begin_makes_one_draft(citizen, visitor, walking, owner):
    request_id = uuid4()
    assert walking.begin(citizen, request_id=request_id) == walking.begin(
        citizen, request_id=request_id
    )
    other = uuid4()
    assert walking.begin(visitor, request_id=other) == walking.begin(visitor, request_id=other)
    assert owner(DRAFTS) == [(2,)]


def test_a_late_beginning_leads_to_what_was_sent_and_begins_nothing(visitor, walking, owner):
    request_id = uuid4()
    code = walking.begin(visitor, request_id=request_id)
    walking.fill(visitor, code)
    walking.send(visitor, code)
    late = visitor.post("/eservices/1998/start", {"request_id": request_id})
    assert late.status_code == 303 and owner(DRAFTS) == [(0,)]
    shown = visitor.get(visitor.get(late.location).location)
    assert shown.status_code == 200 and "00001" in shown.text


def test_who_signs_in_after_beginning_begins_anew(citizen, colleague, visitor, walking, owner):
    request_id = uuid4()
    refs = [walking.begin(who, request_id=request_id) for who in (visitor, citizen, colleague)]
    assert len(set(refs)) == 3 and owner(DRAFTS) == [(3,)]
    again = [walking.begin(who, request_id=request_id) for who in (visitor, citizen, colleague)]
    assert again == refs and owner(DRAFTS) == [(3,)]


def test_beginning_without_a_profile_is_braked_and_with_one_is_not(
    visitor, citizen, walking, monkeypatch
):
    monkeypatch.setattr(
        StartForm, "rate_limit", RateLimit(thing="eservices:application.start", most=1)
    )
    walking.begin(visitor)
    asked = visitor.post("/eservices/1998/start", {"request_id": uuid4()})
    assert asked.status_code == 422 and "sum_answer" in asked.text
    walking.begin(citizen), walking.begin(citizen)


def test_a_draft_goes_on_elsewhere_by_its_code(visitor, walking, app, at):
    code = walking.begin(visitor)
    assert re.fullmatch(r"\d{20}", code)
    walking.fill(visitor, code, {"acting": walking.answers["acting"]})
    elsewhere = walking.visitor(app, at("gorno-selo"))
    spoken = " ".join(code[i : i + 4] for i in range(0, 20, 4))
    answer = elsewhere.post("/eservices/resume", {"code": spoken})
    assert answer.status_code == 303
    assert elsewhere.get(answer.location).status_code == 200


def test_a_draft_of_a_person_opens_for_nobody_else(citizen, colleague, visitor, walking):
    ref = walking.begin(citizen)
    path = f"/eservices/drafts/{ref}"
    assert colleague.get(path).status_code == 404
    assert colleague.get(f"{path}/acting").status_code == 404
    assert colleague.post(f"{path}/send", {"expected_version": 1}).status_code == 404
    # Who is signed out is asked who they are, and is told nothing.
    assert visitor.get(path).headers["Location"].startswith("/sign-in?next=/eservices/drafts/")
    assert visitor.get(f"{path}/acting").status_code == 302
    assert visitor.post(f"{path}/send", {"expected_version": 1}).status_code == 403


def test_a_code_is_good_in_its_own_municipality_only(visitor, walking, app, at):
    code = walking.begin(visitor)
    neighbour = walking.visitor(app, at("dolno-selo"))
    assert neighbour.get(f"/eservices/drafts/{code}").status_code == 404


def test_nothing_personal_is_kept_by_a_cache(visitor, walking):
    code = walking.begin(visitor)
    pages = [f"/eservices/drafts/{code}", f"/eservices/drafts/{code}/acting"]
    walking.fill(visitor, code)
    receipt = walking.send(visitor, code).location
    pages = ["/eservices/1998/start", "/eservices/resume", receipt]
    pages.append(receipt.removesuffix("/receipt"))
    for page in pages:
        answer = visitor.get(page)
        assert answer.status_code == 200
        assert "no-store" in answer.headers["Cache-Control"], page


def test_two_visitors_never_get_the_same_draft(app, at, offered, walking):
    first, second = (walking.visitor(app, at("gorno-selo")) for _ in range(2))
    ids = {
        re.search(r'name="request_id"[^>]*value="([^"]+)"', who.get("/eservices/1998/start").text)[
            1
        ]
        for who in (first, second)
    }
    assert len(ids) == 2


@pytest.mark.parametrize(
    ("name", "typed", "mend"),
    [
        ("applicant_id", "0307159275", "някоя цифра е сгрешена"),
        ("applicant_id", "0502309260", "няма такава дата на раждане"),
        ("applicant_id", "", "Попълнете „Номер“"),
        ("applicant_name", "я" * 201, "Съкратете текста до 200 знака"),
        ("applicant_id_kind", "passport", "Изберете отговор"),
    ],
)
def test_a_mistake_says_how_to_mend_it_and_keeps_what_was_typed(
    citizen, walking, name, typed, mend
):
    ref = walking.begin(citizen)
    walking.fill(citizen, ref, {"acting": walking.answers["acting"]})
    path = f"/eservices/drafts/{ref}/identity"
    form = {**walking.answers["identity"], name: typed}
    answer = citizen.post(path, {**form, "expected_version": walking.seen_on(citizen.get(path))})
    assert answer.status_code == 422
    assert mend in answer.text.replace("\xa0", " ")
    if name != "applicant_name":
        assert "Пена Иванова Пробова" in answer.text


@pytest.mark.parametrize("typed", ["\0", "\0" * 50, "x" * 100_000, "'; drop table", "<script>"])
def test_odd_input_is_never_a_fault_of_ours(citizen, walking, typed):
    ref = walking.begin(citizen)
    for path in (f"/eservices/drafts/{ref}/acting", "/eservices/resume"):
        answer = citizen.post(path, {"acting_as": typed, "code": typed, "expected_version": typed})
        assert answer.status_code in (400, 413, 422), path
    for path in ("/eservices/?q=", "/eservices/verify?code=", "/console/eservices/?number="):
        assert citizen.get(path + typed[:300]).status_code < 500


def test_a_late_copy_of_a_page_undoes_nothing(citizen, walking, owner):
    ref = walking.begin(citizen)
    path = f"/eservices/drafts/{ref}/acting"
    old = walking.seen_on(citizen.get(path))
    walking.fill(citizen, ref, {"acting": {"acting_as": "proxy"}})
    late = citizen.post(path, {"acting_as": "self", "expected_version": old})
    assert late.status_code == 422
    assert "беше променено" in late.text.replace("\xa0", " ")
    version = "select version, saved_at from t_gorno_selo.eservices_draft"
    before = owner(version)
    same = citizen.post(path, {"acting_as": "proxy", "expected_version": old})
    assert same.status_code == 303  # it is so already
    assert owner(version) == before  # so that what is being checked can still be sent


def test_answers_on_a_way_since_left_are_not_sent(citizen, walking, uow_in):
    ref = walking.begin(citizen)
    walking.fill(citizen, ref, {"acting": {"acting_as": "proxy"}})
    rest = {k: v for k, v in walking.answers.items() if k not in ("acting", "before", "delivery")}
    walking.fill(citizen, ref, rest)
    proxy = {
        "representative_name": "Петър Пробов Пробов",
        "representative_egn": "0402299282",
        "poa_number": "7",
        "poa_date": ["1", "2", "2020"],
    }
    walking.fill(citizen, ref, {"representative": proxy})
    walking.fill(citizen, ref, {k: walking.answers[k] for k in ("acting", "before", "delivery")})
    receipt = citizen.get(walking.send(citizen, ref).location).text
    assert "Петър Пробов Пробов" not in receipt


def test_answers_lie_sealed(citizen, walking, owner):
    ref = walking.begin(citizen)
    walking.fill(citizen, ref)
    walking.send(citizen, ref)
    rows = owner("select answers, applicant, number_index from t_gorno_selo.eservices_case")
    stored = b"".join(bytes(value) for value in rows[0])
    assert "Пена".encode() not in stored and b"0307159274" not in stored


def test_a_discarded_draft_is_gone(citizen, walking, owner):
    ref = walking.begin(citizen)
    path = f"/eservices/drafts/{ref}/discard"
    assert citizen.press(path).status_code == 303
    assert owner(DRAFTS) == [(0,)]
    assert citizen.get(path).status_code == 404


def test_who_has_no_profile_is_not_offered_a_document_by_email(visitor, citizen, walking):
    path = "/eservices/drafts/{}/delivery"
    assert 'value="electronic"' in citizen.get(path.format(walking.begin(citizen))).text
    code = walking.begin(visitor)
    page = visitor.get(path.format(code))
    assert 'value="electronic"' not in page.text
    expected_version = walking.seen_on(page)
    answer = visitor.post(
        path.format(code), {"delivery": "electronic", "expected_version": expected_version}
    )
    assert answer.status_code == 422
