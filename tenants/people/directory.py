"""People once for the whole region."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from obshto.platform.db.base import new_id
from obshto.platform.db.session import shared_session
from obshto.tenants.people.models import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What the identity provider says of somebody."""

    subject: str
    name: str
    email: str | None
    language: str = "bg"


def register_person(profile: Profile) -> UUID:
    """The person behind a subject, made at the first sign-in, brought up to date at each."""
    said = {"name": profile.name, "email": profile.email, "language": profile.language}
    statement = (
        insert(Person)
        .values(id=new_id(), subject=profile.subject, **said)
        .on_conflict_do_update(index_elements=[Person.subject], set_=said)
        .returning(Person.id)
    )
    with shared_session() as shared:
        person_id: UUID = shared.execute(statement).scalar_one()
        shared.commit()
    return person_id


def find_person(subject: str) -> UUID | None:
    """Somebody who has been here before."""
    with shared_session() as shared:
        return shared.scalar(select(Person.id).where(Person.subject == subject))
