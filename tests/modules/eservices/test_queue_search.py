"""One search over all lists: by number, name, personal number, phone, service; and where."""

import re
from uuid import uuid4

import pytest

from obshto.modules.eservices.models import Case
from obshto.modules.eservices.services import case_queries
from obshto.modules.eservices.services.catalogue import catalogue_services
from obshto.modules.eservices.services.drafts import draft_at, start_draft
from obshto.modules.eservices.services.publication import latest
from obshto.modules.eservices.services.search_words import index_old_cases
from obshto.modules.eservices.services.submission import send_application
from obshto.platform.clock import day_of


def text(page):
    return page.text.replace("\xa0", " ")


@pytest.fixture
def refused(clerk, taken):
    """It stands in no list but the last one."""
    answer = clerk.press(f"/console/eservices/{taken}/refuse", words="Лицето не е посочило имота.")
    assert answer.status_code == 303
    return taken


@pytest.mark.parametrize(
    "words",
    [
        *("1", "00001", "{number}", "№ {number}"),
        *("Пробова", "пена пробова", "ПРОБОВА, Пена"),
        *("0307159274", "030715 9274"),
        *("0888 123 456", "+359888123456"),
        "задължения",
    ],
)
def test_a_case_that_is_done_is_found_from_the_first_list(clerk, refused, owner, words):
    year, sequence = owner("select year, sequence from t_gorno_selo.eservices_case")[0]
    number = f"{year}-{sequence:05d}"
    words = words.format(number=number)
    if words in ("1", "00001"):
        words = words.replace("1", str(sequence))
    answer = clerk.press("/console/eservices/", to="/find", text=words)
    assert answer.status_code == 303, words
    page = text(clerk.get(re.sub(r"^https?://[^/]+", "", answer.location)))
    assert number in page, words
    assert "Намерено във всички списъци: 1 заявление." in page
    assert "Приключени (1)" in page and "Нови (0)" in page


@pytest.fixture
def of_a_company(citizen, uow_in):
    """The number of an application that a company sent."""
    answers = next(
        case["answers"]
        for case in latest("1998").cases
        if case["answers"]["applicant_id_kind"] == "eik"
    )
    with uow_in("gorno-selo") as uow:
        ref = start_draft(uow, catalogue_services()["1998"], request_id=uuid4())
        draft = draft_at(uow, ref)
        draft.keep(answers)
        uow.session.flush()
        number = send_application(uow, ref, expected_version=draft.version).number
        uow.commit()
    return number


@pytest.mark.parametrize("words", ["999000017", " 999 000 017 "])
def test_a_company_is_found_by_its_number_in_the_one_search(clerk, refused, of_a_company, words):
    answer = clerk.press("/console/eservices/", to="/find", text=words)
    assert "999000017" not in answer.location
    page = text(clerk.get(re.sub(r"^https?://[^/]+", "", answer.location)))
    assert of_a_company in page and "Намерено във всички списъци: 1 заявление." in page
    assert "Нови (1)" in page and "Приключени (0)" in page


@pytest.mark.parametrize("words", ["Петрова", "0402299282", "0899 999 999", "99999", "скица"])
def test_what_is_nowhere_is_said_to_be_nowhere(clerk, refused, words):
    answer = clerk.press("/console/eservices/", to="/find", text=words)
    page = text(clerk.get(re.sub(r"^https?://[^/]+", "", answer.location)))
    assert "Намерени във всички списъци: 0 заявления." in page and "Няма такова" in page


@pytest.mark.parametrize("words", ["7501010019", "!!", "12345678901234567"])
def test_digits_that_are_nobodys_number_are_told_and_stay(clerk, refused, words):
    page = clerk.press("/console/eservices/", to="/find", text=words)
    assert page.status_code == 422
    assert "Това не е входящ номер" in text(page) and f'value="{words}"' in page.text


def test_no_name_and_no_number_stands_in_an_address_or_lies_open(clerk, refused, owner):
    for words in ("Пробова", "0307159274", "0888123456"):
        location = clerk.press("/console/eservices/", to="/find", text=words).location
        assert words not in location and "%D0" not in location
    (row,) = owner("select array_to_string(search_words, ' ') from t_gorno_selo.eservices_case")
    assert re.fullmatch(r"[0-9a-f ]+", row[0])


def test_cases_from_before_the_search_are_found_after_the_job(clerk, refused, uow_in):
    with uow_in("gorno-selo") as uow:
        uow.session.get_one(Case, refused).search_words = None
        uow.commit()
    page = clerk.press("/console/eservices/", to="/find", text="Пробова")
    path = re.sub(r"^https?://[^/]+", "", page.location)
    assert "0 заявления" in text(clerk.get(path))
    with uow_in("gorno-selo") as uow:
        index_old_cases(uow)
        uow.commit()
    assert "1 заявление" in text(clerk.get(path))


@pytest.mark.parametrize(
    "asked",
    [
        *({"list": name} for name in (*case_queries.LISTS, case_queries.ALL)),
        *({"list": name, "service": "1998"} for name in ("new", "done")),
        *({"list": name, "services": ("1998",)} for name in ("new", "done", "all")),
        {"list": "new", "services": ("1998",), "service": "nothing"},
    ],
)
def test_each_list_counts_what_it_shows(refused, of_a_company, uow_in, asked):
    wanted = case_queries.Wanted(**asked)
    with uow_in("gorno-selo") as uow:
        today = day_of(uow.now)
        counts = case_queries.counts_of_lists(uow, wanted, today=today)
        numbers = uow.session.execute(counts).one()._mapping
        shown = uow.session.scalars(case_queries.queue(uow, wanted, today=today)).all()
    assert numbers[wanted.total] == len(shown)


def test_the_neighbours_search_finds_nothing_of_it(clerk, refused, sign_in):
    from obshto.platform.permissions import Role  # noqa: PLC0415

    other = sign_in("dolno-selo", Role.REGISTRY_CLERK, name="Друга", email="dr@v.example")
    location = clerk.press("/console/eservices/", to="/find", text="Пробова").location
    path = re.sub(r"^https?://[^/]+", "", location)
    assert "0 заявления" in text(other.get(path))
