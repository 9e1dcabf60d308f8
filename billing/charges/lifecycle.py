"""Make a charge, cancel it, find it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError

from obshto.billing.charges.fresh_rows import fresh
from obshto.billing.charges.models import Attempt, Charge, Kind, State
from obshto.billing.errors import (
    AlreadyPaid,
    HasMoney,
    NoSuchCharge,
    StaleVersion,
    UsedOtherwise,
    WrongCode,
)
from obshto.billing.events import ChargeCancelled, ChargeMade
from obshto.billing.ledger.accounts import Account
from obshto.billing.ledger.services import post
from obshto.platform.codes import new_code, read_code
from obshto.platform.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be paid. `payer` is a name; `person_id` somebody who signs in here."""

    reference: str
    kind: Kind
    cents: int
    purpose: str
    payer: str | None = None
    person_id: UUID | None = None
    lines: Sequence[Mapping[str, Any]] = field(default_factory=tuple)
    due_on: date | None = None


def make_charge(uow: UnitOfWork, wanted: Wanted) -> Charge:
    """A charge with a code; the same `reference` again answers the first. Raises UsedOtherwise."""
    charge = Charge(
        reference=wanted.reference,
        code=new_code(),
        kind=wanted.kind,
        cents=wanted.cents,
        purpose=wanted.purpose,
        payer=wanted.payer,
        person_id=wanted.person_id,
        lines=[dict(line) for line in wanted.lines],
        due_on=wanted.due_on,
        made_at=uow.now,
        made_by=uow.principal.name,
    )
    try:
        with uow.session.begin_nested():
            uow.session.add(charge)
            uow.session.flush()
    except IntegrityError:  # a second click, perhaps in the same instant
        return _made_before(uow, wanted)
    post(
        uow,
        f"charge:{charge.id}",
        debit=Account.RECEIVABLE,
        credit=Account.INCOME,
        cents=charge.cents,
        charge_id=charge.id,
    )
    uow.emit(ChargeMade(subject_id=charge.id, reference=charge.reference, cents=charge.cents))
    return charge


def cancel_charge(uow: UnitOfWork, charge: Charge, *, expected_version: int | None = None) -> None:
    """Nobody owes it any more. Raises HasMoney, AlreadyPaid, StaleVersion."""
    if charge.state == State.CANCELLED:
        return
    if expected_version is not None and charge.version != expected_version:
        raise StaleVersion
    if charge.is_paid:
        raise AlreadyPaid
    if charge.held_cents:
        raise HasMoney
    charge.state = State.CANCELLED
    post(
        uow,
        f"cancel:{charge.id}",
        debit=Account.INCOME,
        credit=Account.RECEIVABLE,
        cents=charge.cents,
        charge_id=charge.id,
    )
    uow.emit(ChargeCancelled(subject_id=charge.id, reference=charge.reference, cents=charge.cents))


def charges(*, state: str | None = None, text: str = "") -> Select[Charge]:
    """For staff, newest first. `text` is a code, or words of the purpose."""
    rows = select(Charge).order_by(Charge.id.desc())
    if state == "overpaid":
        left = Charge.received_cents - Charge.returned_cents - Charge.settled_cents
        rows = rows.where(left > 0)
    elif state:
        rows = rows.where(Charge.state == state)
    if code := read_code(text):
        return rows.where(Charge.code == code)
    return rows.where(Charge.purpose.icontains(text, autoescape=True)) if text else rows


def charge_of(uow: UnitOfWork, charge_id: UUID, *, to_change: bool = False) -> Charge:
    """`to_change` makes others wait until this work has ended. Raises NoSuchCharge."""
    found = find_charge(uow, charge_id, to_change=to_change)
    if found is None:
        raise NoSuchCharge
    return found


def find_charge(uow: UnitOfWork, charge_id: UUID, *, to_change: bool = False) -> Charge | None:
    """The same, where not to find it is no mistake."""
    wanted = select(Charge).where(Charge.id == charge_id)
    return uow.session.scalar(_locked(wanted) if to_change else wanted)


def charge_with_code(uow: UnitOfWork, typed: str, *, to_change: bool = False) -> Charge:
    """The charge that somebody holds the code of. Raises WrongCode."""
    code = read_code(typed)
    wanted = select(Charge).where(Charge.code == code)
    found = code and uow.session.scalar(_locked(wanted) if to_change else wanted)
    if not found:
        raise WrongCode
    return found


def attempts_of(uow: UnitOfWork, charge: Charge) -> list[Attempt]:
    """Every try to pay it through a gateway, the last one first."""
    rows = select(Attempt).where(Attempt.charge_id == charge.id).order_by(Attempt.number.desc())
    return list(uow.session.scalars(rows))


def _locked(wanted: Select[Charge]) -> Select[Charge]:
    return fresh(wanted.with_for_update(of=Charge))


def _made_before(uow: UnitOfWork, wanted: Wanted) -> Charge:
    found = uow.session.scalars(select(Charge).where(Charge.reference == wanted.reference)).one()
    if (found.cents, found.kind_id) != (wanted.cents, wanted.kind.id):
        raise UsedOtherwise
    return found
