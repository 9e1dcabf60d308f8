"""What a municipality reads of its own costs, and what its plan lets it switch on."""

import re
from uuid import uuid4

import pytest

from obshto.billing.invoices.issuance import issue_month
from obshto.billing.notifications import NOTIFICATIONS
from obshto.billing.sharing.members import choose_plan, sharer_named
from obshto.platform.clock import today
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.platform.web.language import speaking
from obshto.tenants.api import scope_named

COSTS = "/console/billing/costs/"


@pytest.fixture
def admin(sign_in):
    return sign_in("gorno-selo", Role.ADMIN)


@pytest.fixture
def issued(region, sharing, last_month):
    with region() as uow:
        return {one.municipality: one for one in issue_month(uow, last_month)}


def test_who_does_not_share_reads_so(admin):
    assert "Общината още не плаща за портала" in admin.get(COSTS).text


def test_the_formula_is_told_with_the_municipalitys_own_numbers(admin, sharing):
    page = admin.get(COSTS).text
    assert "112,00\u00a0€" in page  # an equal share of 100, news for 12
    assert "1 от 2 общини" in page.replace("\u00a0", " ")
    assert "Модул „Новини" in page
    assert "Долно село" in page, "what the others pay is open"


def test_an_invoice_is_its_own_municipalitys_alone(admin, issued, sign_in):
    mine, other = (f"{COSTS}{issued[slug].number}.pdf" for slug in ("gorno-selo", "dolno-selo"))
    assert mine in admin.get(COSTS).text
    assert other not in admin.get(COSTS).text
    assert admin.get(mine).data.startswith(b"%PDF-")
    assert admin.get(other).status_code == 404
    assert sign_in("gorno-selo", Role.EDITOR).get(mine).status_code == 403


def test_the_new_cost_is_told_before_one_agrees(admin, sharing):
    page = admin.get("/console/tenants/pages").text.replace("\u00a0", " ")
    assert "Сега общината плаща за портала 112,00 € на месец без данък" in page
    assert "След промяната ще плаща 117,00 €" in page


def test_a_module_outside_the_plan_is_not_switched_on(admin, region, sharing):
    month = today().replace(day=1)
    with region() as uow:
        here = sharer_named(uow, "gorno-selo", month)
        choose_plan(uow, here, "2", since=month, request_id=uuid4())
    page = admin.get("/console/tenants/pages").text
    assert "В плана „Основен“ няма" in page
    assert "/pages/on" not in page
    answer = admin.post("/console/tenants/pages/on", {"expected_version": switches(admin)})
    assert answer.status_code == 422
    assert admin.get("/pages/").status_code == 404


def test_who_is_late_is_warned_and_never_cut_off(admin, issued, owner, monkeypatch, client, at):
    """Nothing asks for money before it serves a citizen, nor before a module goes on."""
    late = issued["gorno-selo"].due_on.replace(year=issued["gorno-selo"].due_on.year + 1)
    monkeypatch.setattr("obshto.billing.finance.costs.today", lambda: late)
    assert "заради това нищо не спира" in admin.get(COSTS).text
    assert client.get("/news/", base_url=at("gorno-selo")).status_code == 200
    answer = admin.post("/console/tenants/pages/on", {"expected_version": switches(admin)})
    assert answer.status_code == 303
    assert client.get("/pages/", base_url=at("gorno-selo")).status_code != 404


def test_costs_are_for_those_who_answer_for_them(sign_in, sharing):
    for role, status in ((Role.MAYOR, 200), (Role.FINANCE_OFFICER, 200), (Role.EDITOR, 403)):
        assert sign_in("gorno-selo", role).get(COSTS).status_code == status, role


def switches(admin):
    """What the page about a module that is on says it has seen."""
    page = admin.get("/console/tenants/news").text
    return re.search(r'name="expected_version" value="(\d+)"', page)[1]


def test_the_letter_of_an_invoice_is_in_the_readers_language(app, issued):
    fact = {"number": "7000000001", "cents": 12_000, "due_on": today().isoformat()}
    with app.app_context(), open_uow(scope_named("gorno-selo"), Principal.system("t")) as uow:
        for one in NOTIFICATIONS:
            with speaking("bg"):
                subject, body = one.letter(uow, fact)
            assert "7000000001" in body
            assert "gorno-selo.localhost:8000/console/billing/costs/" in body
            assert subject
