"""Timeline of looks in plain words: which office, when, which data, what for, on what ground."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select

from obshto.modules.personaldata.errors import NoSuchLook
from obshto.modules.personaldata.services.account_links import linked_with
from obshto.modules.personaldata.services.queries import asked_about
from obshto.platform.modularity.manifest import LookedAt
from obshto.platform.purposes.look_words import (
    kinds_of,
    offices_of,
    purpose_of,
    section_of,
    things_of,
)
from obshto.platform.purposes.models import RecordedLook
from obshto.platform.purposes.services import looks_at
from obshto.platform.purposes.subjects import Subject
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.api import identity_of, people_of


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineLine:
    """One look, as its person reads it. `case_id` is the question asked about it, if any."""

    look_id: UUID
    at: datetime
    offices: tuple[str, ...]
    section: str
    what: LookedAt
    kinds: tuple[str, ...]
    purpose: str
    ground: str
    case_id: UUID | None


def subject_of(uow: UnitOfWork, person_id: UUID) -> Subject:
    """Who somebody is by what was proven: the account, its e-mail, the number the state told."""
    known = identity_of(uow, person_id)
    person = people_of({person_id}).get(person_id)  # whoever looks for leaks has no account
    number = known.number if known else None
    return Subject(person_id=person_id, email=(person and person.email) or "", number=number or "")


def own_looks(uow: UnitOfWork, person_id: UUID, *, part: str = "") -> Select[RecordedLook]:
    """Looks at somebody with an account, and at their other accounts, the newest first."""
    accounts = (person_id, *linked_with(uow, person_id))
    found = looks_at(uow, *(subject_of(uow, one) for one in accounts))
    return found.where(found.selected_columns.part == part) if part else found


def own_look(uow: UnitOfWork, person_id: UUID, look_id: UUID) -> RecordedLook:
    """One of them. Raises NoSuchLook."""
    found = own_looks(uow, person_id)
    row = uow.session.scalar(found.where(found.selected_columns.id == look_id))
    if row is None:
        raise NoSuchLook
    return row


def told(
    uow: UnitOfWork, rows: Sequence[RecordedLook], *, person_id: UUID | None = None
) -> list[TimelineLine]:
    """Looks in words. One query for each part that appears, one for what was asked."""
    named = things_of(uow, rows)
    ids = [row.id for row in rows]
    asked = asked_about(uow, person_id, ids) if person_id and ids else {}
    return [
        TimelineLine(
            look_id=row.id,
            at=row.at,
            offices=offices_of(row.office),
            section=section_of(row.part),
            what=named.get(row.object_id, LookedAt("")),
            kinds=kinds_of(row),
            purpose=purpose_of(row),
            ground=row.ground,
            case_id=asked.get(row.id),
        )
        for row in rows
    ]
