"""People with large letters, colours of their own, a narrow screen, a keyboard and nothing else."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
VILLAGE = "gorno-selo"
PATHS = (
    "/",
    "/news/",
    "/pages/",
    "/places/",
    "/places/map",
    "/search?q=вода",
    "/accessibility/",
    "/accessibility/tell",
    "/eservices/",
    "/go/services/",
    "/ro/",
    "/eservices/dog/start",
    "/notices/",
)
LARGE = "() => document.documentElement.style.setProperty('font-size', '200%', 'important')"
# What reaches beyond the right edge, where the page moves sideways because of it.
WIDER = """() => { const edge = document.documentElement.clientWidth
  if (document.documentElement.scrollWidth <= edge) return []
  return [...document.querySelectorAll('body *')]
    .filter(box => box.getBoundingClientRect().right > edge + 1)
    .map(box => box.outerHTML.slice(0, 80)) }"""
# Words that stick out of their box are cut off, or lie over others; a button's shade takes 2 px.
CUT = """() => [...document.querySelectorAll('h1, h2, h3, p, a, button, label, li, dt, dd')]
  .filter(box => box.offsetParent && getComputedStyle(box).display !== 'inline')
  .filter(box => !box.closest('.govuk-visually-hidden, .govuk-skip-link'))
  .filter(box => !box.closest('details:not([open]) > :not(summary)'))
  .filter(box => box.scrollWidth > box.clientWidth + 4).map(box => box.innerText.slice(0, 60))"""


@pytest.fixture
def village(site):
    site.fill(VILLAGE)
    site.switch(VILLAGE)  # a part that is off would be a page that says so, and nothing else
    return site.at(VILLAGE)


def test_letters_twice_as_large_and_a_screen_of_320_cut_nothing_off(browser, village):
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    for path in PATHS:
        assert page.goto(f"{village}{path}").ok, path
        page.evaluate(LARGE)
        assert page.evaluate(WIDER) == [], path
        assert page.evaluate(CUT) == [], path
    context.close()


def test_in_colours_of_ones_own_everything_can_be_told_apart(browser, village):
    """Borders and the focus are drawn in the reader's colours: shades and shadows are gone."""
    context = browser.new_context(forced_colors="active", viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{village}/accessibility/tell")
    edges = "box => getComputedStyle(box).borderTopStyle"
    for name in ("#words", "main .govuk-button"):
        assert page.locator(name).first.evaluate(edges) == "solid", name
    page.focus("#words")
    outline = page.locator("#words").evaluate("box => getComputedStyle(box).outlineStyle")
    assert outline != "none"
    page.goto(f"{village}/")
    assert page.locator(".ob-errands .ob-card").first.evaluate(edges) == "solid"
    context.close()


def test_the_keyboard_alone_says_what_is_in_the_way(visit, village):
    page = visit()
    page.goto(f"{village}/")
    press_until(page, lambda: page.locator("footer a:focus").count() == 1)
    press_until(page, lambda: "Достъпност" in page.locator(":focus").inner_text())
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Декларация за достъпност")
    press_until(page, lambda: "Кажете какво" in page.locator(":focus").inner_text())
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Какво Ви пречи в портала")
    press_until(page, lambda: page.locator("#words:focus").count() == 1)
    page.keyboard.type("Четецът на екрана мълчи")
    press_until(page, lambda: page.locator("main button:focus").count() == 1)
    page.keyboard.press("Enter")
    expect(page.locator(".govuk-notification-banner")).to_contain_text("Благодарим Ви")


def press_until(page, is_there):
    """Press Tab; every stop must be seen."""
    for _ in range(90):
        page.keyboard.press("Tab")
        expect(page.locator(":focus")).to_be_visible()
        if is_there():
            return
    raise AssertionError("the keyboard does not get there")
