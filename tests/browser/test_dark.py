"""Pages where the system asks for dark, or has colours of its own: all of it can be read."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser
VILLAGE = "gorno-selo"
LOOK = "/console/tenants/appearance/"
PAGES = ("/", "/news/", "/contact", "/search?q=2026", "/for-me", "/console/", LOOK, f"{LOOK}photo/")
PAGES += ("/console/style/",)  # every part in every state
CONTRAST = """async () => JSON.stringify(
  (await axe.run({runOnly: ['color-contrast', 'link-in-text-block']})).violations
    .flatMap(one => one.nodes.map(node => node.html.slice(0, 120) + node.failureSummary)))"""
COLOURS = """() => [
  ['.ob-bars .part', 'fill'], ['.ob-map path', 'stroke'], ['.ob-chart rect', 'fill']
].map(([name, what]) => getComputedStyle(document.querySelector(name))[what])"""
DRAWN = """<dl class="ob-bars"><dd><svg><rect class="part"/></svg></dd></dl>
<svg class="ob-map"><path d="M0 0h9v9z"/></svg><svg class="ob-chart"><rect/></svg>"""


@pytest.fixture
def page(site, visit):
    site.fill(VILLAGE)
    return visit(cookies=[site.cookie(VILLAGE, site.token(VILLAGE, "admin", "editor"))])


def faults(page):
    page.evaluate(Axe().axe_script)
    return json.loads(page.evaluate(CONTRAST))


def test_every_word_stands_out_in_the_dark(site, page):
    page.emulate_media(color_scheme="dark")
    for path in PAGES:
        page.goto(site.at(VILLAGE) + path)
        assert faults(page) == [], path
    page.goto(site.at(VILLAGE) + LOOK)
    page.locator("[name=title_bg]").fill("")
    page.locator("main form button.govuk-button").last.click()
    assert page.locator(".govuk-error-summary").count() and faults(page) == []


def test_paper_stays_white(site, page):
    page.emulate_media(color_scheme="dark", media="print")
    page.goto(site.at(VILLAGE) + "/contact")
    ground = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(ground) == "rgb(255, 255, 255)"


def test_drawings_take_the_colours_of_the_system(site, page):
    page.goto(site.at(VILLAGE) + LOOK)
    page.locator("main").evaluate(
        "(main, html) => main.insertAdjacentHTML('beforeend', html)", DRAWN
    )
    ours = page.evaluate(COLOURS)
    page.emulate_media(forced_colors="active")
    theirs = page.evaluate(COLOURS)
    assert len(theirs) == 3 and all(a != b for a, b in zip(ours, theirs, strict=True))
