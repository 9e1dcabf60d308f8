"""Who answers for the portal: switches, settings, the log."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
VILLAGE = "gorno-selo"
SCRIPTS = pytest.mark.parametrize("js", [True, False], ids=["with scripts", "without scripts"])


@pytest.fixture
def village(site):
    site.fill(VILLAGE)
    return site.at(VILLAGE)


@pytest.fixture
def admin(visit, village, enter_as):
    """The mayor, who answers for the portal too, at a page of the console."""

    def enter(path, js):
        page = visit(js=js, phone=False)
        enter_as(page, village, path, "mayor")
        expect(page).to_have_url(f"{village}{path}")
        return page

    return enter


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


@SCRIPTS
def test_news_go_off_and_on_again_with_everything_they_had(admin, visit, village, owner, js):
    counted = "select count(*) from t_gorno_selo.news_item"
    before = owner(counted)
    page, citizen = admin("/console/tenants/", js), visit(js=js)
    assert citizen.goto(f"{village}/news/").status == 200
    page.locator("#module-news").get_by_role("link", name="Новини").click()
    expect(page.locator("main")).to_contain_text("публикувани новини")
    expect(page.locator("main")).to_contain_text("Данните се пазят")
    press(page, "Изключете модула")
    expect(page.locator("#module-news")).to_contain_text("Изключен")
    # At once, in each of the server's processes; the page was in their caches a moment ago.
    for _ in range(8):
        assert citizen.goto(f"{village}/news/").status == 404
        citizen.goto(f"{village}/")
        expect(citizen.get_by_role("link", name="Новини")).to_have_count(0)
    assert page.goto(f"{village}/console/news/").status == 404
    page.goto(f"{village}/console/tenants/news")
    press(page, "Включете модула")
    expect(page.locator("#module-news")).to_contain_text("Включен")
    for _ in range(8):
        assert citizen.goto(f"{village}/news/").status == 200
    assert owner(counted) == before


@SCRIPTS
def test_a_setting_shows_on_the_home_page_at_once(admin, visit, village, js):
    page, citizen = admin("/console/settings/", js), visit(js=js)
    lines = citizen.locator("#news + ul > li")
    citizen.goto(f"{village}/")
    expect(lines).to_have_count(4)
    page.get_by_role("link", name="Новини").last.click()
    page.fill("#on_home", "11")
    press(page, "Запазете")
    expect(page.locator("#on_home-error")).to_contain_text("Въведете число от 1 до 4")
    expect(page.locator("#on_home")).to_have_value("11")
    page.fill("#on_home", "2")
    press(page, "Запазете")
    expect(page.locator(".govuk-notification-banner")).to_contain_text("Настройките са запазени")
    citizen.goto(f"{village}/")
    expect(lines).to_have_count(2)


@SCRIPTS
def test_the_log_tells_who_did_what(admin, village, js):
    page = admin("/console/tenants/news", js)
    press(page, "Изключете модула")
    page.goto(f"{village}/console/tenants/news")
    press(page, "Включете модула")
    page.goto(f"{village}/console/settings/news")
    page.fill("#on_home", "3")
    press(page, "Запазете")
    page.get_by_role("link", name="Дневник").click()
    rows = page.locator("tbody tr")
    for row, act in enumerate(("Променени настройки", "Включен модул", "Изключен модул")):
        expect(rows.nth(row)).to_contain_text(act)
        expect(rows.nth(row)).to_contain_text("Ивайло Демирев")
        expect(rows.nth(row)).to_contain_text("Новини")
    expect(page.locator(".govuk-warning-text")).to_have_count(0)
