"""An editor does a mission by its hints; a citizen tries before daring, without an account."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import expect
from sqlalchemy import select, text

from obshto.modules.guides.services.edits import GuideLinks, GuideText, write_guide
from obshto.modules.guides.services.publication import publish_guide
from obshto.modules.reports.models import Report
from obshto.modules.training.services.missions import MISSIONS
from obshto.platform.scope import PRACTICE
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.sso.embedded.people import seed_people
from obshto.sso.organizations import link_organization
from obshto.tenants.api import scope_named

pytestmark = pytest.mark.browser
HOME, HOME_PATH = "gorno-selo", "/guides/"
TRIED = "Не свети лампата"
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


@pytest.mark.parametrize("language", ["", "ro", "en"])
def test_somebody_who_does_not_dare_tries_it_first(visit, site, guide, language):
    """In the language they began with, to the end; at home nobody hears of it."""
    page = visit(js=False)
    prefix = f"/{language}" if language else ""
    page.goto(guide.replace(HOME_PATH, f"{prefix}{HOME_PATH}", 1))
    page.locator(f'main a[href*="//{PRACTICE}."]').click()
    speaks(page, language)
    page.locator("#trial ~ form button, section[aria-labelledby=trial] form button").click()
    speaks(page, language)
    page.locator("main form button").last.click()  # nothing chosen yet: told in that language
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    speaks(page, language)
    page.locator("input[name=kind]").first.check()
    page.select_option("select[name=settlement]", index=1)
    page.locator("main form button").last.click()
    page.fill("#words", TRIED)
    page.fill("#place", "до чешмата")
    page.locator("main form button").last.click()
    expect(page.locator("main")).to_contain_text(re.compile(r"\d{4}-\d{5}"))
    speaks(page, language)
    assert (told_in(site, PRACTICE), told_in(site, HOME)) == (1, 0)


def speaks(page, language):
    expect(page.locator("html")).to_have_attribute("lang", language or "bg")


def told_in(site, slug):
    """How many there were told of what was only tried."""
    who = Principal.system("test")
    with site.app.app_context(), open_uow(scope_named(slug), who) as uow:
        return sum(row.words == TRIED for row in uow.session.scalars(select(Report)))


def test_a_new_clerk_errs_is_told_why_begins_again_and_gets_to_the_end(visit, home, enter_as):
    """A leak at five to six: each refusal explains itself, a spoilt report is no end."""
    page = visit(js=False, phone=False)
    mission = f"{home}/console/training/missions/leak"
    enter_as(page, home, "/console/training/", "clerk")
    page.get_by_role("link", name="Теч в 17:55").click()
    page.get_by_role("button", name="Започнете задачата").click()
    hints = [re.findall("„([^“]+)“", str(step.hint)) for step in MISSIONS["leak"].steps]
    page.get_by_role("button", name="Отворете мястото в Община Учебна").click()
    enters_practice(page, "clerk")
    queue = page.url
    pressed(page, hints[0][0])
    page.get_by_role("button", name=hints[0][1]).click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Напишете какво се е случило")
    phoned(page, hints[0][1], "Блика вода на площада")
    checked(page, mission, "Още не сме видели")
    expect(page.get_by_text("готово", exact=True)).to_have_count(1)
    page.goto(queue)  # the first one was spoilt: begin with another
    pressed(page, hints[0][0])
    phoned(page, hints[0][1], "Блика вода пред училището")
    pressed(page, hints[1][0])
    page.get_by_role("button", name=hints[1][1]).click()
    passed_on(page, *hints[2])
    checked(page, mission, "Задачата е изпълнена")
    certified(page, home)


def pressed(page, name):
    page.get_by_role("link", name=name).or_(page.get_by_role("button", name=name)).first.click()


def passed_on(page, answer, outcome, whose, send):
    """Without a body and words it goes nowhere; what was chosen stays."""
    pressed(page, answer)
    page.get_by_label(outcome, exact=True).check()
    page.get_by_role("button", name=send).click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    expect(page.get_by_label(outcome, exact=True)).to_be_checked()
    if not page.locator("details[open] [name=body]").count():
        page.get_by_text(whose).click()
    page.get_by_label(re.compile("ВиК")).first.check()
    page.fill("#words", "Предадохме сигнала на ВиК, телефонът им е на страницата.")
    page.get_by_role("button", name=send).click()


def certified(page, home):
    """It may be done again; a paper says that it was done."""
    expect(page.get_by_role("button", name="Повторете задачата")).to_be_visible()
    page.goto(f"{home}/console/training/")
    page.get_by_role("button", name="Издайте удостоверение").first.click()
    with page.expect_download() as paper:
        page.get_by_role("link", name="Изтеглете удостоверението").click()
    assert paper.value.path().read_bytes().startswith(b"%PDF")


def enters_practice(page, who):
    page.get_by_role("button", name="Продължете").click()  # signs in there too
    page.wait_for_load_state()
    if page.locator(f"button[value='demo:{who}']").count():
        page.locator(f"button[value='demo:{who}']").click()


def phoned(page, save, words):
    page.locator("[name=channel][value=phone]").check()
    page.select_option("[name=kind]", index=1)
    if page.locator("select[name=settlement_code]").count():
        page.select_option("[name=settlement_code]", index=1)
    page.fill("#words", words)
    page.fill("#place", "до чешмата")
    page.get_by_role("button", name=save).click()
    expect(page.locator("main")).to_contain_text(re.compile(r"\d{4}-\d{5}"))


def checked(page, mission, told):
    page.goto(mission)
    page.get_by_role("button", name="Проверете какво направих").click()
    expect(page.locator(".govuk-notification-banner__heading")).to_contain_text(told)
