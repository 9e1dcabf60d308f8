"""Who has no profile is told by staff, and the console does not pretend otherwise."""

import re

import pytest


def text(page):
    return page.text.replace("\xa0", " ")


@pytest.fixture
def by_code(clerk, visitor, walking, owner):
    """The id of a case sent with a code and taken by the clerk."""
    code = walking.begin(visitor)
    walking.fill(visitor, code, email="pena@villages.example")
    walking.send(visitor, code)
    case_id = owner("select id from t_gorno_selo.eservices_case")[0][0]
    assert clerk.press(f"/console/eservices/{case_id}", to="/take").status_code == 303
    return case_id


def test_the_clerk_is_told_whom_to_call(clerk, by_code):
    for page in ("", "/ask"):
        shown = text(clerk.get(f"/console/eservices/{by_code}{page}"))
        assert "порталът няма на кого да пише" in shown, page
        assert "888 123 456" in shown and "pena@villages.example" in shown, page


def test_nobody_is_said_to_have_been_written_to(clerk, by_code):
    answer = clerk.press(f"/console/eservices/{by_code}/ask", words="Кой имот?")
    page = text(clerk.get(answer.location))
    assert "Писахме на заявителя" not in page and "обадете му се" in page


def test_who_has_a_profile_is_written_to(clerk, taken):
    assert "на кого да пише" not in text(clerk.get(f"/console/eservices/{taken}"))
    answer = clerk.press(f"/console/eservices/{taken}/ask", words="Кой имот?")
    assert "Писахме на заявителя" in text(clerk.get(answer.location))
    assert re.search(r"said=eservices\.asked$", answer.location)
