"""Two villages that share the costs of the portal by an invented formula."""

from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

import pytest

from obshto.billing.invoices.parties import Issuing, Party, set_customer, set_issuer
from obshto.billing.sharing.members import enrol, everyone
from obshto.billing.sharing.tariff_terms import Metered, Plan, Rate, Terms
from obshto.billing.sharing.tariffs import month_of, write_tariff
from obshto.platform.clock import today
from obshto.platform.unit_of_work import Principal, open_uow

FULL, BASIC = "1", "2"
TERMS = Terms(
    base_cents=240_000,
    population_cents=0,
    modules={"news": 1200, "pages": 500},
    meters={Metered.SMS: Rate(cents=6, free=10), Metered.HELP: Rate(cents=1800, free=1)},
    plans=(
        Plan(code=FULL, title="Пълен", has_all=True),
        Plan(code=BASIC, title="Основен", modules=frozenset({"news"})),
    ),
)
ISSUING = {
    "iban": "BG80BNBG96611020345678",
    "bic": "BNBGBGSD",
    "bank": "Банка",
    "vat_percent": 20,
    "exempt_because": "чл. 113, ал. 9 от ЗДДС",
    "due_days": 30,
    "first_number": 7_000_000_001,
}


def party(name, **more):
    told = {"eik": "123456789", "vat_number": "", "address": "ул. Първа № 1", "person": ""}
    return Party(name=name, **told | more)


@pytest.fixture
def region(app):
    """region(): an act of the region's team, committed."""

    @contextmanager
    def act(app=app):
        with app.app_context(), open_uow(None, Principal(name="Десислава Митова")) as uow:
            yield uow

    return act


@pytest.fixture
def last_month():
    return month_of(month_of(today()) - timedelta(days=1))


@pytest.fixture
def sharing(region, last_month):
    """Both villages share by the full plan since last month; all that invoices need is known."""
    with region() as uow:
        issuer = party("Областен център", vat_number="BG123456789")
        set_issuer(uow, issuer, Issuing(**ISSUING), expected_version=0)
        told = {"in_force_on": last_month, "reason": "Първа", "request_id": uuid4()}
        write_tariff(uow, TERMS, **told)
        for one in everyone(uow, last_month):
            enrol(uow, one, FULL, since=last_month, request_id=uuid4())
            set_customer(uow, one.slug, party(one.titles["bg"]), expected_version=0)
    return TERMS
