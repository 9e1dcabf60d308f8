"""Somebody types a wrong code, and reads of it in their own profile."""

import pytest
from playwright.sync_api import expect

from obshto.platform.unit_of_work import Principal, open_uow
from obshto.sso.failures import note_failures

pytestmark = pytest.mark.browser
VILLAGE = "gorno-selo"


@pytest.mark.parametrize("js", [True, False], ids=["with scripts", "without scripts"])
def test_who_typed_a_wrong_code_reads_of_it_in_their_profile(visit, site, js):
    site.fill(VILLAGE)
    page = visit(js=js)
    page.goto(f"{site.at(VILLAGE)}/sign-in?next=/account&level=2")
    page.get_by_role("button", name="Продължете").click()
    page.fill("#code", "918273")
    page.locator("button[value='demo:editor']").click()
    expect(page.get_by_role("alert")).to_contain_text("Кодът не е верен")
    page.locator("button[value='demo:editor']").click()
    expect(page.get_by_role("heading", name="Моят профил")).to_be_visible()
    with site.app.app_context(), open_uow(None, Principal.system("test")) as region:
        note_failures(region)
    page.reload()
    expect(page.get_by_role("heading", name="Неуспешни опити за вход")).to_be_visible()
    expect(page.locator("main")).to_contain_text("грешен код от телефона")
