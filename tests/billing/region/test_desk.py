"""The region's team on its pages: from nothing to a paid invoice."""

import re

import pytest

from obshto.billing.invoices.issuance import issue_month
from obshto.billing.sharing.tariffs import month_of, next_month, tariffs
from obshto.platform.clock import today
from obshto.platform.permissions import Role

PAGES = (
    "/costs/",
    "/costs/municipalities/gorno-selo",
    "/costs/formula/",
    "/costs/formula/simulation",
    "/costs/invoices/",
    "/costs/invoices/month",
    "/costs/invoices/books",
    "/costs/year/",
)
FORMS = (
    "/costs/issuer",
    "/costs/formula/new",
    "/costs/year/new",
    "/costs/municipalities/gorno-selo/plan",
    "/costs/municipalities/gorno-selo/requisites",
    "/costs/municipalities/gorno-selo/payment",
)


def test_every_page_says_what_to_do_while_there_is_nothing(operator):
    for path in (*PAGES, *FORMS):
        assert operator.get(path).status_code == 200, path
    assert "Направете първата версия" in operator.get("/costs/").text


def test_nobody_else_sees_them(client, at, sign_in):
    mayor = sign_in("gorno-selo", Role.MAYOR, Role.ADMIN)
    for path in (*PAGES, *FORMS):
        assert client.get(path, base_url=at("ops")).status_code == 302, path
        assert mayor.get(path, base_url=at("ops")).status_code == 302, path
        assert mayor.get(path).status_code == 404, path


def test_the_first_formula_and_a_plan_by_forms(operator, region):
    page = operator.get("/costs/formula/new").text
    month = re.search(r'<option value="(\d{4}-\d\d-01)"', page)[1]
    typed = {
        "in_force_on": month, "base": "2 400,00", "population": "0", "module_news": "12",
        "sms_price": "0,06", "sms_free": "10", "plan_1_title": "Пълен", "plan_1_all": "y",
        "reason": "Първа",
    }  # fmt: skip
    assert operator.send("/costs/formula/new", **typed | {"base": "много"}).status_code == 422
    answer = operator.send("/costs/formula/new", **typed)
    assert answer.status_code == 303
    shown = operator.get(answer.location.partition("?")[0]).text
    assert "2\u00a0400,00\u00a0€" in shown
    way = "/costs/municipalities/gorno-selo/plan"
    assert operator.send(way, plan="1", since=today().replace(day=1).isoformat()).status_code == 303
    with region() as uow:
        [made] = tariffs(uow)
        assert made.said.modules == {"news": 1200}
        assert made.said.plan("1").has("anything to come")
    costs = operator.get("/costs/formula/simulation.csv").get_data(as_text=True)
    assert costs.splitlines()[1].split(";")[-2:] != ["", ""]


def test_a_version_to_come_is_changed_and_one_in_force_is_not(operator, region, sharing):
    with region() as uow:
        [made] = tariffs(uow)
    path = f"/costs/formula/{made.id}"
    assert f"{path}/change" not in operator.get(path).text
    month = next_month(month_of(today())).isoformat()
    assert operator.get(f"{path}/change").status_code == 409
    typed = {"in_force_on": month, "base": "3600", "reason": "По-скъпо"}
    coming = operator.send("/costs/formula/new", **typed).location.partition("?")[0]
    answer = operator.send(f"{coming}/change", in_force_on=month, base="3601")
    assert answer.status_code == 303
    assert "3\u00a0601,00\u00a0€" in operator.get(coming).text
    simulated = operator.get(f"/costs/formula/simulation?tariff={coming.rpartition('/')[2]}").text
    assert "+" in simulated


def test_a_month_is_issued_paid_in_part_and_reminded_of(operator, sharing, last_month):
    page = operator.get("/costs/invoices/month")
    assert page.text.count("Готова за издаване") == 2
    assert operator.send("/costs/invoices/month").status_code == 303
    assert "всички фактури са издадени" in operator.get("/costs/invoices/month").text
    again = post(operator, "/costs/issuer", to="/costs/invoices/month", month=str(last_month))
    assert again.status_code == 303
    listed = operator.get("/costs/invoices/").text
    assert listed.count("№\u00a070000000") == 2
    way = "/costs/municipalities/gorno-selo"
    number = re.search(r"/costs/invoices/(\d+)", operator.get(way).text)[1]
    paid = {"cents": "50", "received_on": ["1", "1", str(today().year)], "reference": "77"}
    assert operator.send(f"{way}/payment", **paid).status_code == 303
    assert "Платена отчасти" in operator.get(f"/costs/invoices/{number}").text
    assert post(operator, f"/costs/invoices/{number}", "remind").status_code == 303
    assert "Последно напомняне" in operator.get(f"/costs/invoices/{number}").text
    assert operator.send(f"/costs/invoices/{number}/credit", cents="10", reason="Грешка")
    assert "Кредитни известия" in operator.get(f"/costs/invoices/{number}").text
    assert operator.get(f"/costs/invoices/{number}.pdf").data.startswith(b"%PDF-")
    assert "Книгата е балансирана" in operator.get("/costs/invoices/books").text
    back = re.search(r'action="(/costs/payments/[^"]+)"', operator.get(way).text)[1]
    once = re.search(r'name="request_id" value="([^"]+)"', operator.get(way).text)[1]
    for _ in range(2):
        assert post(operator, way, to=back, request_id=once).status_code == 303
    assert "Сторнирано" in operator.get(way).text


def test_a_month_without_what_the_law_wants_is_not_issued(operator, region, last_month):
    answer = post(operator, "/costs/issuer", to="/costs/invoices/month", month=str(last_month))
    assert answer.status_code == 422


@pytest.mark.parametrize(
    "path",
    [
        "/costs/invoices/7000000001",
        "/costs/invoices/99999999999999999999",
        "/costs/municipalities/narnia",
        "/costs/formula/00000000-0000-7000-8000-000000000000",
    ],
)
def test_what_is_not_there_is_not_found(operator, path):
    assert operator.get(path).status_code == 404


def test_a_page_asks_no_more_of_the_database_when_more_was_invoiced(
    operator, region, sharing, last_month, statements_of
):
    before = statements_of(lambda: operator.get("/costs/"))
    with region() as uow:
        issue_month(uow, last_month)
    after = statements_of(lambda: operator.get("/costs/"))
    assert len(after) == len(before) <= 14


def post(operator, page, end="", to="", **typed):
    """Press the button of a page whose form goes to `to`, or ends so."""
    html = operator.get(page).text
    token = re.search(r'name="csrf_token" value="([^"]+)"', html)[1]
    address = to or re.search(rf'action="([^"]*{end})"', html)[1]
    data = {"csrf_token": token, **typed}
    return operator.client.post(address, data=data, base_url=operator.base)
