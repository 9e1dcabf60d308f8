"""Issue invoices and credit notes, numbered without a gap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import func, select

from obshto.billing.invoices.errors import (
    IncompleteCustomers,
    MonthIsNotOver,
    NoFormula,
    NoIssuer,
    NotToBeCredited,
    TooMuchCredit,
)
from obshto.billing.invoices.events import InvoiceCredited, InvoiceFact, InvoiceIssued
from obshto.billing.invoices.models import TEN_DIGITS, Customer, Invoice, Issuer
from obshto.billing.invoices.parties import customers, issuer
from obshto.billing.ledger.accounts import Regional
from obshto.billing.ledger.services import post_regional
from obshto.billing.sharing.formula import Item, costs_of_month, total
from obshto.billing.sharing.members import Sharer, as_used, sharers
from obshto.billing.sharing.rounding import rounded
from obshto.billing.sharing.tariffs import next_month, tariff_in_force
from obshto.platform.clock import day_of
from obshto.platform.errors import NotFound
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import euro

PERCENT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a municipality would be invoiced for a month. Sums are cents."""

    sharer: Sharer
    items: Sequence[Item]
    vat_percent: int
    buyer: Customer | None
    number: str  # of the invoice, where it was issued already

    @property
    def net_cents(self) -> int:
        return total(self.items)

    @property
    def vat_cents(self) -> int:
        return rounded(self.net_cents, self.vat_percent, PERCENT)

    @property
    def cents(self) -> int:
        return self.net_cents + self.vat_cents

    @property
    def is_ready(self) -> bool:
        return self.buyer is not None and all((self.buyer.name, self.buyer.eik, self.buyer.address))


def percent_of(by: Issuer | None) -> int:
    """The rate of VAT: none while the issuer is not registered for it."""
    return by.vat_percent if by and by.vat_number else 0


def drafts(region: UnitOfWork, month: date) -> list[Draft]:
    """Of everybody who shared the costs of that month. Raises NoFormula."""
    tariff = tariff_in_force(region, month)
    if tariff is None:
        raise NoFormula
    costs = costs_of_month(tariff.said, as_used(region, month), month)
    rows = select(Invoice.municipality, Invoice.number)
    rows = rows.where(Invoice.month == month, Invoice.credits_id.is_(None))
    issued: dict[str, int] = {slug: number for slug, number in region.session.execute(rows)}
    buyers, percent = customers(region), percent_of(issuer(region))
    return [
        Draft(
            sharer=one,
            items=costs[one.slug],
            vat_percent=percent,
            buyer=buyers.get(one.slug),
            number=f"{issued[one.slug]:010}" if one.slug in issued else "",
        )
        for one in sharers(region, month)
    ]


def issue_month(region: UnitOfWork, month: date) -> list[Invoice]:
    """One invoice for each who owes anything for that month and has none yet.

    Raises NoIssuer, MonthIsNotOver, NoFormula, IncompleteCustomers.
    """
    by = _turn(region)
    if next_month(month) > day_of(region.now):
        raise MonthIsNotOver
    wanted = [one for one in drafts(region, month) if one.cents and not one.number]
    if missing := [one.sharer.name("bg") for one in wanted if not one.is_ready]:
        raise IncompleteCustomers(names=", ".join(missing))
    return [_issue(region, by, month, one) for one in wanted]


def credit_invoice(
    region: UnitOfWork, invoice: Invoice, *, net_cents: int, reason: str, request_id: UUID
) -> Invoice:
    """Take so much of it away: VAT act, art. 115. The same `request_id` does it once.

    Raises NotToBeCredited, TooMuchCredit.
    """
    by, key = _turn(region), f"credit:{request_id}"
    if found := region.session.scalar(select(Invoice).where(Invoice.key == key)):
        return found
    if invoice.is_credit:
        raise NotToBeCredited
    net, vat = _credited(region, invoice)
    left = invoice.net_cents - net
    if net_cents > left:
        raise TooMuchCredit(sum=euro(left))
    is_last = net_cents == left  # the VAT of all notes sums up to that of the invoice
    note = Invoice(
        **_common(region, by, invoice.month),
        key=key,
        municipality=invoice.municipality,
        due_on=day_of(region.now),
        buyer=invoice.buyer,
        lines=[asdict(Item(word="credit", cents=net_cents))],
        net_cents=net_cents,
        vat_percent=invoice.vat_percent,
        vat_cents=(
            invoice.vat_cents - vat if is_last else rounded(net_cents, invoice.vat_percent, PERCENT)
        ),
        exempt_because=invoice.exempt_because,
        credits_id=invoice.id,
        reason=reason,
    )
    return _written(region, note, InvoiceCredited)


def invoice_numbered(region: UnitOfWork, number: int) -> Invoice:
    """Raises NotFound, also for what is longer than any number."""
    row = select(Invoice).where(Invoice.number == min(number, TEN_DIGITS + 1))
    found = region.session.scalar(row)
    if found is None:
        raise NotFound
    return found


def notes_to(region: UnitOfWork, invoice: Invoice) -> Sequence[Invoice]:
    """The credit notes to an invoice."""
    rows = select(Invoice).where(Invoice.credits_id == invoice.id).order_by(Invoice.number)
    return region.session.scalars(rows).all()


def fact_of(invoice: Invoice, kind: type[InvoiceFact], *, cents: int) -> InvoiceFact:
    """What happened to it."""
    return kind(
        subject_id=invoice.id,
        municipality=invoice.municipality,
        number=invoice.written_number,
        cents=cents,
        due_on=invoice.due_on.isoformat(),
    )


def _turn(region: UnitOfWork) -> Issuer:
    """One writer at a time, to the end of the transaction: so numbers have no gap."""
    by = issuer(region, to_change=True)
    if by is None:
        raise NoIssuer
    return by


def _issue(region: UnitOfWork, by: Issuer, month: date, draft: Draft) -> Invoice:
    assert draft.buyer
    invoice = Invoice(
        **_common(region, by, month),
        key=f"{draft.sharer.slug}:{month:%Y-%m}",
        municipality=draft.sharer.slug,
        due_on=day_of(region.now) + timedelta(days=by.due_days),
        buyer=draft.buyer.requisites,
        lines=[asdict(item) for item in draft.items],
        net_cents=draft.net_cents,
        vat_percent=draft.vat_percent,
        vat_cents=draft.vat_cents,
        exempt_because="" if draft.vat_percent else by.exempt_because,
        credits_id=None,
        reason="",
    )
    return _written(region, invoice, InvoiceIssued)


def _common(region: UnitOfWork, by: Issuer, month: date) -> dict[str, object]:
    last = region.session.scalar(select(func.max(Invoice.number))) or 0
    return {
        "number": max(last, by.first_number - 1) + 1,
        "month": month,
        "issued_on": day_of(region.now),
        "event_on": next_month(month) - timedelta(days=1),
        "issuer": by.requisites,
        "issued_by": region.principal.name,
    }


def _written(region: UnitOfWork, invoice: Invoice, kind: type[InvoiceFact]) -> Invoice:
    """Kept, booked, told."""
    region.session.add(invoice)
    region.session.flush()
    for what, account, cents in (
        ("net", Regional.INCOME, invoice.net_cents),
        ("vat", Regional.VAT, invoice.vat_cents),
    ):
        sides = (Regional.RECEIVABLE, account)
        debit, credit = sides[::-1] if invoice.is_credit else sides
        post_regional(
            region,
            f"invoice:{invoice.number}:{what}",
            debit=debit,
            credit=credit,
            cents=cents,
            municipality=invoice.municipality,
        )
    region.emit(fact_of(invoice, kind, cents=invoice.cents))
    return invoice


def _credited(region: UnitOfWork, invoice: Invoice) -> tuple[int, int]:
    """How much of it, and of its VAT, was taken away."""
    sums = select(func.sum(Invoice.net_cents), func.sum(Invoice.vat_cents))
    net, vat = region.session.execute(sums.where(Invoice.credits_id == invoice.id)).one()
    return int(net or 0), int(vat or 0)
