"""A journalist's afternoon: finds a data set, takes it away, reads an answer, asks for more."""

import csv
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
VILLAGE = "gorno-selo"


@pytest.fixture
def village(site, work_off):
    """Everything on and seeded, and the night's jobs done."""
    site.fill(VILLAGE)
    work_off()
    return site.at(VILLAGE)


def test_a_journalist_finds_a_table_and_takes_it_away(visit, village):
    page = visit(js=False)
    page.goto(f"{village}/opendata/")
    page.get_by_label("Дума").fill("места")
    page.get_by_role("button", name="Покажете").click()
    page.get_by_role("link", name="Места в общината").click()
    expect(page.locator("h1")).to_have_text("Места в общината")
    with page.expect_download() as taken:
        page.get_by_role("link", name="CSV", exact=True).click()
    text = Path(taken.value.path()).read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert rows and {"name", "latitude", "place"} <= rows[0].keys()
    expect(page.locator("main")).to_contain_text(rows[0]["name"])


def test_small_numbers_stay_hidden_and_editions_are_listed(visit, village):
    page = visit(js=False)
    page.goto(f"{village}/opendata/sets/eservices/applications")
    expect(page.locator("main")).to_contain_text("Брой хора под 10 не показваме")
    page.goto(f"{village}/opendata/")
    page.get_by_role("link", name="Разходи по дейности").click()
    page.get_by_role("link", name="Всички издания").click()
    expect(page.locator("main")).to_contain_text("първо издание")


def test_what_others_asked_is_read_and_more_is_asked(visit, village):
    page = visit(js=False)
    page.goto(f"{village}/opendata/requests/")
    page.get_by_role("link", name=re.compile("покрива на читалището")).click()
    expect(page.locator("main")).to_contain_text("общинския бюджет")
    page.get_by_role("link", name="Попитайте и Вие").click()
    page.get_by_label("Опишете информацията").fill("Договорът за ремонта на читалището")
    page.get_by_role("button", name="Изпратете искането").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()  # the law asks for an address
    expect(page.get_by_label("Опишете информацията")).to_have_value(re.compile("Договорът"))
    page.get_by_label("Име или организация").fill("Проба Журналистова")
    page.get_by_label("Имейл").fill("zhurnalistova@villages.example")
    page.get_by_role("button", name="Изпратете искането").click()
    expect(page.locator("main")).to_contain_text("Запишете си номера и кода")
    expect(page.locator("main")).to_contain_text("ще отговорим")
