"""An invoice as a PDF: always in Bulgarian, with all that the law wants to stand on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from flask_babel import gettext

from obshto.billing.gateways.bank import written_iban
from obshto.billing.invoices.models import Invoice
from obshto.billing.sharing.formula import Item
from obshto.billing.sharing.formula_text import measure_of, title_of
from obshto.platform.content.pdf import pdf_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import day, euro, month
from obshto.platform.web.language import SOURCE, speaking

TEMPLATE = Path(__file__).parent / "data" / "invoice.typ"
Values = dict[str, Any]


def invoice_pdf(region: UnitOfWork, invoice: Invoice) -> bytes:
    """PDF/UA-1. The same invoice gives the same bytes as long as its template stands."""
    with speaking(SOURCE):
        credited = region.session.get(Invoice, invoice.credits_id) if invoice.credits_id else None
        return pdf_of(TEMPLATE, values_of(invoice, credited))


def lines_of(invoice: Invoice) -> Iterator[tuple[str, str, str, int]]:
    """What is paid for, by which numbers, the price of one, the sum in cents."""
    for row in invoice.lines:
        item = Item(**row)
        if invoice.is_credit:
            yield gettext("Намаление"), invoice.reason, "", item.cents
        else:
            price = euro(item.price) if item.price else euro(item.cents)
            yield title_of(item), measure_of(item), price, item.cents


def values_of(invoice: Invoice, credited: Invoice | None) -> Values:
    """What the template reads."""
    kind = gettext("Кредитно известие") if credited else gettext("Фактура")
    at = invoice.issued_on
    rows = [[title, how, price, euro(cents)] for title, how, price, cents in lines_of(invoice)]
    return {
        "title": gettext("%(kind)s № %(n)s", kind=kind, n=invoice.written_number),
        "issuer_name": invoice.issuer["name"],
        "at": [at.year, at.month, at.day],
        "intro": list(_intro(invoice, credited)),
        "parties": [
            {"title": gettext("Доставчик"), "rows": list(_party(invoice.issuer))},
            {"title": gettext("Получател"), "rows": list(_party(invoice.buyer))},
        ],
        "lines_title": gettext("За какво"),
        "head": [
            gettext("Услуга"),
            gettext("Количество"),
            gettext("Единична цена"),
            gettext("Стойност"),
        ],
        "rows": rows,
        "sums_head": [gettext("Общо"), gettext("Сума")],
        "sums": list(_sums(invoice)),
        "foot": list(_foot(invoice)),
    }


def _intro(invoice: Invoice, credited: Invoice | None) -> Iterator[str]:
    yield gettext("Дата на издаване: %(day)s", day=day(invoice.issued_on))
    yield gettext("Дата на данъчното събитие: %(day)s", day=day(invoice.event_on))
    if credited:
        told = {"n": credited.written_number, "day": day(credited.issued_on)}
        yield gettext("Към фактура № %(n)s от %(day)s", **told)
    else:
        yield gettext("Споделен общински портал, %(month)s", month=month(invoice.month))


def _party(said: Mapping[str, str]) -> Iterator[list[str]]:
    labels = {
        "name": gettext("Име"),
        "eik": gettext("ЕИК"),
        "vat_number": gettext("Номер по ДДС"),
        "address": gettext("Адрес"),
        "person": gettext("Отговорно лице"),
    }
    yield from ([label, said[name]] for name, label in labels.items() if said.get(name))


def _sums(invoice: Invoice) -> Iterator[list[str]]:
    yield [gettext("Данъчна основа"), euro(invoice.net_cents)]
    if invoice.vat_percent:
        rate = gettext("Данък върху добавената стойност %(n)s %%", n=invoice.vat_percent)
        yield [rate, euro(invoice.vat_cents)]
    else:
        yield [gettext("Данък: не се начислява. %(why)s", why=invoice.exempt_because), euro(0)]
    yield [gettext("Сума за плащане"), euro(invoice.cents)]


def _foot(invoice: Invoice) -> Iterator[str]:
    if not invoice.is_credit:
        yield gettext("Платете до %(day)s с банков превод.", day=day(invoice.due_on))
        told = {"iban": written_iban(invoice.issuer["iban"]), "bank": invoice.issuer["bank"]}
        yield gettext("Сметка: %(iban)s, %(bank)s", **told)
        yield gettext("Основание за превода: фактура %(n)s", n=invoice.written_number)
    yield gettext("Съставил: %(name)s", name=invoice.issued_by)
