"""A journalist's afternoon: where money went, in whose words it was promised, as a file."""

import csv
import io
import re
from urllib.parse import urljoin
from xml.etree import ElementTree

import pytest
from flask import g
from playwright.sync_api import expect

from obshto.modules.opendata.services.editions import make_edition
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named

pytestmark = pytest.mark.browser
VILLAGE = "gorno-selo"
STREET = "Нова настилка и тротоари на улица Дунавска"
PAID = ("62 000", "12 400")
TOGETHER = 74_400
LAMPS = "Ново осветление на площада"


@pytest.fixture
def village(furnish, site):
    modules = ("projects", "opendata", "promises", "feeds")
    base, who = furnish(*modules), Principal.system("test")
    with site.app.app_context(), open_uow(scope_named(VILLAGE), who) as uow:
        g.modules = frozenset(modules)
        make_edition(uow, part="projects", dataset="project-payments")  # what the night does
        uow.commit()
    return base


@pytest.fixture
def journalist(visit):
    return visit(js=False, phone=False)


def says(page, *told):
    for one in told:
        expect(page.locator("main")).to_contain_text(one)


def test_money_is_followed_from_a_word_to_a_file(village, journalist):
    page = journalist
    page.goto(f"{village}/")
    page.locator("header input[name=q], main input[name=q]").first.fill("тротоари дунавска")
    page.locator("form:has(input[name=q]) button").first.click()
    page.get_by_role("link", name=STREET).first.click()
    says(page, "Кой плаща", *PAID, "Етапи: обещано и станало")
    project = page.url.partition("?")[0]
    page.get_by_role("link", name="Всички плащания едно по едно").click()
    says(page, "Плащания по проекти", "Лиценз", "Какво значат колоните")
    with page.expect_download() as file:
        page.get_by_role("link", name="CSV", exact=True).click()
    rows = table_of(file)
    own = [row for row in rows if row["project_id"] == project.rpartition("/")[2]]
    assert sum(float(row["sum"]) for row in own) == TOGETHER
    explained = page.locator("table", has_text="Име за програми").locator("tbody tr")
    named = {cell.strip() for cell in explained.locator("th, td:first-child").all_inner_texts()}
    assert set(rows[0]) <= named
    description = page.get_by_role("link", name=re.compile("Описание за програми"))
    fields = opened(page, description).json()["resources"][0]["schema"]["fields"]
    assert [field["name"] for field in fields] == list(rows[0])
    assert all(field["title"] for field in fields)


def test_what_was_promised_is_read_beside_what_was_done(village, journalist):
    """An address of its own for each promise; red and kept ones, as a table, by a feed."""
    page = journalist
    page.goto(f"{village}/promises/")
    page.select_option("#state", "kept")
    page.locator("form.ob-filter button").click()
    page.get_by_role("link", name=LAMPS).click()
    says(page, "Какво последва", LAMPS, "Обещано")
    address = page.locator("link[rel=canonical]").get_attribute("href")
    page.goto(address)
    expect(page.locator("h1")).to_contain_text(LAMPS)
    picture = opened(page, page.get_by_role("link", name="Картинка"))
    assert picture.ok and picture.headers["content-type"] == "image/png"
    page.goto(f"{village}/promises/?state=late")
    with page.expect_download() as file:
        page.get_by_role("link", name="Същото като таблица (CSV)").click()
    lines = table_of(file, delimiter=";")
    assert lines and {line["Как стои"] for line in lines} == {"Закъснява"}
    page.goto(f"{village}/projects/")
    feed = opened(page, page.locator('head link[type="application/rss+xml"]').first)
    titles = [item.findtext("title") for item in ElementTree.fromstring(feed.text()).iter("item")]
    assert any(STREET in title for title in titles)


def opened(page, link):
    """What the browser gets where a link leads."""
    return page.goto(urljoin(page.url, link.get_attribute("href")))


def table_of(file, **told):
    """The rows of a downloaded CSV by the names of its columns."""
    text = file.value.path().read_text("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), **told))
