"""What municipalities have paid, and which invoices it covers: the oldest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.dialects.postgresql import insert

from obshto.billing.invoices.errors import AlreadyTakenBack, NothingOwed
from obshto.billing.invoices.events import InvoiceReminded, RemittanceBooked
from obshto.billing.invoices.issuance import fact_of
from obshto.billing.invoices.models import CameBy, Invoice, Reminder, Remittance
from obshto.billing.invoices.parties import issuer
from obshto.billing.ledger.accounts import Regional
from obshto.billing.ledger.services import post_regional
from obshto.platform.clock import day_of
from obshto.platform.errors import NotFound
from obshto.platform.modularity.manifest import Job
from obshto.platform.unit_of_work import Principal, UnitOfWork, open_uow

ACCOUNTS = {CameBy.BANK: Regional.BANK, CameBy.STRIPE: Regional.COLLECTOR}
AGAIN = timedelta(days=14)  # between two reminders that nobody had to send


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """An invoice with what of it was taken away by notes, what is paid. Sums are cents."""

    invoice: Invoice
    credited_cents: int
    paid_cents: int

    @property
    def owed_cents(self) -> int:
        return self.invoice.cents - self.credited_cents - self.paid_cents

    def is_late(self, day: date) -> bool:
        return self.owed_cents > 0 and self.invoice.due_on < day

    def state(self, day: date) -> str:
        """A word of `INVOICES`."""
        if self.invoice.cents == self.credited_cents:
            return "credited"
        if self.owed_cents == 0:
            return "paid"
        return "late" if self.is_late(day) else "part" if self.paid_cents else "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a municipality stands: its invoices, the oldest first; what it paid in advance."""

    invoices: list[Owed] = field(default_factory=list)
    advance_cents: int = 0

    @property
    def owed_cents(self) -> int:
        return sum(one.owed_cents for one in self.invoices)

    def late(self, day: date) -> list[Owed]:
        return [one for one in self.invoices if one.is_late(day)]

    def of(self, invoice: Invoice) -> Owed:
        return next(one for one in self.invoices if one.invoice.id == invoice.id)


def allotted(documents: Iterable[Invoice], received: int) -> Standing:
    """What came pays the oldest first: so it follows from sums alone, in whatever order."""
    documents = sorted(documents, key=lambda one: one.number)
    credited: dict[UUID | None, int] = defaultdict(int)
    for one in documents:
        if one.is_credit:
            credited[one.credits_id] += one.cents
    owed = []
    for one in documents:
        if not one.is_credit:
            paid = max(0, min(received, one.cents - credited[one.id]))
            received -= paid
            told = {"credited_cents": credited[one.id], "paid_cents": paid}
            owed.append(Owed(invoice=one, **told))
    return Standing(invoices=owed, advance_cents=received)


def standings(region: UnitOfWork, slug: str | None = None) -> dict[str, Standing]:
    """By municipality, or of that one alone. Two queries."""
    documents: dict[str, list[Invoice]] = defaultdict(list)
    rows = select(Invoice).order_by(Invoice.number)
    for one in region.session.scalars(rows.where(Invoice.municipality == slug) if slug else rows):
        documents[one.municipality].append(one)
    sums = select(Remittance.municipality, func.sum(Remittance.cents)).group_by(
        Remittance.municipality
    )
    if slug:
        sums = sums.where(Remittance.municipality == slug)
    received = {place: int(cents) for place, cents in region.session.execute(sums)}
    places = {*documents, *received}
    return {place: allotted(documents[place], received.get(place, 0)) for place in places}


def standing_of(region: UnitOfWork, slug: str) -> Standing:
    return standings(region, slug).get(slug, Standing())


def remittances(*, municipality: str | None = None) -> Select[Remittance]:
    """The last one booked first."""
    rows = select(Remittance).order_by(Remittance.id.desc())
    return rows.where(Remittance.municipality == municipality) if municipality else rows


def book_remittance(
    region: UnitOfWork,
    municipality: str,
    *,
    cents: int,
    received_on: date,
    reference: str,
    request_id: UUID,
    came_by: CameBy = CameBy.BANK,
) -> Remittance:
    """Money has come from it; less or more than is owed is right, too. Once for `request_id`."""
    row = select(Remittance).where(Remittance.request_id == request_id)
    if found := region.session.scalar(row):
        return found
    told = {"municipality": municipality, "cents": cents, "received_on": received_on}
    told["came_by"] = came_by
    return _book(region, Remittance(request_id=request_id, reference=reference, **told))


def take_back(region: UnitOfWork, remittance_id: UUID, *, request_id: UUID) -> None:
    """It was booked by mistake. Raises NotFound, AlreadyTakenBack."""
    issuer(region, to_change=True)  # one at a time: what is only added to cannot be locked
    found = region.session.get(Remittance, remittance_id)
    if found is None or found.reverses_id:
        raise NotFound
    back = region.session.scalar(select(Remittance).where(Remittance.reverses_id == found.id))
    if back:
        if back.request_id != request_id:
            raise AlreadyTakenBack
        return
    told = {
        "municipality": found.municipality,
        "received_on": found.received_on,
        "came_by": found.came_by,
    }
    _book(
        region,
        Remittance(
            request_id=request_id,
            cents=-found.cents,
            reference=found.reference,
            reverses_id=found.id,
            **told,
        ),
    )


def remind(region: UnitOfWork, invoice: Invoice) -> None:
    """Once a day at most. Raises NothingOwed."""
    owed = standing_of(region, invoice.municipality).of(invoice).owed_cents
    if owed <= 0:
        raise NothingOwed
    row = {"invoice_id": invoice.id, "day": day_of(region.now), "by": region.principal.name}
    statement = insert(Reminder).values(row).on_conflict_do_nothing()
    if region.session.scalar(statement.returning(Reminder.day)):
        region.emit(fact_of(invoice, InvoiceReminded, cents=owed))


def reminders(region: UnitOfWork, invoices: Sequence[UUID]) -> dict[UUID, date]:
    """The last day on which each was reminded of."""
    rows = select(Reminder.invoice_id, func.max(Reminder.day)).group_by(Reminder.invoice_id)
    found = region.session.execute(rows.where(Reminder.invoice_id.in_(invoices)))
    return {invoice_id: day for invoice_id, day in found}


def remind_late(uow: UnitOfWork) -> None:
    """Job: of each late invoice of this municipality, if nobody did so lately."""
    slug = uow.scope.slug
    uow.commit()
    with open_uow(None, Principal.system(REMIND.name)) as region:
        day = day_of(region.now)
        late = standing_of(region, slug).late(day)
        told = reminders(region, [one.invoice.id for one in late])
        for one in late:
            if told.get(one.invoice.id, date.min) <= day - AGAIN:
                remind(region, one.invoice)


REMIND = Job(name="billing:remind-late", run=remind_late, every="30 6 * * *")


def _book(region: UnitOfWork, remittance: Remittance) -> Remittance:
    remittance.booked_at, remittance.booked_by = region.now, region.principal.name
    region.session.add(remittance)
    region.session.flush()
    sides = (ACCOUNTS[CameBy(remittance.came_by)], Regional.RECEIVABLE)
    debit, credit = sides if remittance.cents > 0 else sides[::-1]
    post_regional(
        region,
        f"remittance:{remittance.id}",
        debit=debit,
        credit=credit,
        cents=abs(remittance.cents),
        municipality=remittance.municipality,
    )
    slug, cents = remittance.municipality, remittance.cents
    region.emit(RemittanceBooked(subject_id=remittance.id, municipality=slug, cents=cents))
    return remittance
