"""Who somebody is by the word of the state, kept by each municipality for itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from stdnum.bg import egn

from obshto.platform.keys.encryption import decrypt_for, encrypt_for
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.people.models import Identity

COLUMN = "tenants_identity.number"
# ETSI EN 319 412-1, §5.1.4. Passports (PASBG), cards (IDCBG) and others name no personal number.
_of_person = re.compile(r"PNOBG-([0-9]{10})").fullmatch


@dataclass(frozen=True, slots=True)
class Known:
    """The personal number (ЕГН) if there is one, how surely (1 to 3), and since when we know."""

    number: str | None
    level: int
    confirmed_at: datetime


def personal_number(identifier: str) -> str | None:
    """The ЕГН in an identifier of the national sign-in; None for any other, or a wrong one."""
    found = _of_person(identifier)
    return found[1] if found and egn.is_valid(found[1]) else None


def confirm_identity(uow: UnitOfWork, person_id: UUID, *, identifier: str, level: int) -> None:
    """Keep what the state has just said; it takes the place of what it said before."""
    number = personal_number(identifier)
    said = {
        "number": encrypt_for(COLUMN, person_id, number) if number else None,
        "level": level,
        "confirmed_at": uow.now,
    }
    uow.session.execute(
        insert(Identity)
        .values(person_id=person_id, **said)
        .on_conflict_do_update(index_elements=[Identity.person_id], set_=said)
    )


def identity_of(uow: UnitOfWork, person_id: UUID) -> Known | None:
    """What the state said of somebody to this municipality, if anything. One query."""
    found = uow.session.get(Identity, person_id)
    if found is None:
        return None
    number = decrypt_for(COLUMN, person_id, found.number) if found.number else None
    return Known(number, found.level, found.confirmed_at)


def confirmed_number(uow: UnitOfWork, person_id: UUID) -> str:
    """The personal number that the state confirmed of an account; empty where it has not."""
    known = identity_of(uow, person_id)
    return known.number or "" if known else ""
