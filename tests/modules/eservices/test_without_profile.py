"""Who has no profile is told by e-mail or by staff, and the console does not pretend otherwise."""

import re

import pytest

from obshto.modules.eservices.notifications import reader_of_case
from obshto.modules.eservices.services.letters import news

SENT = "select id from t_gorno_selo.eservices_case"


def text(page):
    return page.text.replace("\xa0", " ")


@pytest.fixture
def by_code(clerk, visitor, walking, owner):
    """by_code(email): the id of a case sent with a code and taken by the clerk."""

    def sent(email=""):
        code = walking.begin(visitor)
        walking.fill(visitor, code, email=email)
        walking.send(visitor, code)
        case_id = owner(SENT)[0][0]
        assert clerk.press(f"/console/eservices/{case_id}", to="/take").status_code == 303
        return case_id

    return sent


def test_the_clerk_is_told_whom_to_call(clerk, by_code):
    case_id = by_code()
    for page in ("", "/ask"):
        shown = text(clerk.get(f"/console/eservices/{case_id}{page}"))
        assert "порталът няма на кого да пише" in shown and "888 123 456" in shown, page


def test_nobody_is_said_to_have_been_written_to(clerk, by_code):
    answer = clerk.press(f"/console/eservices/{by_code()}/ask", words="Кой имот?")
    page = text(clerk.get(answer.location))
    assert "Писахме на заявителя" not in page and "обадете му се" in page


def test_an_address_in_the_application_is_written_to_without_its_code(
    clerk, by_code, queued, uow_in
):
    case_id = by_code("pena@villages.example")
    assert "pena@villages.example" in text(clerk.get(f"/console/eservices/{case_id}"))
    answer = clerk.press(f"/console/eservices/{case_id}/ask", words="Тайна подробност")
    assert "Писахме на заявителя" in text(clerk.get(answer.location))
    (fact,) = [a["payload"] for _, a in queued() if a.get("fact") == "eservices:application.asked"]
    with uow_in("gorno-selo") as uow:
        (reader,) = reader_of_case(uow, fact)
        subject, letter = news(uow, fact)
    assert (reader.person_id, reader.email) == (None, "pena@villages.example")
    assert "/eservices/resume" in letter and "Тайна" not in subject + letter
    assert not re.search(r"\d{20}", letter)


def test_who_has_a_profile_is_written_to(clerk, taken):
    assert "на кого да пише" not in text(clerk.get(f"/console/eservices/{taken}"))
    answer = clerk.press(f"/console/eservices/{taken}/ask", words="Кой имот?")
    assert "Писахме на заявителя" in text(clerk.get(answer.location))
    assert re.search(r"said=eservices\.asked$", answer.location)
