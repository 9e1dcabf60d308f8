"""A person's own data in a municipality: a copy to take along, an erasure."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext

from obshto.platform.errors import DomainError
from obshto.platform.privacy.services import CopyTaken, erase_person, export_person
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.people.models import Person
from obshto.tenants.people.sessions import end_sessions_of, sessions_of
from obshto.tenants.people.staff import works_here


class StillWorksHere(DomainError):
    """Beside what somebody does for the municipality stands their name, while they do it."""

    status = 403
    sentence = lazy_gettext(
        "Работите за общината. Първо трябва да Ви премахнат от служителите, после може да"
        " изтриете данните си."
    )


def copy_of(uow: UnitOfWork, person: Person) -> dict[str, Any]:
    """Plain values by heading: what the region knows of the person, then what each part here does.

    Regulation (EU) 2016/679, articles 15 and 20. That it was taken stands in the log.
    """
    copy = {
        "municipality": uow.scope.title,
        "taken_at": uow.now.isoformat(),
        "profile": {
            "name": person.name,
            "email": person.email,
            "phone": person.phone,
            "language": person.language,
            "works_in": person.works_in,
        },
        "signed_in": [
            {
                "at": session.municipality,
                "device": session.device,
                "opened_at": session.opened_at.isoformat(),
                "seen_at": session.seen_at.isoformat(),
            }
            for session in sessions_of(person.id)
        ],
        **export_person(uow, person.id),
    }
    uow.emit(CopyTaken(subject_id=person.id))
    return copy


def must_stay(uow: UnitOfWork, person: Person) -> bool:
    """Whether the person acts for the municipality: with roles here, or of the region, inside."""
    return bool(uow.principal.permissions) or works_here(uow, person.id)


def erase_own(uow: UnitOfWork, person: Person) -> None:
    """Every part here forgets the person at once; they are out of this municipality everywhere.

    Twice is no harm. Raises StillWorksHere.
    """
    if must_stay(uow, person):
        raise StillWorksHere
    erase_person(uow, person.id)
    uow.session.flush()
    end_sessions_of(person.id, municipality=uow.scope.slug)
