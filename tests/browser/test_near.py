"""The nearest to oneself, with a phone that says where it is and with one that does not."""

import pytest
from playwright.sync_api import expect

VILLAGE = "gorno-selo"
HERE = {"latitude": 43.88812, "longitude": 22.52149}
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def chart(site):
    site.switch_to(VILLAGE, ["news", "places"])
    site.fill(VILLAGE)
    yield f"{site.at(VILLAGE)}/places/map"
    site.switch_to(VILLAGE, ["news"])


@pytest.fixture
def phone(browser):
    """phone(**said): a page of a phone with these permissions and this place."""
    contexts = []

    def begin(**said):
        contexts.append(browser.new_context(viewport=PHONE, service_workers="block", **said))
        return contexts[-1].new_page()

    yield begin
    for context in contexts:
        context.close()


def test_a_phone_that_says_where_it_is_is_told_what_is_near_rounded(chart, phone):
    page = phone(geolocation=HERE, permissions=["geolocation"])
    page.goto(chart)
    page.get_by_role("button", name="Най-близкото до мен").click()
    page.wait_for_url("**near=43.888*22.521*")
    expect(page.locator("main [role=status]")).to_contain_text("най-близкото е първо")
    expect(page.locator("[data-near-failed]")).to_be_hidden()


def test_a_phone_that_does_not_is_told_what_else_to_do(chart, phone):
    page = phone(permissions=[])
    page.goto(chart)
    expect(page.locator("[data-near-failed]")).to_be_hidden()
    page.get_by_role("button", name="Най-близкото до мен").click()
    expect(page.locator("[data-near-failed]")).to_contain_text("Изберете населено място")
    assert "near=" not in page.url


def test_without_scripts_nobody_is_asked(chart, phone):
    page = phone(java_script_enabled=False)
    page.goto(chart)
    expect(page.get_by_role("button", name="Най-близкото до мен")).to_be_hidden()
    expect(page.get_by_role("button", name="Покажете на картата")).to_be_visible()
