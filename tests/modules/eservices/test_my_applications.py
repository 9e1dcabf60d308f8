"""What a person answers and what is said to them, also when it comes too late."""

import re
from datetime import timedelta

import pytest

from obshto.modules.eservices.services.case_queries import case_of
from obshto.platform.clock import day_of
from obshto.platform.legal.terms import term
from obshto.platform.web.formats import day
from obshto.platform.web.language import speaking

STEPS = "select name from t_gorno_selo.eservices_step order by at, id"


def text(page):
    return page.text.replace("\xa0", " ")


@pytest.mark.parametrize("act", ["withdraw", "close"])
def test_an_answer_that_comes_after_the_end_is_not_lost_in_silence(
    clerk, citizen, taken, walking, owner, uow_in, act
):
    clerk.press(f"/console/eservices/{taken}/ask", words="Кой имот?")
    path = f"/eservices/cases/{taken}"
    form = {"expected_version": walking.seen_on(citizen.get(path)), "words": "Къщата до чешмата."}
    if act == "withdraw":
        citizen.press(f"{path}/withdraw")
    else:
        with uow_in("gorno-selo") as uow:
            case_of(uow, taken).cure_until = day_of(uow.now) - timedelta(days=1)
            uow.commit()
        clerk.press(f"/console/eservices/{taken}", to="/close")
    late = citizen.post(path, form)
    assert late.status_code == 422 and "Отговорът Ви не е изпратен" in text(late)
    assert "Къщата до чешмата." in text(late)
    assert "answered" not in {name for (name,) in owner(STEPS)}


def test_another_answer_than_the_one_that_arrived_is_not_taken_for_it(
    clerk, citizen, taken, walking
):
    clerk.press(f"/console/eservices/{taken}/ask", words="Кой имот?")
    path = f"/eservices/cases/{taken}"
    form = {"expected_version": walking.seen_on(citizen.get(path)), "words": "Къщата."}
    assert citizen.post(path, form).status_code == 303
    assert citizen.post(path, form).status_code == 303  # a late copy
    other = citizen.post(path, {**form, "words": "Нивата."})
    assert other.status_code == 422 and "Нивата." in text(other)


@pytest.mark.parametrize(("service", "rule"), [("1998", "dopk"), ("1997", "apk")])
def test_silence_of_the_municipality_says_until_when_it_is_appealed(
    app, citizen, walking, uow_in, service, rule
):
    ref = walking.begin(citizen, service)
    pages = {**walking.answers, "about": {"about": "me"}}
    asks = re.findall(r'/drafts/[^/]+/([a-z]+)"', citizen.get(f"/eservices/drafts/{ref}").text)
    walking.fill(citizen, ref, {page: typed for page, typed in pages.items() if page in asks})
    case_id = walking.send(citizen, ref).location.split("/")[-2]
    with uow_in("gorno-selo") as uow:
        case = case_of(uow, case_id)
        case.due_on = day_of(uow.now) - timedelta(days=1)
        until = term(f"{rule}_silence_appeal", starts_on=case.due_on)
        uow.commit()
    page = text(citizen.get(f"/eservices/cases/{case_id}"))
    with app.test_request_context(), speaking("bg"):
        assert day(until.due_on).replace("\xa0", " ") in page
    assert until.article in page
