"""People who want to be called in a disaster: written down, changed, forgotten at once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.exc import IntegrityError

from obshto.modules.crisis.errors import NoSuchContact, PhoneKnown, StaleContact
from obshto.modules.crisis.events import ContactEdited, ContactEntered, ContactRemoved
from obshto.modules.crisis.models import CallContact
from obshto.platform.db.base import new_id
from obshto.platform.entity import expect_version
from obshto.platform.keys.encryption import blind_index
from obshto.platform.notify.sms.phones import read_phone
from obshto.platform.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactData:
    """What somebody says of themselves; `phone` in full („+359…“), `settlement` an EKATTE code."""

    name: str
    phone: str
    settlement: str
    note: str = ""
    joins_rehearsals: bool = False


def data_of(row: CallContact) -> ContactData:
    """As it stands now."""
    names = ("name", "phone", "settlement", "note", "joins_rehearsals")
    return ContactData(**{name: getattr(row, name) for name in names})


def contacts(*, settlement: str = "", phone: str = "") -> Select[CallContact]:
    """All, of a settlement, or the one with this phone as it is typed."""
    rows = select(CallContact)
    if settlement:
        rows = rows.where(CallContact.settlement == settlement)
    if phone:
        rows = rows.where(CallContact.phone_hash == _hash(read_phone(phone) or phone))
    return rows.order_by(CallContact.settlement, CallContact.id)


def numbers_by_settlement(uow: UnitOfWork) -> dict[str, int]:
    """How many people, by settlement. One query."""
    rows = select(CallContact.settlement, func.count()).group_by(CallContact.settlement)
    return {code: number for code, number in uow.session.execute(rows)}


def contact_of(uow: UnitOfWork, contact_id: UUID, *, to_change: bool = False) -> CallContact:
    """Raises NoSuchContact."""
    found = uow.session.get(CallContact, contact_id, with_for_update=to_change or None)
    if found is None:
        raise NoSuchContact
    return found


def own_contact(uow: UnitOfWork, person_id: UUID, *, to_change: bool = False) -> CallContact | None:
    """What somebody with an account asked for."""
    rows = select(CallContact).filter_by(person_id=person_id)
    return uow.session.scalar(rows.with_for_update() if to_change else rows)


def write_contact(
    uow: UnitOfWork, data: ContactData, *, request_id: UUID, is_own: bool = False
) -> CallContact:
    """`is_own`: who is signed in asks for themselves. Sent twice it is one. Raises PhoneKnown."""
    by_request = select(CallContact).filter_by(request_id=request_id)
    if first := uow.session.scalar(by_request):
        return first
    me = uow.principal
    row = CallContact(
        id=new_id(),
        request_id=request_id,
        person_id=me.person_id if is_own else None,
        agreed_at=uow.now,
        entered_by="" if is_own else me.name,
        entered_by_id=None if is_own else me.person_id,
    )
    _put(row, data)
    try:
        with uow.session.begin_nested():
            uow.session.add(row)
    except IntegrityError:  # this phone, this person, or the same form in the same instant
        if first := uow.session.scalar(by_request):
            return first
        raise PhoneKnown from None
    uow.emit(ContactEntered(subject_id=row.id))
    return row


def edit_contact(
    uow: UnitOfWork, row: CallContact, data: ContactData, *, expected_version: int
) -> None:
    """Raises StaleContact, PhoneKnown."""
    if data_of(row) == data:
        return
    expect_version(row, expected_version, StaleContact)
    try:
        with uow.session.begin_nested():
            _put(row, data)
            uow.session.flush()
    except IntegrityError:
        uow.session.refresh(row)
        raise PhoneKnown from None
    uow.emit(ContactEdited(subject_id=row.id))


def remove_contact(uow: UnitOfWork, row: CallContact, *, expected_version: int) -> None:
    """Name, phone and calls go at once. Raises StaleContact."""
    expect_version(row, expected_version, StaleContact)
    uow.emit(ContactRemoved(subject_id=row.id))
    uow.session.delete(row)
    uow.session.flush()


def at_places(places: Collection[str]) -> Select[CallContact]:
    """Those who live there; no place is everywhere."""
    rows = select(CallContact)
    return rows.where(CallContact.settlement.in_(places)) if places else rows


def _put(row: CallContact, data: ContactData) -> None:
    row.name, row.phone, row.settlement = data.name, data.phone, data.settlement
    row.note, row.joins_rehearsals = data.note, data.joins_rehearsals
    row.phone_hash = _hash(data.phone)


def _hash(phone: str) -> bytes:
    return blind_index("crisis_contact.phone_hash", phone)
