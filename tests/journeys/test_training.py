"""An editor does a mission by its hints, at home and in the practice municipality."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import text

from obshto.modules.training.services.missions import MISSIONS
from obshto.platform.scope import PRACTICE
from obshto.sso.embedded.people import seed_people
from obshto.sso.organizations import link_organization
from obshto.tenants.api import scope_named

pytestmark = pytest.mark.browser
HOME = "gorno-selo"
TYPED = {"#title": "Водата спира в петък", "#summary": "От 9 до 17 часа.", "#markdown": "Ремонт."}


@pytest.fixture
def home(site, practice, migrator):
    with migrator.begin() as connection:
        on = "UPDATE shared.tenant SET modules = array['news', 'training'], version = version + 1"
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
