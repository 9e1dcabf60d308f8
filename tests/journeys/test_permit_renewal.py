"""A taxi driver is reminded in time that the permit ends, and renews it with what is known."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import expect

from obshto.modules.eservices.models import IssuedDocument
from obshto.modules.eservices.services.case_actions import take_case
from obshto.modules.eservices.services.case_queries import case_of, document_of
from obshto.modules.eservices.services.catalogue import catalogue_services
from obshto.modules.eservices.services.decisions import issue_document
from obshto.modules.eservices.services.drafts import draft_at, start_draft
from obshto.modules.eservices.services.publication import latest
from obshto.modules.eservices.services.renewals import watch_expiry
from obshto.modules.eservices.services.submission import send_application
from obshto.platform.clock import now, today
from obshto.platform.permissions import Role
from obshto.platform.questionnaires.values import as_text
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named, session_behind

pytestmark = pytest.mark.browser
VILLAGE, TAXI = "gorno-selo", "2069"
YEAR, MONTH_AND_HALF = timedelta(days=365), timedelta(days=45)
BEGINS, ENDS = date(today().year + 1, 1, 15), date(today().year + 1, 12, 31)
CLERK = Principal(person_id=uuid4(), name="Веска Деловодна")


@pytest.fixture
def driver(site, furnish, visit, time_passes):
    """At a phone, with a permit that was issued most of a year ago, and its document's number."""
    furnish("eservices")
    token = site.token(VILLAGE)
    with site.app.app_context():
        me = Principal(person_id=session_behind(token).person_id, name="Пена Пробова")
        case_id = _apply(me)
        with open_uow(scope_named(VILLAGE), CLERK) as uow:
            document = _issue(uow, case_id)
            document_id, number = document.id, document.number
            uow.commit()
    ends = today() + MONTH_AND_HALF
    time_passes(
        IssuedDocument, str(document_id), valid_until=ends, issued_at=now() - YEAR + MONTH_AND_HALF
    )
    page = visit(js=False, cookies=[site.cookie(VILLAGE, token)])
    return page, number


def _apply(me) -> UUID:
    case = latest(TAXI).cases[0]["answers"]
    given = {name: a if isinstance(a, str) else as_text(a) for name, a in case.items()}
    with open_uow(scope_named(VILLAGE), me) as uow:
        ref = start_draft(uow, catalogue_services()[TAXI], request_id=uuid4())
        draft = draft_at(uow, ref)
        draft.keep({**given, "from_day": str(today() - YEAR), "to_day": str(today())})
        uow.session.flush()
        sent = send_application(uow, ref, expected_version=draft.version)
        uow.commit()
        return sent.id


def _issue(uow, case_id):
    case = case_of(uow, case_id)
    take_case(uow, case, expected_version=case.version)
    uow.session.flush()
    issue_document(uow, case, latest(TAXI).cases[0]["official"], expected_version=case.version)
    uow.session.flush()
    return document_of(uow, case)


def remind(site):
    """What the job does each morning."""
    with site.app.app_context(), open_uow(scope_named(VILLAGE), Principal.system("test")) as uow:
        watch_expiry(uow)
        uow.commit()


def fill_day(page, name, day):
    boxes = page.locator(f"[name={name}]").all()
    for box, part in zip(boxes, (day.day, day.month, day.year), strict=True):
        box.fill(str(part))


def test_a_permit_is_renewed_in_time_with_what_is_known(site, driver, person):
    page, number = driver
    host = site.at(VILLAGE)
    remind(site)
    clerk = person(Role.REGISTRY_CLERK)
    clerk.goto(f"{host}/console/eservices/expiring")
    told = clerk.get_by_role("row").filter(has_text=number)
    expect(told).to_contain_text("с писмо")
    page.goto(f"{host}/eservices/mine")
    ending = page.get_by_role("listitem").filter(has_text=f"№ {number}")
    ending.get_by_role("link", name="Подновете документа").click()
    expect(page.locator("main")).to_contain_text("Питаме отново")
    page.get_by_role("button", name="Започнете подновяването").click()
    expect(page.locator("h1")).to_have_text("Срок")
    fill_day(page, "from_day", BEGINS)
    fill_day(page, "to_day", ENDS)
    page.get_by_role("button", name="Запазете и продължете").click()
    expect(page.locator("h1")).not_to_have_text("Срок")
    page.get_by_role("link", name="Проверете отговорите").click()
    expect(page.locator("main")).to_contain_text("ВН1234АА")
    page.get_by_role("button", name="Подайте заявлението").click()
    expect(page.locator("main")).to_contain_text("Подадохте заявлението")
    page.goto(f"{host}/eservices/mine")
    expect(ending).to_have_count(0)
    clerk.reload()
    expect(clerk.locator("main")).to_contain_text("Поискани отново (")
