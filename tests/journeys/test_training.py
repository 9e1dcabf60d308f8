"""An editor does a mission by its hints; a citizen tries before daring, without an account."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import expect
from sqlalchemy import text

from obshto.modules.guides.services.edits import GuideLinks, GuideText, write_guide
from obshto.modules.guides.services.publication import publish_guide
from obshto.modules.training.services.missions import MISSIONS
from obshto.platform.scope import PRACTICE
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.sso.embedded.people import seed_people
from obshto.sso.organizations import link_organization
from obshto.tenants.api import scope_named

pytestmark = pytest.mark.browser
HOME = "gorno-selo"
TYPED = {"#title": "Водата спира в петък", "#summary": "От 9 до 17 часа.", "#markdown": "Ремонт."}


@pytest.fixture
def home(site, practice, migrator):
    with migrator.begin() as connection:
        modules = "array['news', 'training', 'guides', 'reports']"
        on = f"UPDATE shared.tenant SET modules = {modules}, version = version + 1"
        connection.execute(text(f"{on} WHERE slug = '{HOME}'"))
    with site.app.app_context():
        for slug in (HOME, PRACTICE):
            scope = scope_named(slug)
            link_organization(slug, {"bg": scope.title})
            seed_people(scope)
    return site.at(HOME)


def test_a_mission_is_done_by_its_hints(visit, home, enter_as):
    page = visit(js=False, phone=False)
    mission = f"{home}/console/training/missions/correction"
    enter_as(page, home, "/console/training/missions/correction", "editor")
    page.get_by_role("button", name="Започнете задачата").click()
    page.get_by_role("button", name="Отворете мястото в Община Учебна").click()
    page.get_by_role("button", name="Продължете").click()  # signs in there too
    page.wait_for_load_state()
    if page.locator("button[value='demo:editor']").count():
        page.locator("button[value='demo:editor']").click()
    write, publish, correct = (
        re.findall("„([^“]+)“", str(step.hint)) for step in MISSIONS["correction"].steps
    )
    page.get_by_role("button", name=write[0]).click()
    for field, words in TYPED.items():
        page.fill(field, words)
    page.get_by_role("button", name=write[1]).click()
    page.get_by_role("button", name=publish[0]).click()
    page.fill("#title", "Водата спира в четвъртък")
    page.get_by_label(correct[0]).fill("Денят е четвъртък, не петък.")
    page.get_by_role("button", name=correct[1], exact=True).click()
    page.goto(mission)
    page.get_by_role("button", name="Проверете какво направих").click()
    said = page.locator(".govuk-notification-banner__heading")
    expect(said).to_contain_text("Задачата е изпълнена")


@pytest.fixture
def guide(site, home):
    """A guide that leads to reports."""
    told = GuideText(
        title="Как да кажем за счупена лампа",
        summary="За пет минути.",
        markdown="## Изберете\n\nЛампа.",
    )
    who = Principal.system("test")
    with site.app.app_context(), open_uow(scope_named(HOME), who) as uow:
        row = write_guide(uow, told, GuideLinks(leads_to="/reports/new"), request_id=uuid4())
        publish_guide(uow, row, expected_version=row.version)
        uow.session.flush()
        return f"{home}/guides/{row.id}"


def test_somebody_who_does_not_dare_tries_it_first(visit, guide):
    page = visit(js=False)
    page.goto(guide)
    page.get_by_role("link", name="Опитайте първо в учебната община").click()
    page.get_by_role("button", name="Влезте като измислен човек").click()
    expect(page.locator("body")).to_contain_text("Хората и преписките са измислени")
    page.locator("input[name=kind]").first.check()
    page.select_option("select[name=settlement]", index=1)
    page.locator("main form button").last.click()
    page.fill("#words", "Не свети лампата")
    page.fill("#place", "до чешмата")
    page.locator("main form button").last.click()
    expect(page.locator("main")).to_contain_text(re.compile(r"\d{4}-\d{5}"))
    page.get_by_role("button", name="Излезте").first.click()
    page.goto(guide)  # the real place knows nothing of it
    page.get_by_role("link", name="Опитайте първо в учебната община").wait_for()
