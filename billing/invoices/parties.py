"""Who issues invoices, and to whom: the requisites that the law wants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from sqlalchemy import select

from obshto.billing.invoices.errors import NumbersHaveBegun
from obshto.billing.invoices.events import CustomerChanged, IssuerChanged
from obshto.billing.invoices.models import Customer, Invoice, Issuer
from obshto.platform.entity import expect_version
from obshto.platform.errors import Conflict
from obshto.platform.unit_of_work import UnitOfWork

THE_ONE = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Either side of an invoice: VAT act, art. 114, para. 1, points 4, 5, 8, 9."""

    name: str
    eik: str
    vat_number: str
    address: str
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuing:
    """What is said of the issuer beyond a party's names: where money goes, how VAT is charged."""

    iban: str
    bic: str
    bank: str
    vat_percent: int
    exempt_because: str
    due_days: int
    first_number: int


def issuer(region: UnitOfWork, *, to_change: bool = False) -> Issuer | None:
    """The row; locked it is also the turn of who takes a number."""
    row = select(Issuer).where(Issuer.id == THE_ONE)
    return region.session.scalar(row.with_for_update() if to_change else row)


def set_issuer(region: UnitOfWork, party: Party, said: Issuing, *, expected_version: int) -> None:
    """`expected_version` is 0 while there is none. Raises Conflict, NumbersHaveBegun."""
    found, told = issuer(region, to_change=True), {**asdict(party), **asdict(said)}
    if found is None:
        region.session.add(Issuer(id=THE_ONE, **told))
    elif not _changes(found, told):
        return
    else:
        expect_version(found, expected_version, Conflict)
        has_begun = region.session.scalar(select(Invoice.id).limit(1)) is not None
        if has_begun and found.first_number != said.first_number:
            raise NumbersHaveBegun
        _set(found, told)
    region.session.flush()
    region.emit(IssuerChanged())


def customers(region: UnitOfWork) -> dict[str, Customer]:
    """By municipality."""
    return {one.municipality: one for one in region.session.scalars(select(Customer))}


def set_customer(
    region: UnitOfWork, municipality: str, party: Party, *, expected_version: int
) -> None:
    """`expected_version` is 0 while nothing is known of it. Raises Conflict."""
    row = select(Customer).where(Customer.municipality == municipality).with_for_update()
    found, told = region.session.scalar(row), asdict(party)
    if found is None:
        region.session.add(Customer(municipality=municipality, **told))
    elif not _changes(found, told):
        return
    else:
        expect_version(found, expected_version, Conflict)
        _set(found, told)
    region.session.flush()
    region.emit(CustomerChanged(municipality=municipality))


def _changes(row: Issuer | Customer, told: Mapping[str, object]) -> bool:
    return any(getattr(row, name) != value for name, value in told.items())


def _set(row: Issuer | Customer, told: Mapping[str, object]) -> None:
    for name, value in told.items():
        setattr(row, name, value)
