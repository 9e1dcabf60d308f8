"""A copy on paper: for the person at the counter alone, recorded once, readable."""

from uuid import uuid4

import pytest

from obshto.platform.permissions import Role

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
DESK = "/console/personaldata/print-copy"
EMAIL = "chovek@villages.example"


@pytest.fixture
def person(sign_in):
    return sign_in(VILLAGE, name="Проба Иванова Човешка", email=EMAIL)


@pytest.fixture
def asked(person):
    sent = {"words": "Кажете какво знаете", "name": "Проба", "request_id": uuid4(), "behalf": ""}
    assert person.post("/personaldata/new/access", sent).status_code == 303


def typed(**changed):
    form = {"name": "Проба Човешка", "email": EMAIL, "is_checked": "y", "request_id": uuid4()}
    return form | changed


def test_the_clerk_prints_it_once_and_the_person_reads_that(asked, person, sign_in, owner, caplog):
    clerk, form = sign_in(VILLAGE, Role.REGISTRY_CLERK), typed()
    pages = {clerk.post(DESK, form).location for _ in range(2)}
    assert len(pages) == 1
    paper = pages.pop()
    for _ in range(2):
        shown = clerk.get(paper).text
        assert "Кажете какво знаете" in shown and "Изпратено на" in shown
    looks = "select count(*) from t_gorno_selo.purposes_look where purpose = 'copy'"
    assert owner(looks) == [(1,)]
    assert "without a recorded look" not in caplog.text  # the page says for which it is opened
    assert "Отпечата на гише копие на данните Ви" in person.get("/personaldata/looks").text
    other = sign_in(VILLAGE, Role.REGISTRY_CLERK)
    assert other.get(paper).status_code == 404


def test_another_name_an_unseen_card_or_another_municipality_get_nothing(asked, sign_in, owner):
    clerk, stranger = (sign_in(where, Role.REGISTRY_CLERK) for where in (VILLAGE, NEIGHBOUR))
    for who, form in (
        (clerk, typed(name="Друга Жена")),
        (clerk, typed(email="nikoy@villages.example")),
        (clerk, typed(is_checked="")),
        (stranger, typed()),
    ):
        answer = who.post(DESK, form)
        assert answer.status_code == 422 and form["name"] in answer.text
    for village in ("gorno_selo", "dolno_selo"):
        looks = f"select count(*) from t_{village}.purposes_look where purpose = 'copy'"
        assert owner(looks) == [(0,)]
    assert sign_in(VILLAGE, Role.EDITOR).get(DESK).status_code == 403
