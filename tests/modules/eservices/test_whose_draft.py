"""A draft begun without a profile goes into that of its person, and into nobody else's."""

from uuid import uuid4

import pytest

from obshto.modules.eservices.privacy import erase
from obshto.tenants.api import end_session

KEEP = "Запазете черновата в профила си"
DRAFTS = "select person_id from t_gorno_selo.eservices_draft"


def text(page):
    return page.text.replace("\xa0", " ")


@pytest.fixture
def code(visitor, walking):
    """The code of a filled draft of somebody who is not signed in."""
    ref = walking.begin(visitor)
    walking.fill(visitor, ref)
    return ref


def test_who_signs_in_takes_the_draft_along_and_sends_it(citizen, code, walking):
    """By the link or by the code; a second click is no second act."""
    path = f"/eservices/drafts/{code}"
    assert (
        KEEP in text(citizen.get(f"{path}/before"))
        and code not in citizen.get("/eservices/mine").text
    )
    for _ in range(2):
        kept = citizen.post(f"{path}/keep")
        assert kept.status_code == 303
    ref = kept.location.split("/drafts/")[1][:36]
    assert f"/eservices/drafts/{ref}" in citizen.get("/eservices/mine").text
    page = text(citizen.get(kept.location))
    assert "Черновата вече е в профила Ви" in page and "Пена Иванова Пробова" in page
    assert KEEP not in page
    receipt = walking.send(citizen, ref).location
    assert citizen.get(receipt).status_code == 200
    assert receipt.split("/")[-2] in citizen.get("/eservices/mine").text


def test_the_way_into_the_profile_is_shown_to_who_holds_the_code(visitor, code, walking):
    page = text(visitor.get(f"/eservices/drafts/{code}"))
    assert "Имате профил? Влезте" in page and KEEP not in page
    path = f"/eservices/drafts/{code}/identity"
    typed = {**walking.answers["identity"], "applicant_id": "1"}
    wrong = visitor.post(path, {**typed, "expected_version": walking.seen_on(visitor.get(path))})
    assert wrong.status_code == 422
    assert f"next={path}" in wrong.text, "not to where staff work"
    assert visitor.post(f"/eservices/drafts/{code}/keep").status_code == 403


def test_to_open_it_is_not_to_take_it(citizen, code, owner):
    """A neighbour with a profile types for somebody else: it stays with its code."""
    citizen.get(f"/eservices/drafts/{code}")
    citizen.post("/eservices/resume", {"code": code})
    assert owner(DRAFTS) == [(None,)]


def test_a_second_person_neither_takes_nor_reads_what_is_in_a_profile(
    citizen, code, sign_in, visitor, owner
):
    citizen.post(f"/eservices/drafts/{code}/keep")
    ref = owner("select id from t_gorno_selo.eservices_draft")[0][0]
    other = sign_in("gorno-selo", name="Друга Пробова", email="d@v.example")
    for at in (code, ref):
        assert other.post(f"/eservices/drafts/{at}/keep").status_code == 404
        for person in (other, visitor):
            by_id = person is visitor and at != code  # who is signed out is asked to sign in
            for page in (f"/eservices/drafts/{at}/before", f"/eservices/drafts/{at}"):
                assert person.get(page).status_code == (302 if by_id else 404)
    assert owner(DRAFTS) == [(citizen.person_id,)]
    assert citizen.get(f"/eservices/drafts/{code}").status_code == 200


def test_who_erases_their_account_leaves_nothing_to_who_knew_the_code(
    citizen, code, walking, visitor, uow_in
):
    kept = citizen.post(f"/eservices/drafts/{code}/keep").location
    walking.send(citizen, kept.split("/drafts/")[1][:36])
    assert citizen.get(f"/eservices/cases/{code}").status_code == 200
    with uow_in("gorno-selo") as uow:
        erase(uow, citizen.person_id)
        uow.commit()
    for page in ("", "/receipt", "/receipt.pdf"):
        assert visitor.get(f"/eservices/cases/{code}{page}").status_code == 404


def test_the_code_of_one_municipality_opens_nothing_in_another(code, sign_in, owner):
    neighbour = sign_in("dolno-selo", name="Съседка Пробова", email="s@v.example")
    assert neighbour.post(f"/eservices/drafts/{code}/keep").status_code == 404
    assert owner(DRAFTS) == [(None,)]
    assert owner("select count(*) from t_dolno_selo.eservices_draft") == [(0,)]


@pytest.mark.parametrize("tail", ["", "/receipt", "/withdraw", "/complain"])
def test_the_link_of_a_letter_leads_through_sign_in_to_that_very_page(sent, visitor, tail):
    """Whether there is such a case or not, nobody who is signed out can tell."""
    for case_id in (sent, str(uuid4())):
        path = f"/eservices/cases/{case_id}{tail}"
        answer = visitor.get(path)
        assert answer.status_code == 302
        assert answer.location.endswith(f"/sign-in?next={path}")


def test_a_page_of_a_draft_sent_after_the_session_ended_keeps_what_was_typed(
    citizen, walking, app, sign_in
):
    ref = walking.begin(citizen)
    path = f"/eservices/drafts/{ref}/contact"
    typed = {"phone": "0888 123 456", "email": "nova@villages.example"}
    form = {**typed, "expected_version": walking.seen_on(citizen.get(path))}
    citizen.form_token()
    with app.app_context():
        end_session(citizen.client.get_cookie("session", domain="gorno-selo.localhost").value)
    assert citizen.get(path).location.endswith(f"/sign-in?next={path}")
    given_back = citizen.post(path, form)
    assert given_back.status_code == 403 and f"/sign-in?next={path}" in given_back.text
    [(_, kept)] = [form for form in citizen.forms_in(given_back.text, path) if "phone" in form[1]]
    assert {name: kept[name] for name in typed} == typed
    # Another person on the same computer signs in: it is not theirs, so nothing is written.
    other = sign_in("gorno-selo", name="Друга Пробова", email="d@v.example")
    del kept["csrf_token"]  # the page of the one before; theirs is their own
    assert other.post(path, kept).status_code == 404
