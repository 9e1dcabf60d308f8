"""Demonstration money of the shared service: a formula, invoices, payments, last year's account."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy.dialects.postgresql import insert
from stdnum import iban as ibans

from obshto.billing.invoices.issuance import issue_month
from obshto.billing.invoices.parties import Issuing, Party, issuer, set_customer, set_issuer
from obshto.billing.invoices.remittances import book_remittance
from obshto.billing.sharing.formula import MODULE, days_of
from obshto.billing.sharing.members import Sharer, enrol, everyone
from obshto.billing.sharing.models import Use
from obshto.billing.sharing.tariff_terms import Metered, Plan, Rate, Terms
from obshto.billing.sharing.tariffs import month_of, next_month, write_tariff
from obshto.billing.years.services import Entry, book_outlay, publish_year
from obshto.platform.clock import today
from obshto.platform.unit_of_work import UnitOfWork

PRICES = {"eservices": 2500, "payments": 2000, "polls": 1000, "notices": 800, "pages": 500}
FULL, BASIC = "1", "2"
TERMS = Terms(
    base_cents=1_200_000,
    population_cents=1_800_000,
    modules=PRICES,
    meters={
        Metered.SMS: Rate(cents=6, free=100),
        Metered.STORAGE: Rate(cents=40, free=5),
        Metered.HELP: Rate(cents=1800, free=2),
    },
    plans=(
        Plan(code=FULL, title="Пълен", has_all=True),
        Plan(code=BASIC, title="Основен", modules=frozenset({"news", "pages", "places"})),
    ),
)
# Invented, like everything here: the check digits fit, no bank has this account.
IBAN_BODY = "DEMO96611000112233"
OWN, RURAL = "Собствени средства на общините", "Програма за развитие на селските райони"


def seed_region(region: UnitOfWork) -> None:
    """Once all municipalities are there. Where somebody has begun already, nothing is done."""
    if issuer(region):
        return
    first, last = _months()
    _issuer(region)
    _formula(region, first)
    for n, one in enumerate(everyone(region, first)):
        _municipality(region, n, one, first, last)
    issue_month(region, first)
    for n, invoice in enumerate(issue_month(region, last)):
        if n % 4:  # one of four has not paid yet
            book_remittance(
                region,
                invoice.municipality,
                cents=invoice.cents * 2,
                received_on=today(),
                reference=f"Извлечение {n + 1}",
                request_id=_id(f"paid/{invoice.municipality}"),
            )
    _year(region)


def _months() -> tuple[date, date]:
    """The last two that are over."""
    last = month_of(month_of(today()) - timedelta(days=1))
    return month_of(last - timedelta(days=1)), last


def _issuer(region: UnitOfWork) -> None:
    party = Party(
        name="Областен център за електронни услуги (демонстрация)",
        eik="000000000",
        vat_number="BG000000000",
        address="3700 гр. Видин, пл. „Бдинци“ № 2",
        person="Десислава Митова",
    )
    said = Issuing(
        iban=f"BG{ibans.calc_check_digits(f'BG00{IBAN_BODY}')}{IBAN_BODY}",
        bic="DEMOBGSF",
        bank="Демонстрационна банка",
        vat_percent=20,
        exempt_because="",
        due_days=30,
        first_number=7_000_000_001,
    )
    set_issuer(region, party, said, expected_version=0)


def _formula(region: UnitOfWork, first: date) -> None:
    """The one in force, and one from next year on."""
    why, then = "Първата формула, приета от общините", date(today().year + 1, 1, 1)
    write_tariff(region, TERMS, in_force_on=first, reason=why, request_id=_id("tariff"))
    more = replace(TERMS, base_cents=1_320_000)
    why = "Наемаме още един специалист, който помага на служителите"
    write_tariff(region, more, in_force_on=then, reason=why, request_id=_id("tariff/next"))


def _municipality(region: UnitOfWork, n: int, one: Sharer, first: date, last: date) -> None:
    enrol(region, one, FULL, since=first, request_id=_id(f"plan/{one.slug}"))
    buyer = Party(
        name=one.titles["bg"],
        eik=f"{n + 1:09}",
        vat_number="",
        address=f"{one.names['bg']}, сградата на общината",
        person="",
    )
    set_customer(region, one.slug, buyer, expected_version=0)
    days = (day for month in (first, last, next_month(last)) for day in _days(month))
    rows = [row for day in days for row in _used(n, one, day)]
    region.session.execute(insert(Use).on_conflict_do_nothing(), rows)


def _days(month: date) -> Iterator[date]:
    """Those that have come."""
    whole = (month + timedelta(days=number) for number in range(days_of(month)))
    return (day for day in whole if day <= today())


def _used(n: int, one: Sharer, day: date) -> Iterator[dict[str, object]]:
    told = [(f"{MODULE}{module}", 1) for module in sorted(one.modules)]
    told.append((Metered.STORAGE, 300 + 40 * n))
    if day.day == 10:
        told += [(Metered.SMS, 60 + 25 * n), (Metered.HELP, 45 * (n % 5))]
    for word, number in told:
        row = {"municipality": one.slug, "word": word, "day": day, "number": number}
        yield {**row, "key": f"{word}:{day}"}


def _year(region: UnitOfWork) -> None:
    """Of this year and of the one before it, which is published."""
    last = today().year - 1
    for n, (day, is_income, programme, purpose, cents) in enumerate(
        (
            (date(last, 3, 1), True, RURAL, "Първи етап на портала", 2_400_000),
            (date(last, 5, 20), False, RURAL, "Разработка", 1_850_000),
            (date(last, 9, 12), False, RURAL, "Обучение на служители", 410_000),
            (date(last, 11, 3), False, OWN, "Сървъри и резервни копия", 126_000),
            (min(today(), date(last + 1, 2, 2)), False, OWN, "Сървъри и резервни копия", 98_000),
        )
    ):
        entry = Entry(
            day=day, is_income=is_income, programme=programme, purpose=purpose, cents=cents
        )
        book_outlay(region, entry, request_id=_id(f"outlay/{n}"))
    publish_year(region, last, request_id=_id("year"))


def _id(key: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"demo/costs/{key}")
