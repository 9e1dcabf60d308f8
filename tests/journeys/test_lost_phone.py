"""A clerk's phone is at the bottom of the river: a colleague lets them in again."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
VILLAGE = "gorno-selo"


@pytest.mark.parametrize("js", [True, False], ids=["with scripts", "without scripts"])
def test_who_lost_their_phone_is_let_in_again_by_a_colleague(visit, site, enter_as, work_off, js):
    site.fill(VILLAGE)
    village = site.at(VILLAGE)
    clerk, mayor = visit(js=js), visit(js=js, phone=False)
    enter_as(clerk, village, "/console/", "editor")
    expect(clerk.get_by_role("heading", level=1)).to_be_visible()
    enter_as(mayor, village, "/console/tenants/people/", "mayor")
    mayor.get_by_role("link", name="Росица Пенкова").click()
    mayor.get_by_role("link", name="Загубен или сменен телефон").click()
    expect(mayor.locator(".govuk-warning-text")).to_contain_text("обадете му се или го вижте")
    mayor.get_by_role("button", name="Премахнете втората проверка").click()
    expect(mayor.locator(".govuk-notification-banner")).to_be_visible()
    # The clerk is asked who they are, shows the new phone, and works on.
    clerk.goto(f"{village}/console/")
    expect(clerk.get_by_role("heading", name="Вход", level=1)).to_be_visible()
    enter_as(clerk, village, "/console/", "editor")
    expect(clerk).to_have_url(f"{village}/console/")
    mayor.goto(f"{village}/console/audit/")
    expect(mayor.locator("tbody")).to_contain_text("загубен телефон")
    work_off()
    mayor.goto(f"{site.at('ops')}/letters")
    letter = mayor.locator("article").first
    expect(letter).to_contain_text("Влезте с паролата си и настройте новия телефон.")
