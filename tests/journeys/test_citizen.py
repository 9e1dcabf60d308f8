"""A citizen with a phone."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
VILLAGE = "gorno-selo"
SCRIPTS = pytest.mark.parametrize("js", [True, False], ids=["with scripts", "without scripts"])


@pytest.fixture
def village(site):
    site.fill(VILLAGE)
    return site.at(VILLAGE)


@SCRIPTS
def test_a_citizen_reads_the_news_on_a_phone_in_another_language(visit, village, js):
    page = visit(js=js)
    page.goto(f"{village}/")
    first = page.locator("#news + ul h3 a").first
    title = first.inner_text()
    first.click()
    expect(page.locator("h1")).to_have_text(title)
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(re.compile("/en/news/"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    # What has no translation says so, in the language of the page, and is marked as Bulgarian.
    page.wait_for_load_state()
    translated = page.locator("article:not([lang])").count()
    assert translated or page.locator("article[lang=bg]").count() == 1
    page.get_by_role("link", name="Română").click()
    expect(page.locator("html")).to_have_attribute("lang", "ro")
    page.get_by_role("link", name="Български").click()
    expect(page.locator("h1")).to_have_text(title)


@SCRIPTS
def test_the_menu_of_a_phone_leads_to_the_news(visit, village, js):
    page = visit(js=js)
    page.goto(f"{village}/")
    menu = page.get_by_role("navigation", name="Всичко в портала")
    expect(menu).to_be_hidden()
    page.locator(".ob-menu summary").click()
    menu.get_by_role("link", name="Новини").click()
    expect(page.locator("h1")).to_have_text("Новини")
    page.wait_for_load_state()
    assert page.locator("main li a").count() > 1


def test_the_keyboard_alone_is_enough(visit, village):
    """Skip link, menu, then a page of news, without ever touching a mouse."""
    page = visit()
    page.goto(f"{village}/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Към основното съдържание")
    page.keyboard.press("Enter")
    expect(page.locator(":focus")).to_have_id("main")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    page.goto(f"{village}/")
    tab_to(page, lambda text: text == "Живот")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Живот")
    tab_to(page, lambda text: text == "Новини")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Новини")


@SCRIPTS
def test_five_doors_lie_below_the_thumb(visit, village, js):
    """A bar at the bottom of a phone; the heading of each page is on the first screen."""
    page = visit(js=js)
    page.goto(f"{village}/news/")
    bar = page.get_by_role("navigation", name="Раздели")
    box, screen = bar.bounding_box(), page.viewport_size["height"]
    assert box["y"] + box["height"] <= screen + 1 and box["y"] > screen * 0.8
    bar.get_by_role("link", name="Живот").click()
    expect(page.locator("h1")).to_have_text("Живот")
    heading = page.locator("h1").bounding_box()
    assert heading["y"] + heading["height"] < screen / 2
    expect(bar.get_by_role("link", name="Живот")).to_have_attribute("aria-current", "true")


def tab_to(page, wanted):
    """Press Tab until the focus stands on it; every stop must be visible."""
    for _ in range(40):
        page.keyboard.press("Tab")
        focus = page.locator(":focus")
        expect(focus).to_be_visible()
        if wanted(focus.inner_text().strip()):
            return
    raise AssertionError("the keyboard does not get there")


@SCRIPTS
def test_a_citizen_who_types_latin_letters_finds_where_the_water_stops(visit, village, js):
    page = visit(js=js)
    page.goto(f"{village}/")
    page.get_by_role("searchbox").fill("spirane na vodata")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Търсене")
    page.get_by_role("searchbox").fill("voda")
    page.get_by_role("button", name="Потърсете").click()
    expect(page.locator("main mark").first).to_have_text(re.compile("вода", re.IGNORECASE))
    result = page.locator("main li h2 a").first
    title = result.inner_text()
    result.click()
    expect(page.locator("h1")).to_have_text(title)


@SCRIPTS
def test_a_citizen_reads_the_statement_and_tells_of_a_barrier(visit, village, js):
    page = visit(js=js)
    page.goto(f"{village}/")
    page.locator("footer").get_by_role("link", name="Достъпност").click()
    expect(page.locator("h1")).to_have_text("Декларация за достъпност")
    page.get_by_role("button", name="Кажете какво").click()
    page.get_by_role("button", name="Изпратете").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    page.fill("#words", "Буквите са ситни")
    page.get_by_role("button", name="Изпратете").click()
    expect(page.locator(".govuk-notification-banner")).to_contain_text("Благодарим Ви")


@SCRIPTS
def test_a_citizen_begins_an_application_without_a_profile(visit, village, site, js):
    site.switch(VILLAGE)
    page = visit(js=js)
    page.goto(f"{village}/eservices/dog/start")
    page.get_by_role("button", name="Продължете без профил").click()
    page.get_by_role("button", name="Запазете и продължете").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    page.get_by_label("Ново куче с микрочип").check()
    page.get_by_role("button", name="Запазете и продължете").click()
    expect(page.locator(".govuk-error-summary")).to_have_count(0)
    page.get_by_role("link", name="Проверете отговорите").click()
    expect(page.locator("h1")).to_have_text("Проверка на отговорите")
    expect(page.locator("main")).to_contain_text("Ново куче с микрочип")
