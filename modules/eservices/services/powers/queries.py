"""Reading powers of attorney: of who represents, of who is represented, of the staff."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, false, or_, select
from sqlalchemy.orm import defer, undefer

from obshto.modules.eservices.errors import NoSuchPower
from obshto.modules.eservices.models import Case, IssuedDocument, PowerOfAttorney
from obshto.modules.eservices.services.case_queries import is_entry_number
from obshto.modules.eservices.services.powers.kinds import (
    ACCEPTED,
    ASKED,
    ENDED,
    REFUSED,
    WAITING,
)
from obshto.platform.clock import day_of
from obshto.platform.keys.encryption import blind_index
from obshto.platform.notify.address import addresses
from obshto.platform.unit_of_work import UnitOfWork

LISTS: Mapping[str, tuple[str, ...]] = {
    "waiting": (WAITING,),
    "asked": (ASKED,),
    "accepted": (ACCEPTED,),
    "over": (REFUSED, ENDED),
}
_index = re.compile(r"[0-9a-f]{2,128}").fullmatch
MOST = 50  # of one person, shown on their page


def person_index(number: str) -> bytes:
    """What a power of attorney is found by: ЕГН, ЛНЧ or ЕИК of who gave it."""
    return blind_index("eservices_power.number_index", number)


def powers_listed(name: str, *, number: str = "", person: str = "") -> Select[PowerOfAttorney]:
    """Those of a list, the oldest first while they wait; by number or by who gave it, of all."""
    rows = select(PowerOfAttorney).where(PowerOfAttorney.is_emptied.is_(False))
    if number:
        return rows.where(*_numbered(number))
    if person:
        return rows.where(PowerOfAttorney.number_index == bytes.fromhex(person))
    sent_at = PowerOfAttorney.sent_at
    rows = rows.where(PowerOfAttorney.state.in_(LISTS[name]))
    first = sent_at.asc() if name in ("waiting", "asked") else sent_at.desc()
    return rows.order_by(first, PowerOfAttorney.id)


def power_of(uow: UnitOfWork, power_id: UUID, *, to_change: bool = False) -> PowerOfAttorney:
    """For staff; what stands in it is not read yet. Raises NoSuchPower."""
    wanted = select(PowerOfAttorney).where(PowerOfAttorney.id == power_id)
    return _found(uow, wanted, to_change)


def own_power(uow: UnitOfWork, power_id: UUID, *, to_change: bool = False) -> PowerOfAttorney:
    """For who represents or is represented by it. Raises NoSuchPower."""
    me = uow.principal.person_id
    own = or_(PowerOfAttorney.representative_id == me, PowerOfAttorney.represented_id == me)
    wanted = select(PowerOfAttorney).where(PowerOfAttorney.id == power_id, own)
    if me is None:
        raise NoSuchPower
    return _found(uow, wanted.options(undefer(PowerOfAttorney.answers)), to_change)


def powers_held(uow: UnitOfWork, person_id: UUID) -> Sequence[PowerOfAttorney]:
    """Those under which somebody applies for others, the newest first."""
    return _newest(uow, PowerOfAttorney.representative_id == person_id)


def powers_given(uow: UnitOfWork, person_id: UUID) -> Sequence[PowerOfAttorney]:
    """Accepted ones that somebody gave, also over by now."""
    was_used = PowerOfAttorney.state.in_((ACCEPTED, ENDED))
    return _newest(uow, PowerOfAttorney.represented_id == person_id, was_used)


def cases_under(uow: UnitOfWork, power: PowerOfAttorney) -> Sequence[Case]:
    """Applications that were sent under it, the last ones."""
    rows = select(Case).where(Case.power_id == power.id).options(defer(Case.applicant))
    return uow.session.scalars(rows.order_by(Case.sent_at.desc(), Case.id).limit(MOST)).all()


def documents_under(uow: UnitOfWork, cases: Sequence[Case]) -> Mapping[UUID, IssuedDocument]:
    """Documents in force that came of these, by case. One query."""
    rows = select(IssuedDocument).where(
        IssuedDocument.case_id.in_([case.id for case in cases]),
        IssuedDocument.replaced_at.is_(None),
    )
    return {row.case_id: row for row in uow.session.scalars(rows)} if cases else {}


def accounts_of(power: PowerOfAttorney) -> Mapping[UUID, str]:
    """Names of the accounts of both, as the identity provider knows them."""
    known = {one for one in (power.representative_id, power.represented_id) if one}
    people = addresses().people(known) if known else ()
    return {one.person_id: one.name for one in people if one.person_id}


def said_in(power: PowerOfAttorney) -> dict[str, Any]:
    """What stands in it, with the day of the paper as one."""
    said = power.read()
    return {**said, "poa_date": date.fromisoformat(said["poa_date"])} if said else {}


def is_index(typed: str) -> bool:
    """Whether this may be a keyed index in an address, or is nothing."""
    return not typed or _index(typed) is not None


def is_in_force(uow: UnitOfWork, power: PowerOfAttorney) -> bool:
    """Whether somebody may apply under it today."""
    today = day_of(uow.now)
    return power.state == ACCEPTED and (power.until is None or power.until >= today)


def _found(uow: UnitOfWork, wanted: Select[PowerOfAttorney], to_change: bool) -> PowerOfAttorney:
    found = uow.session.scalar(wanted.with_for_update() if to_change else wanted)
    if found is None:
        raise NoSuchPower
    return found


def _newest(uow: UnitOfWork, *which: ColumnElement[bool]) -> Sequence[PowerOfAttorney]:
    rows = select(PowerOfAttorney).where(*which, PowerOfAttorney.is_emptied.is_(False))
    rows = rows.options(undefer(PowerOfAttorney.answers))
    newest = PowerOfAttorney.sent_at.desc(), PowerOfAttorney.id
    return uow.session.scalars(rows.order_by(*newest).limit(MOST)).all()


def _numbered(number: str) -> tuple[ColumnElement[bool], ...]:
    if not is_entry_number(number):
        return (false(),)
    year, _, sequence = number.partition("-")
    return PowerOfAttorney.year == int(year), PowerOfAttorney.sequence == int(sequence)
