"""Book what was spent and what came by programmes; sum up a year; publish it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, case, func, select

from obshto.billing.invoices.errors import AlreadyTakenBack
from obshto.billing.invoices.models import Invoice
from obshto.billing.invoices.parties import issuer
from obshto.billing.ledger.accounts import Regional
from obshto.billing.ledger.services import post_regional
from obshto.billing.years.errors import YearIsToCome
from obshto.billing.years.events import OutlayBooked, YearPublished
from obshto.billing.years.models import Outlay, YearAccount
from obshto.platform.clock import day_of
from obshto.platform.errors import NotFound
from obshto.platform.unit_of_work import UnitOfWork

LAST_YEAR = 9999  # later ones are no years


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the books of the service as it is entered."""

    day: date
    is_income: bool
    programme: str
    purpose: str
    cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Of a year, in cents without VAT: `invoiced` by municipality, the rest by programme.

    `purposes` says of each programme what was spent on what.
    """

    year: int
    invoiced: Mapping[str, int]
    funding: Mapping[str, int]
    spending: Mapping[str, int]
    purposes: Mapping[str, Mapping[str, int]]

    @property
    def income_cents(self) -> int:
        return sum(self.invoiced.values()) + sum(self.funding.values())

    @property
    def spending_cents(self) -> int:
        return sum(self.spending.values())

    @property
    def result_cents(self) -> int:
        return self.income_cents - self.spending_cents

    @property
    def programmes(self) -> list[str]:
        return sorted({*self.funding, *self.spending})


def book_outlay(region: UnitOfWork, entry: Entry, *, request_id: UUID) -> Outlay:
    """The same `request_id` books it once."""
    if found := region.session.scalar(select(Outlay).where(Outlay.request_id == request_id)):
        return found
    return _book(region, Outlay(request_id=request_id, reverses_id=None, **asdict(entry)))


def take_back_outlay(region: UnitOfWork, outlay_id: UUID, *, request_id: UUID) -> None:
    """It was booked by mistake. Raises NotFound, AlreadyTakenBack."""
    issuer(region, to_change=True)  # one at a time: what is only added to cannot be locked
    found = region.session.get(Outlay, outlay_id)
    if found is None or found.reverses_id:
        raise NotFound
    back = region.session.scalar(select(Outlay).where(Outlay.reverses_id == found.id))
    if back:
        if back.request_id != request_id:
            raise AlreadyTakenBack
        return
    names = ("day", "is_income", "programme", "purpose", "cents")
    told = {name: getattr(found, name) for name in names}
    _book(region, Outlay(request_id=request_id, reverses_id=found.id, **told))


def outlays(year: int) -> Select[Outlay]:
    """Of a year, the last one booked first."""
    rows = select(Outlay).where(func.extract("year", Outlay.day) == year)
    return rows.order_by(Outlay.id.desc())


def taken_back(region: UnitOfWork, ids: Sequence[UUID]) -> frozenset[UUID]:
    """Those among them that another line takes back."""
    rows = select(Outlay.reverses_id).where(Outlay.reverses_id.in_(ids))
    return frozenset(one for one in region.session.scalars(rows) if one)


def programmes(region: UnitOfWork) -> Sequence[str]:
    """Those that were ever named."""
    rows = select(Outlay.programme).distinct().order_by(Outlay.programme)
    return region.session.scalars(rows).all()


def figures_of(region: UnitOfWork, year: int) -> Figures:
    """As the books say now: invoices by the day on which they were issued, less credit notes."""
    signed = case((Invoice.credits_id.is_(None), Invoice.net_cents), else_=-Invoice.net_cents)
    rows = select(Invoice.municipality, func.sum(signed)).group_by(Invoice.municipality)
    rows = rows.where(func.extract("year", Invoice.issued_on) == year)
    invoiced = {slug: int(cents) for slug, cents in region.session.execute(rows)}
    funding: dict[str, int] = defaultdict(int)
    purposes: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for one in region.session.scalars(outlays(year)):
        cents = -one.cents if one.reverses_id else one.cents
        if one.is_income:
            funding[one.programme] += cents
        else:
            purposes[one.programme][one.purpose] += cents
    spent = {name: _some(lines) for name, lines in purposes.items()}
    return Figures(
        year=year,
        invoiced=invoiced,
        funding=_some(funding),
        spending=_some({name: sum(lines.values()) for name, lines in spent.items()}),
        purposes={name: lines for name, lines in spent.items() if lines},
    )


def publish_year(region: UnitOfWork, year: int, *, request_id: UUID) -> YearAccount:
    """As it is now, for everybody; once more corrects it. Raises YearIsToCome."""
    row = select(YearAccount).where(YearAccount.request_id == request_id)
    if found := region.session.scalar(row):
        return found
    if year > day_of(region.now).year:
        raise YearIsToCome
    account = YearAccount(
        request_id=request_id,
        year=year,
        published_at=region.now,
        published_by=region.principal.name,
        figures=asdict(figures_of(region, year)),
    )
    region.session.add(account)
    region.session.flush()
    region.emit(YearPublished(subject_id=account.id, year=year))
    region.invalidate_region_pages()
    return account


def published_years(region: UnitOfWork) -> Sequence[int]:
    """The last one first."""
    rows = select(YearAccount.year).distinct().order_by(YearAccount.year.desc())
    return region.session.scalars(rows).all()


def published(region: UnitOfWork, year: int) -> tuple[YearAccount, Figures, bool]:
    """As it was published last, and whether that was a correction. Raises NotFound."""
    rows = select(YearAccount).where(YearAccount.year == min(year, LAST_YEAR))
    found = region.session.scalars(rows.order_by(YearAccount.id.desc()).limit(2)).all()
    if not found:
        raise NotFound
    return found[0], Figures(**found[0].figures), len(found) > 1


def _some(lines: Mapping[str, int]) -> dict[str, int]:
    """Without what was wholly taken back."""
    return {name: cents for name, cents in sorted(lines.items()) if cents}


def _book(region: UnitOfWork, outlay: Outlay) -> Outlay:
    outlay.made_at, outlay.made_by = region.now, region.principal.name
    region.session.add(outlay)
    region.session.flush()
    sides = (
        (Regional.BANK, Regional.FUNDING)
        if outlay.is_income
        else (Regional.SPENDING, Regional.BANK)
    )
    debit, credit = sides[::-1] if outlay.reverses_id else sides
    post_regional(
        region,
        f"outlay:{outlay.id}",
        debit=debit,
        credit=credit,
        cents=outlay.cents,
        municipality=None,
    )
    cents = -outlay.cents if outlay.reverses_id else outlay.cents
    region.emit(OutlayBooked(subject_id=outlay.id, cents=cents, programme=outlay.programme))
    return outlay
