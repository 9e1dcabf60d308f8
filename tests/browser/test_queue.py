"""A clerk's queue on a screen: twenty rows fit, keys walk through them."""

import json
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import expect

import obshto.modules.eservices as eservices
from obshto.modules.eservices.models import Case
from obshto.modules.eservices.services.case_actions import take_case
from obshto.modules.eservices.services.catalogue import service_of
from obshto.modules.eservices.services.drafts import draft_at, start_draft
from obshto.modules.eservices.services.submission import send_application
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import ANONYMOUS, Principal, open_uow
from obshto.platform.web.pagination import SIZE
from obshto.tenants.api import scope_named, session_behind

pytestmark = pytest.mark.browser
VILLAGE = "gorno-selo"
DEMO = json.loads((Path(eservices.__path__[0]) / "data" / "demo.json").read_text("utf-8"))


@pytest.fixture
def clerk(site):
    """The session of a clerk, in a village that has applications."""
    site.switch(VILLAGE)
    site.fill(VILLAGE)
    return site.token(VILLAGE, Role.REGISTRY_CLERK, name="Веска Деловодна")


@pytest.fixture
def busy(site, clerk):
    """The same with a whole page of them in hand."""
    with site.app.app_context():
        who = Principal(person_id=session_behind(clerk).person_id, name="Веска Деловодна")
        for number in range(SIZE):
            with open_uow(scope_named(VILLAGE), ANONYMOUS) as uow:
                case_id = send_one(uow, DEMO[number % 3])
            with open_uow(scope_named(VILLAGE), who) as uow:
                case = uow.session.get_one(Case, case_id)
                take_case(uow, case, expected_version=case.version)


def send_one(uow, told):
    """An application from the demonstration, by whom nobody knows."""
    ref = start_draft(uow, service_of(uow, told["service"]), request_id=uuid4())
    draft = draft_at(uow, ref)
    draft.keep(told["answers"])
    uow.session.flush()
    case = send_application(uow, ref, expected_version=draft.version)
    uow.session.flush()
    return case.id


@pytest.fixture
def queue(site, visit, clerk):
    """queue("mine", phone=True): a list of that clerk."""

    def begin(name="all", **said):
        page = visit(cookies=[site.cookie(VILLAGE, clerk)], **said)
        page.goto(f"{site.at(VILLAGE)}/console/eservices/?list={name}")
        return page

    return begin


def test_twenty_rows_are_not_taller_than_that(busy, queue):
    for phone, most in ((False, 1200), (True, 3000)):
        page = queue("mine", phone=phone)
        expect(page.locator(".ob-queue tbody tr")).to_have_count(SIZE)
        assert page.locator(".ob-queue").bounding_box()["height"] <= most


def test_keys_walk_the_rows(queue):
    page = queue(phone=False)
    links = page.locator(".ob-queue .ob-number")
    for key, at in (("j", 0), ("j", 1), ("k", 0), ("k", 0)):
        page.keyboard.press(key)
        expect(links.nth(at)).to_be_focused()
    page.keyboard.press("/")
    search = page.locator("#text")
    expect(search).to_be_focused()
    page.keyboard.type("j/k?")
    expect(search).to_have_value("j/k?")
    links.first.focus()
    page.keyboard.press("?")
    help_of_keys = page.locator("#keys")
    expect(help_of_keys).to_have_attribute("open", "")
    expect(help_of_keys.locator("summary")).to_be_focused()
    expect(help_of_keys).to_contain_text("следващ ред")


def test_keys_are_switched_off_and_stay_off(queue):
    page = queue(phone=False)
    page.keyboard.press("?")
    page.get_by_label("Клавишите са включени").uncheck()
    for _ in range(2):
        page.keyboard.press("j")
        expect(page.locator(".ob-queue .ob-number:focus")).to_have_count(0)
        page.reload()


def test_without_scripts_nothing_promises_keys(queue):
    page = queue(phone=False, js=False)
    expect(page.locator(".ob-queue tbody tr").first).to_be_visible()
    expect(page.locator("#keys")).to_be_hidden()
