"""People once for the whole region."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert

from obshto.platform.db.base import new_id
from obshto.platform.db.session import shared_session
from obshto.tenants.people.models import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What the identity provider says of somebody."""

    issuer: str
    subject: str
    name: str
    email: str | None
    language: str = "bg"
    works_in: tuple[str, ...] = ()


def register_person(profile: Profile) -> UUID:
    """The person behind a subject, made at the first sign-in.

    Name, e-mail and places of work are the provider's and come anew each time; the language is the
    person's own once they are known.
    """
    said = {"name": profile.name, "email": profile.email, "works_in": list(profile.works_in)}
    statement = (
        insert(Person)
        .values(
            id=new_id(),
            issuer=profile.issuer,
            subject=profile.subject,
            language=profile.language,
            **said,
        )
        .on_conflict_do_update(index_elements=[Person.issuer, Person.subject], set_=said)
        .returning(Person.id)
    )
    with shared_session() as shared:
        person_id: UUID = shared.execute(statement).scalar_one()
        shared.commit()
    return person_id


def person_of(person_id: UUID) -> Person:
    """All that the region knows of somebody."""
    with shared_session() as shared:
        return shared.get_one(Person, person_id)


def people_of(ids: set[UUID]) -> dict[UUID, Person]:
    """Several people at once, by id; who has left is missing."""
    with shared_session() as shared:
        return {row.id: row for row in shared.scalars(select(Person).where(Person.id.in_(ids)))}


def people_known_as(issuer: str, subjects: set[str]) -> dict[str, Person]:
    """Several people at once, by how the identity provider calls them; strangers are missing."""
    known = select(Person).where(Person.issuer == issuer, Person.subject.in_(subjects))
    with shared_session() as shared:
        return {row.subject: row for row in shared.scalars(known)}


def people_with_email(email: str) -> list[Person]:
    """Those whom the provider knows by this address, in whichever case it is typed."""
    same = select(Person).where(func.lower(Person.email) == email.strip().lower())
    with shared_session() as shared:
        return list(shared.scalars(same.limit(2)))


def is_named(person: Person, typed: str) -> bool:
    """First and last name at least; a middle name may be missing on either side."""
    one, other = set(person.name.casefold().split()), set(typed.casefold().split())
    return len(one & other) >= min(2, len(one), len(other))


def take_addresses(issuer: str, proven: Mapping[str, str]) -> None:
    """The provider says that these e-mail addresses are theirs now, by subject."""
    with shared_session() as shared:
        for subject, email in proven.items():
            who = (Person.issuer == issuer, Person.subject == subject)
            shared.execute(update(Person).where(*who).values(email=email))
        shared.commit()


def change_contact(person_id: UUID, *, phone: str | None, language: str) -> None:
    """What people say of themselves here, not at the provider."""
    change = update(Person).where(Person.id == person_id).values(phone=phone, language=language)
    with shared_session() as shared:
        shared.execute(change)
        shared.commit()
