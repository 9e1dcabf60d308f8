"""A tax is paid by the code of a notice; a list comes in; invoices of the portal go out."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from obshto.billing.arrivals.services import look_at
from obshto.billing.charges.models import Attempt
from obshto.billing.invoices.parties import Issuing, Party, set_customer, set_issuer
from obshto.billing.sharing.members import enrol, everyone
from obshto.billing.sharing.tariff_terms import Plan, Terms
from obshto.billing.sharing.tariffs import month_of, write_tariff
from obshto.platform.clock import today
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named

pytestmark = pytest.mark.browser
VILLAGE = "gorno-selo"
HEAD = "ЕГН или ЕИК;Име;Код за вид плащане;Партида;Година;Вноска;Сума;Платете до"


@pytest.fixture(scope="module")
def shop(serve, provider):
    """The house with both contracts: for cards, and for collecting its own invoices."""
    contract = {"stripe_key": "sk_test_double", "stripe_webhook_secret": "whsec_double"}
    contract["stripe_billing_secret"] = "whsec_platform"
    with serve(stripe_api=provider, stripe_pages=provider, **contract) as site:
        yield site


@pytest.fixture
def filled(shop):
    """The village with every module and its demonstration content."""
    shop.switch(VILLAGE)
    shop.fill(VILLAGE)
    return shop.at(VILLAGE)


def look_at_attempts(site):
    """What the worker does when somebody has come back."""
    with site.app.app_context(), open_uow(scope_named(VILLAGE), Principal(name="Проба")) as uow:
        for attempt in uow.session.scalars(select(Attempt)):
            look_at(uow, attempt)


def test_a_tax_is_paid_by_card_with_the_code_of_a_notice(
    visit, shop, filled, provider, merchant, owner
):
    """„Paid“ stands there only when the money has come."""
    [(code,)] = owner(
        "select p.code from t_gorno_selo.payments_payer p join t_gorno_selo.payments_obligation o"
        " on o.payer_id = p.id where o.kind = '448013' limit 1"
    )
    page = visit()
    page.goto(f"{filled}/payments/")
    page.get_by_label("Код на известието").fill(code)
    page.get_by_role("button", name="Покажете какво се дължи").click()
    expect(page.locator("h1")).to_have_text("Данъци и такси по известие")
    page.get_by_role("button", name="Продължете към плащането").click()
    expect(page.locator("h1")).to_have_text(re.compile("Платете"))
    page.get_by_role("button", name="с карта").click()
    expect(page).to_have_url(re.compile(re.escape(provider)))
    page.get_by_role("button", name="Pay").click()
    expect(page.locator("main")).to_contain_text("Още не виждаме плащане")
    expect(page.locator("h1")).not_to_have_text(re.compile("Платено"))
    look_at_attempts(shop)
    page.get_by_role("link", name="Проверете отново").click()
    expect(page.locator("h1")).to_have_text(re.compile("Платено"))
    page.get_by_role("button", name="Вижте разписката").click()
    expect(page.locator("h1")).to_have_text("Разписка")


def test_a_list_with_one_bad_row_changes_nothing_until_it_is_mended(visit, shop, filled, owner):
    counted = "select count(*) from t_gorno_selo.payments_obligation"
    before = owner(counted)
    cookie = shop.cookie(VILLAGE, shop.token(VILLAGE, Role.FINANCE_OFFICER))
    page = visit(phone=False, cookies=[cookie])
    year = today().year + 1
    good = f"999000017;Проба ЕООД;442100;7121Н9009;{year};1;60,00;"
    bring(page, filled, f"{HEAD}\n{good}\n{good.replace('60,00', 'шейсет').replace(';1;', ';2;')}")
    expect(page.locator("main")).to_contain_text("Нищо не е въведено")
    row = page.locator("tbody tr")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("3")
    assert owner(counted) == before
    bring(page, filled, f"{HEAD}\n{good}\n{good.replace(';1;', ';2;')}")
    page.get_by_role("button", name="Въведете задълженията").click()
    expect(page.locator("main")).to_contain_text("Изтеглете кодовете за известията")
    assert owner(counted) == [(before[0][0] + 2,)]


def bring(page, host, content):
    page.goto(f"{host}/console/payments/files/new")
    file = {"name": "danaci.csv", "mimeType": "text/csv", "buffer": content.encode()}
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Прегледайте файла").click()
    expect(page.locator("h1")).to_have_text("Файл със задължения")


@pytest.fixture
def sharing(shop):
    """Both villages have shared the costs since last month; nothing was issued yet."""
    last = month_of(month_of(today()) - timedelta(days=1))
    issuer = Party(name="Център", eik="123456789", vat_number="", address="ул. 1", person="")
    said = Issuing(
        iban="BG80BNBG96611020345678", bic="", bank="Банка", vat_percent=20,
        exempt_because="чл. 113, ал. 9 от ЗДДС", due_days=30, first_number=1,
    )  # fmt: skip
    full = Plan(code="1", title="Пълен", has_all=True)
    terms = Terms(base_cents=240_000, modules={"news": 1200}, plans=(full,))
    with shop.app.app_context(), open_uow(None, Principal(name="Проба")) as region:
        set_issuer(region, issuer, said, expected_version=0)
        write_tariff(region, terms, in_force_on=last, reason="Първа", request_id=uuid4())
        for one in everyone(region, last):
            enrol(region, one, "1", since=last, request_id=uuid4())
            buyer = Party(
                name=one.titles["bg"], eik="123456789", vat_number="", address="ул. 1", person=""
            )
            set_customer(region, one.slug, buyer, expected_version=0)


def test_an_operator_issues_invoices_and_lets_stripe_collect_for_one(visit, shop, sharing):
    page = visit(phone=False, cookies=[shop.cookie("ops", shop.operator())])
    page.goto(f"{shop.at('ops')}/costs/invoices/month")
    page.get_by_role("button", name="Издайте фактурите").click()
    expect(page.locator("main")).to_contain_text("0000000001")
    expect(page.locator("main")).to_contain_text("0000000002")
    page.goto(f"{shop.at('ops')}/costs/municipalities/{VILLAGE}/collecting")
    page.get_by_role("button", name="Променете начина").click()
    page.get_by_label("Чрез Stripe").check()
    page.get_by_role("button", name="Вижте какво ще стане").click()
    expect(page.locator("main")).to_contain_text("въведете и имейл")
    page.get_by_label("Имейл за исканията").fill("finansi@example.com")
    page.get_by_role("button", name="Вижте какво ще стане").click()
    expect(page.locator("h1")).to_have_text("Събиране чрез Stripe: какво ще стане")
    expect(page.locator("main")).to_contain_text("100,00")
    page.get_by_role("button", name="Потвърдете").click()
    expect(page.locator("main")).to_contain_text("finansi@example.com")
    expect(page.locator("main")).to_contain_text("Първата проверка е до 20 минути")
