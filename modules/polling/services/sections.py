"""Sections with their rooms and addresses: written, closed, brought back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.exc import IntegrityError

from obshto.modules.polling.errors import (
    AddressTaken,
    NoSuchSection,
    SectionNumberTaken,
    StaleSection,
)
from obshto.modules.polling.events import (
    AddressesChanged,
    SectionClosed,
    SectionFact,
    SectionReopened,
    SectionWritten,
)
from obshto.modules.polling.models import PollingSection, SectionAddress
from obshto.modules.polling.services.address_search import overlap, street_key
from obshto.platform.entity import expect_version
from obshto.platform.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionWords:
    """A section as typed."""

    number: int
    place: str
    address: str
    settlement: str
    is_accessible: bool
    entrance: str
    voters: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressWords:
    """Addresses as typed; without a street all of the settlement that no street names."""

    settlement: str
    street: str
    side: str
    first: int
    last: int


def open_sections() -> Select[PollingSection]:
    """Those where people vote, by number."""
    return everything().where(PollingSection.is_closed.is_(False))


def everything() -> Select[PollingSection]:
    """All, the closed ones last."""
    return select(PollingSection).order_by(
        PollingSection.is_closed, PollingSection.number, PollingSection.id
    )


def searched(words: str) -> Select[PollingSection]:
    """What staff look for by number, place or address."""
    said = words.strip()
    if not said:
        return everything()
    if said.isascii() and said.isdigit() and len(said) <= 6:
        return everything().where(PollingSection.number == int(said))
    columns = (PollingSection.place, PollingSection.address)
    return everything().where(or_(*(column.icontains(said, autoescape=True) for column in columns)))


def section_of(uow: UnitOfWork, section_id: UUID, *, to_change: bool = False) -> PollingSection:
    """One of them, open or closed. Raises NoSuchSection."""
    wanted = select(PollingSection).where(PollingSection.id == section_id)
    found = uow.session.scalar(wanted.with_for_update() if to_change else wanted)
    if found is None:
        raise NoSuchSection
    return found


def write_section(uow: UnitOfWork, words: SectionWords, *, request_id: UUID) -> PollingSection:
    """A new one; the same request again finds the first. Raises SectionNumberTaken."""
    first = select(PollingSection).where(PollingSection.request_id == request_id)
    if found := uow.session.scalar(first):
        return found
    section = PollingSection(request_id=request_id, **_columns(words))
    try:
        with uow.session.begin_nested():
            uow.session.add(section)
    except IntegrityError:  # the number is in use, or a second click in the same instant
        if found := uow.session.scalar(first):
            return found
        raise SectionNumberTaken from None
    _tell(uow, SectionWritten, section)
    return section


def edit_section(
    uow: UnitOfWork, section: PollingSection, words: SectionWords, *, expected_version: int
) -> None:
    """Raises StaleSection, SectionNumberTaken."""
    told = _columns(words)
    if all(getattr(section, name) == value for name, value in told.items()):
        return
    expect_version(section, expected_version, StaleSection)
    try:
        with uow.session.begin_nested():
            for name, value in told.items():
                setattr(section, name, value)
    except IntegrityError:
        uow.session.refresh(section)
        raise SectionNumberTaken from None
    _tell(uow, SectionWritten, section)


def close_section(
    uow: UnitOfWork, section: PollingSection, *, to: bool, expected_version: int
) -> None:
    """Close it, or bring it back with its addresses.

    Raises StaleSection, SectionNumberTaken, AddressTaken.
    """
    if section.is_closed == to:
        return
    expect_version(section, expected_version, StaleSection)
    if not to:
        for row in addresses_of(uow, section.id):
            _expect_free(uow, row)
    try:
        with uow.session.begin_nested():
            section.is_closed = to
    except IntegrityError:
        uow.session.refresh(section)
        raise SectionNumberTaken from None
    _tell(uow, SectionClosed if to else SectionReopened, section)


def addresses_of(uow: UnitOfWork, section_id: UUID) -> Sequence[SectionAddress]:
    """In the order of streets and numbers. One query."""
    wanted = select(SectionAddress).where(SectionAddress.section_id == section_id)
    return uow.session.scalars(wanted.order_by(*_IN_ORDER)).all()


def open_addresses(uow: UnitOfWork) -> Sequence[SectionAddress]:
    """Of all open sections. One query."""
    wanted = select(SectionAddress).join(PollingSection)
    wanted = wanted.where(PollingSection.is_closed.is_(False))
    return uow.session.scalars(wanted.order_by(*_IN_ORDER)).all()


def addresses_by_section(uow: UnitOfWork) -> Mapping[UUID, Sequence[SectionAddress]]:
    """The same by section. One query."""
    found: dict[UUID, list[SectionAddress]] = {}
    for row in open_addresses(uow):
        found.setdefault(row.section_id, []).append(row)
    return found


def add_addresses(
    uow: UnitOfWork, section: PollingSection, words: AddressWords, *, request_id: UUID
) -> SectionAddress:
    """Addresses that nobody else has; the same request again finds the first.

    Whoever adds some at the same time waits for the rows of the sections. Raises AddressTaken.
    """
    first = select(SectionAddress).where(SectionAddress.request_id == request_id)
    if found := uow.session.scalar(first):
        return found
    uow.session.execute(
        select(PollingSection.id).order_by(PollingSection.id).with_for_update()
    ).all()
    if found := uow.session.scalar(first):  # the same form, in the same instant
        return found
    key = street_key(words.street)
    row = SectionAddress(
        request_id=request_id,
        section_id=section.id,
        settlement=words.settlement,
        street=words.street,
        street_key=key,
        side=words.side,
        first=words.first,
        last=words.last,
    )
    _expect_free(uow, row)
    uow.session.add(row)
    _tell(uow, AddressesChanged, section)
    return row


def remove_addresses(
    uow: UnitOfWork, section: PollingSection, address_id: UUID, *, expected_version: int
) -> None:
    """Take a row out; again changes nothing. Raises StaleSection."""
    row = uow.session.get(SectionAddress, address_id)
    if row is None or row.section_id != section.id:
        return
    expect_version(section, expected_version, StaleSection)
    uow.session.delete(row)
    _tell(uow, AddressesChanged, section)


_IN_ORDER = (
    SectionAddress.settlement,
    SectionAddress.street,
    SectionAddress.first,
    SectionAddress.id,
)


def _expect_free(uow: UnitOfWork, row: SectionAddress) -> None:
    with uow.session.no_autoflush:
        wanted = select(SectionAddress, PollingSection.number).join(PollingSection)
        wanted = wanted.where(
            PollingSection.is_closed.is_(False),
            SectionAddress.settlement == row.settlement,
            SectionAddress.street_key == row.street_key,
        )
        for other, number in uow.session.execute(wanted):
            if other is not row and overlap(row, other):
                raise AddressTaken(number=number)


def _columns(words: SectionWords) -> dict[str, object]:
    return {name: getattr(words, name) for name in SectionWords.__slots__}


def _tell(uow: UnitOfWork, fact: type[SectionFact], section: PollingSection) -> None:
    uow.session.flush()
    uow.emit(fact(subject_id=section.id, number=section.number))
