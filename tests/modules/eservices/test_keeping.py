"""What is kept, how long, what leaves and what goes; how many questions a page asks."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from obshto.modules.eservices.models import Case, Draft
from obshto.modules.eservices.privacy import erase, export
from obshto.modules.eservices.seeds import seed
from obshto.modules.eservices.services.drafts import sweep_drafts
from obshto.modules.eservices.services.reading import case_of
from obshto.modules.eservices.services.retention import YEARS, empty_old_cases
from obshto.platform.work import Principal, working
from obshto.tenants.api import scope_named
from obshto.tenants.people.roles import STAFF_ROLES

VILLAGE = "gorno-selo"


def test_a_person_takes_everything_along(citizen, clerk, taken, walking, work_in):
    walking.begin(citizen)
    with work_in(VILLAGE) as work:
        told = export(work, citizen.person_id)
    assert told["applications"][0]["answers"]["applicant_id"] == "0307159274"
    assert len(told["application_drafts"]) == 1
    assert [step["step"] for step in told["application_steps"]] == ["sent", "taken"]
    assert told["application_looks"] == [] and told["application_documents"] == []


def test_a_person_takes_along_what_was_issued(citizen, clerk, taken, work_in):
    clerk.press(f"/console/eservices/{taken}/refuse", words="Няма такъв имот.")
    with work_in(VILLAGE) as work:
        (paper,) = export(work, citizen.person_id)["application_documents"]
    assert paper["title"].startswith("Отказ") and re.fullmatch(r"20\d\d-00001", paper["number"])
    assert citizen.get(paper["file"]).data.startswith(b"%PDF-")


def test_erasing_takes_the_person_off_and_keeps_the_case_for_its_term(citizen, taken, work_in):
    with work_in(VILLAGE) as work:
        erase(work, citizen.person_id)
        work.commit()
    with work_in(VILLAGE) as work:
        assert not any(export(work, citizen.person_id).values())
        assert case_of(work, taken).state == "in_work"
    assert citizen.get(f"/eservices/cases/{taken}").status_code == 404


def test_of_staff_no_name_stays_beside_what_they_did(citizen, clerk, taken, work_in, owner):
    clerk.get(f"/console/eservices/{taken}")
    with work_in(VILLAGE) as work:
        erase(work, clerk.person_id)
        work.commit()
    for table in ("step", "look"):
        names = owner(f"select distinct by_name from t_gorno_selo.eservices_{table}")
        assert names == [("",)]
    assert "Веска" not in citizen.get(f"/eservices/cases/{taken}").text


def test_old_drafts_are_swept_and_young_ones_stay(citizen, walking, work_in, owner):
    walking.begin(citizen), walking.begin(citizen)
    with work_in(VILLAGE) as work:
        first = work.session.scalars(select(Draft).limit(1)).one()
        first.saved_at = work.now - timedelta(days=31)
        work.session.flush()
        sweep_drafts(work)
        work.commit()
    assert owner("select count(*) from t_gorno_selo.eservices_draft") == [(1,)]


def test_of_an_old_case_the_number_stays_and_no_word_of_the_person(citizen, taken, work_in):
    citizen.press(f"/eservices/cases/{taken}/withdraw")
    with work_in(VILLAGE) as work:
        case_of(work, taken).ended_at = work.now - timedelta(days=366 * YEARS) - timedelta(days=1)
        work.session.flush()
        empty_old_cases(work)
        empty_old_cases(work)
        work.commit()
    with work_in(VILLAGE) as work:
        case = case_of(work, taken)
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
        with working(scope, who) as work:
            for case in work.session.scalars(select(Case)):
                case.request_id = uuid4()
            work.session.flush()
            seed(work)

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
    many = asked(case_id)
    assert many == few
    assert max(many.values()) <= 14, many
