"""What is kept, how long, what leaves and what goes; how many questions a page asks."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from obshto.modules.eservices.models import Case, Draft
from obshto.modules.eservices.privacy import erase, export
from obshto.modules.eservices.seeds import seed
from obshto.modules.eservices.services.case_queries import case_of
from obshto.modules.eservices.services.drafts import sweep_drafts
from obshto.modules.eservices.services.retention import YEARS, empty_old_cases
from obshto.platform.privacy.services import erase_person
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named
from obshto.tenants.people.roles import STAFF_ROLES

VILLAGE = "gorno-selo"


def test_a_person_takes_everything_along(citizen, clerk, taken, walking, uow_in):
    walking.begin(citizen)
    with uow_in(VILLAGE) as uow:
        told = export(uow, citizen.person_id)
    assert told["applications"][0]["answers"]["applicant_id"] == "0307159274"
    assert len(told["application_drafts"]) == 1
    assert [step["step"] for step in told["application_steps"]] == ["sent", "taken"]
    assert told["application_looks"] == [] and told["application_documents"] == []


def test_a_person_takes_along_what_was_issued(citizen, clerk, taken, uow_in):
    clerk.press(f"/console/eservices/{taken}/refuse", words="Няма такъв имот.")
    with uow_in(VILLAGE) as uow:
        (paper,) = export(uow, citizen.person_id)["application_documents"]
    assert paper["title"].startswith("Отказ") and re.fullmatch(r"20\d\d-00001", paper["number"])
    assert citizen.get(paper["file"]).data.startswith(b"%PDF-")


def test_erasing_takes_the_person_off_and_keeps_the_case_for_its_term(citizen, taken, uow_in):
    with uow_in(VILLAGE) as uow:
        erase(uow, citizen.person_id)
        uow.commit()
    with uow_in(VILLAGE) as uow:
        assert not any(export(uow, citizen.person_id).values())
        assert case_of(uow, taken).state == "in_work"
    assert citizen.get(f"/eservices/cases/{taken}").status_code == 404


def test_of_staff_no_name_stays_beside_what_they_did(citizen, clerk, taken, uow_in, owner):
    clerk.get(f"/console/eservices/{taken}")
    with uow_in(VILLAGE) as uow:
        erase_person(uow, clerk.person_id)
        uow.commit()
    for table in ("eservices_step", "purposes_look"):
        names = owner(f"select distinct by_name from t_gorno_selo.{table}")
        assert names == [("",)]
    assert "Веска" not in citizen.get(f"/eservices/cases/{taken}").text


def test_old_drafts_are_swept_and_young_ones_stay(citizen, walking, uow_in, owner):
    walking.begin(citizen), walking.begin(citizen)
    with uow_in(VILLAGE) as uow:
        first = uow.session.scalars(select(Draft).limit(1)).one()
        first.saved_at = uow.now - timedelta(days=31)
        uow.session.flush()
        sweep_drafts(uow)
        uow.commit()
    assert owner("select count(*) from t_gorno_selo.eservices_draft") == [(1,)]


def test_of_an_old_case_the_number_stays_and_no_word_of_the_person(citizen, taken, uow_in):
    citizen.press(f"/eservices/cases/{taken}/withdraw")
    with uow_in(VILLAGE) as uow:
        case_of(uow, taken).ended_at = uow.now - timedelta(days=366 * YEARS) - timedelta(days=1)
        uow.session.flush()
        empty_old_cases(uow)
        empty_old_cases(uow)
        uow.commit()
    with uow_in(VILLAGE) as uow:
        case = case_of(uow, taken)
        assert (case.read(), case.applicant, case.person_id) == ({}, "", None)
        assert re.fullmatch(r"20\d\d-00001", case.number)


def test_a_document_is_bulgarian_whatever_the_clerk_speaks(clerk, taken, citizen):
    page = clerk.get(f"/en/console/eservices/{taken}/issue").text
    text = page.partition('lang="bg"><p>')[2]
    assert "Община Горно село" in text.replace("\xa0", " ")
    assert "Municipality" not in text.partition("</main>")[0]


@pytest.fixture
def chief(sign_in, offered):
    return sign_in(VILLAGE, *STAFF_ROLES)


@pytest.fixture
def fill(app, chief):
    """fill(): the seeds once more, as applications of that person."""

    def filled():
        scope, who = scope_named(VILLAGE), Principal(person_id=chief.person_id, name="Проба")
        with open_uow(scope, who) as uow:
            for case in uow.session.scalars(select(Case)):
                case.request_id = uuid4()
            uow.session.flush()
            seed(uow)

    def inside():
        with app.app_context():
            filled()

    return inside


@pytest.fixture
def asked(chief, statements_of):
    """asked(case_id): how many statements each page is made of."""

    def look(page):
        assert chief.get(page).status_code == 200, page

    return lambda case_id: {
        page: len(statements_of(lambda to=page: look(to))) for page in pages_of(case_id)
    }


def pages_of(case_id):
    pages = [f"/console/eservices/?list={name}" for name in ("new", "work", "done")]
    pages += [f"/console/eservices/{case_id}", "/eservices/mine", f"/eservices/cases/{case_id}"]
    return [*pages, "/eservices/", "/eservices/1998", "/console/eservices/offers"]


def test_no_page_of_services_asks_for_each_row(asked, fill, owner):
    fill()
    waiting = "select id from t_gorno_selo.eservices_case where state = 'asked' order by sequence"
    case_id = owner(waiting)[0][0]
    asked(case_id)  # the first look of a sitting is written down
    few = asked(case_id)
    for _ in range(3):
        fill()
    assert owner("select count(*) from t_gorno_selo.eservices_case")[0][0] >= 20
    asked(case_id)  # and of what came since
    many = asked(case_id)
    assert many == few
    assert max(many.values()) <= 14, many
