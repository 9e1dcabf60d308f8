"""Somebody with a notice pays on a phone; a cashier takes money; two of finance give some back."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from obshto.billing.arrivals.services import look_at
from obshto.billing.charges.kinds import add_kind
from obshto.billing.charges.lifecycle import Wanted, make_charge
from obshto.billing.charges.models import Attempt
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named

pytestmark = pytest.mark.browser
VILLAGE = "gorno-selo"
SCRIPTS = pytest.mark.parametrize("js", [True, False], ids=["with scripts", "without scripts"])
CONTRACT = {"stripe_key": "sk_test_double", "stripe_webhook_secret": "whsec_double"}


@pytest.fixture(scope="module")
def shop(serve, provider):
    """The house with a contract for cards."""
    with serve(stripe_api=provider, stripe_pages=provider, **CONTRACT) as site:
        yield site


def charge_in(site):
    with site.app.app_context(), open_uow(scope_named(VILLAGE), Principal(name="Проба")) as uow:
        kind = add_kind(uow, code="448007", title="Услуги", request_id=uuid4())
        wanted = Wanted(reference=f"test:{uuid4()}", kind=kind, cents=1250, purpose="Скица на имот")
        return make_charge(uow, wanted)


def look_at_attempts(site):
    """What the worker does when somebody has come back."""
    with site.app.app_context(), open_uow(scope_named(VILLAGE), Principal(name="Проба")) as uow:
        for attempt in uow.session.scalars(select(Attempt)):
            look_at(uow, attempt)


def open_charge(page, site, charge):
    page.goto(f"{site.at(VILLAGE)}/pay/")
    page.get_by_label("Код за плащане").fill(charge.code)
    page.get_by_role("button", name="Продължете").click()
    expect(page.locator("h1")).to_have_text(re.compile("Платете 12,50"))


@SCRIPTS
def test_somebody_with_a_notice_pays_by_card_on_a_phone(visit, shop, provider, merchant, js):
    """The page of the provider is another host: the browser must be allowed to go there."""
    page, charge = visit(js=js), charge_in(shop)
    open_charge(page, shop, charge)
    page.get_by_role("button", name="с карта").click()
    expect(page).to_have_url(re.compile(re.escape(provider)))
    page.get_by_role("button", name="Pay").click()
    expect(page.locator("main")).to_contain_text("Още не виждаме плащане")
    look_at_attempts(shop)
    page.get_by_role("link", name="Проверете отново").click()
    expect(page.locator("h1")).to_have_text(re.compile("Платено 12,50"))
    page.get_by_role("button", name="Вижте разписката").click()
    expect(page.locator("h1")).to_have_text("Разписка")
    expect(page.locator("main")).to_contain_text("С карта в интернет")


def test_a_browser_does_not_go_to_a_provider_that_was_not_named(visit, serve, provider, merchant):
    """The planted fault: without its origin in the policy the button leads nowhere."""
    with serve(stripe_api=provider, stripe_pages="https://elsewhere.example", **CONTRACT) as site:
        page, charge = visit(), charge_in(site)
        open_charge(page, site, charge)
        said = []
        page.on("console", lambda message: said.append(message.text))
        page.get_by_role("button", name="с карта").click()
        page.wait_for_timeout(500)
        assert site.at(VILLAGE) in page.url
        assert any("form-action" in line for line in said)


@SCRIPTS
def test_a_cashier_takes_cash_and_closes_the_day(visit, site, js):
    charge = charge_in(site)
    cookie = site.cookie(VILLAGE, site.token(VILLAGE, Role.REGISTRY_CLERK))
    page = visit(js=js, phone=False, cookies=[cookie])
    page.goto(f"{site.at(VILLAGE)}/console/billing/counter/")
    page.get_by_label("Код за плащане").fill(charge.code)
    page.get_by_role("button", name="Намерете задължението").click()
    page.get_by_label("Колко дава в брой").fill("20")
    page.get_by_role("button", name="Приемете").click()
    expect(page.locator("main")).to_contain_text("7,50")
    page.goto(f"{site.at(VILLAGE)}/console/billing/counter/close")
    page.get_by_label("Колко пари преброихте").fill("12,50")
    page.get_by_role("button", name="Приключете касата").click()
    expect(page.locator("h1")).to_have_text("Отчет на касата")


def test_two_of_finance_give_money_back(visit, site):
    charge, host = charge_in(site), site.at(VILLAGE)
    finance, mayor = (
        visit(phone=False, cookies=[site.cookie(VILLAGE, site.token(VILLAGE, role))])
        for role in (Role.FINANCE_OFFICER, Role.MAYOR)
    )
    finance.goto(f"{host}/console/billing/counter/{charge.id}")
    finance.get_by_role("button", name="Приемете").click()
    finance.goto(f"{host}/console/billing/charges/{charge.id}")
    finance.get_by_role("link", name="Поискайте връщане").click()
    finance.get_by_label("Колко да се върне").fill("2,50")
    finance.get_by_label("Защо се връщат парите").fill("Платено е два пъти")
    finance.get_by_role("button", name="Поискайте връщане").click()
    expect(finance.locator("main")).to_contain_text("Трябва да го одобри друг служител")
    expect(finance.get_by_role("button", name="Одобрете връщането")).to_have_count(0)
    mayor.goto(finance.url.partition("?")[0])
    mayor.get_by_role("button", name="Одобрете връщането").click()
    finance.reload()
    finance.get_by_role("button", name="Парите са върнати").click()
    expect(finance.locator("main")).to_contain_text("Върнато")
