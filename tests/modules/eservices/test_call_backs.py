"""„Обадете ми се“: a phone left at a question, on the list of staff once, the draft unseen."""

import re

import pytest
from support.designer_pages import NEIGHBOUR, VILLAGE, text

from obshto.modules.eservices.privacy import export
from obshto.platform.permissions import Role

CALLS = "/console/eservices/calls"
ASKED = {"phone": "0888 765 432", "name": "Пена", "time": "afternoon"}
ROWS = "select count(*) from t_gorno_selo.eservices_call_back"


@pytest.fixture
def draft(citizen, walking):
    ref = walking.begin(citizen)
    walking.fill(citizen, ref, {"acting": walking.answers["acting"]})
    return f"/eservices/drafts/{ref}"


def ask(person, draft, **typed):
    shown = person.get(f"{draft}/call?step=identity")
    request_id = re.search(r'name="request_id"[^>]* value="([^"]+)"', shown.text)[1]
    return person.post(f"{draft}/call", {"request_id": request_id, "step": "identity", **typed})


def press(person, action, **typed):
    return person.press(CALLS, to=action, **typed)


def test_a_phone_is_left_and_staff_call_once(citizen, clerk, draft, owner):
    step = citizen.get(f"{draft}/identity")
    assert f"{draft}/call?step=identity" in step.text
    for phone in ("0888 765 432", "0888 765 433"):  # the second one corrects the first
        assert ask(citizen, draft, **{**ASKED, "phone": phone}).status_code == 303
    assert owner(ROWS) == [(1,)]
    listed = text(clerk.get(CALLS))
    assert "Кога е удобно: След обяд" in listed and "Стъпка „" in listed
    assert "765" not in listed and "Пена" not in listed
    assert press(clerk, "/look").status_code == 303
    opened = text(clerk.get(CALLS))
    assert "888 765 433" in opened and "Пена" in opened and "Говорихме" in opened
    press(clerk, "/ended", result="reached")
    assert "Говорихме" not in text(clerk.get(CALLS))
    assert "Пена" not in text(clerk.get(f"{CALLS}?list=ended")).split("<main")[0]
    assert ask(citizen, draft, **ASKED).status_code == 303, "asked again after it was made"
    assert owner(ROWS) == [(1,)]


def test_the_draft_is_read_only_where_the_person_lets(citizen, clerk, draft, owner):
    ask(citizen, draft, **ASKED)
    [(call,)] = owner("select id from t_gorno_selo.eservices_call_back")
    assert clerk.get(f"{CALLS}/{call}/draft").status_code == 404
    ask(citizen, draft, **ASKED, shows_draft="y")
    shown = clerk.get(f"{CALLS}/{call}/draft")
    assert shown.status_code == 200 and "За себе си" in text(shown)
    looks = "select purpose from t_gorno_selo.purposes_look where object_id = (select draft_id from"
    told = owner(f"{looks} t_gorno_selo.eservices_call_back)")
    assert ("calls",) in told


def test_bad_numbers_are_told_and_the_rest_stays(citizen, draft, owner):
    answer = ask(citizen, draft, **{**ASKED, "phone": "12"})
    assert answer.status_code == 422 and 'value="Пена"' in answer.text
    assert owner(ROWS) == [(0,)]


def test_who_changes_their_mind_and_what_goes_with_the_draft(citizen, draft, owner, uow_in):
    ask(citizen, draft, **ASKED)
    assert citizen.press(f"{draft}/call", to="/cancel").status_code == 303
    assert owner(ROWS) == [(0,)]
    ask(citizen, draft, **ASKED)
    with uow_in(VILLAGE) as uow:
        [told] = export(uow, citizen.person_id)["application_calls"]
    assert told["phone"] == "+359888765432"
    citizen.press(f"{draft}/discard")
    assert owner(ROWS) == [(0,)]


def test_strangers_ask_and_call_for_nobody(citizen, draft, sign_in, clerk):
    ask(citizen, draft, **ASKED)
    assert sign_in(VILLAGE).get(f"{draft}/call").status_code == 404
    assert citizen.get(CALLS).status_code == 403
    there = sign_in(NEIGHBOUR, Role.REGISTRY_CLERK, name="Съсед", email="s@n.example")
    call = re.search(rf"{CALLS}/([0-9a-f-]{{36}})/look", clerk.get(CALLS).text)[1]
    assert call not in there.get(CALLS).text
    assert there.get(f"{CALLS}/{call}/draft").status_code == 404
