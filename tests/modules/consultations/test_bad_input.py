"""What is typed stays text, and stays on the page when too much is sent from one place."""

import html
import re
from uuid import uuid4

import pytest
from tests.modules.consultations.test_pages import (
    NAME,
    VILLAGE,
    WRITTEN,
    enter,
    opened,
    path_of,
    secretary,
    switched_on,
    visitor,
)

from obshto.modules.consultations.forms import OpinionForm
from obshto.platform.rate_limit.services import RateLimit

__all__ = ["opened", "secretary", "switched_on", "visitor"]  # fixtures
PASTED = '<p onclick="alert(1)">Да се пази <b>сянката</b></p><script>alert(1)</script>'


@pytest.fixture
def one_an_hour(monkeypatch):
    limit = RateLimit(thing="consultations:opinion.give", most=1)
    monkeypatch.setattr(OpinionForm, "rate_limit", limit)


def test_who_sends_too_much_is_asked_for_a_sum_and_keeps_what_was_typed(visitor, one_an_hour):
    assert visitor.say().status_code == 303
    once, words = uuid4(), "Второ становище от същия адрес"
    asked = visitor.say(words=words, request_id=once)
    page = asked.text.replace("\xa0", " ")
    assert asked.status_code == 422 and "Написаното от Вас е запазено" in page
    assert words in page and NAME in page and "author@villages.example" in page
    token = re.search(r'name="sum_token"[^>]*value="([^"]+)"', asked.text)[1]
    one, other = map(int, re.search(r"(\d+) плюс (\d+)", page).groups())
    told = {"words": words, "request_id": once, "sum_token": token}
    assert visitor.say(**told, sum_answer=str(one + other)).status_code == 303


def test_an_account_is_counted_by_itself_and_asked_for_a_sum_as_well(
    visitor, opened, sign_in, one_an_hour
):
    assert visitor.say().status_code == 303
    person = sign_in(VILLAGE, name="Проба Гражданинова", email="citizen@villages.example")
    say, words = f"/consultations/{opened}/say", "Второ становище от профила"
    typed = {"words": "Първо", "author": NAME, "behalf": "own", "request_id": uuid4()}
    assert person.post(say, typed).status_code == 303, "a neighbour sent one from here"
    typed |= {"words": words, "request_id": uuid4()}
    asked = person.post(say, typed)
    assert asked.status_code == 422 and words in asked.text.replace("\xa0", " ")
    token = re.search(r'name="sum_token"[^>]*value="([^"]+)"', asked.text)[1]
    one, other = map(int, re.search(r"(\d+) плюс (\d+)", asked.text.replace("\xa0", " ")).groups())
    typed |= {"sum_token": token, "sum_answer": str(one + other)}
    assert person.post(say, typed).status_code == 303


def test_pasted_html_is_read_as_text_by_everybody(visitor, secretary, opened):
    enter(secretary, opened, words=PASTED, channel="post")
    for page in (
        visitor.get(f"/consultations/{opened}/opinions").text,
        secretary.get(f"/console/consultations/{opened}/opinions").text,
    ):
        assert "<b>сянката" not in page and "alert(1)</script>" not in page
        assert PASTED in html.unescape(page).replace("\xa0", " ")
    assert "<script>" in visitor.get(f"/consultations/{opened}/table.csv").text
    record = visitor.get(f"/consultations/{opened}/record.json").json
    assert record["table"][0]["Становище"] == PASTED


def test_a_draft_typed_with_html_is_read_as_text(visitor, secretary):
    written = {**WRITTEN, "draft": f"{PASTED}\nВтори абзац", "reasons": PASTED}
    made = path_of(secretary.post("/console/consultations/new", {**written, "request_id": uuid4()}))
    secretary.press(f"{made}/publish")
    page = visitor.get(made.removeprefix("/console")).text
    assert "<b>сянката" not in page and "alert(1)</script>" not in page
    assert html.unescape(page).replace("\xa0", " ").count(PASTED) >= 2
