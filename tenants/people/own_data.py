"""A person's own data in a municipality: a copy to take along, an erasure."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext

from obshto.platform.errors import DomainError
from obshto.platform.privacy.services import CopyTaken, erase_person, export_person
from obshto.platform.work import Work
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


def copy_of(work: Work, person: Person) -> dict[str, Any]:
    """Plain values by heading: what the region knows of the person, then what each part here does.

    Regulation (EU) 2016/679, articles 15 and 20. That it was taken stands in the log.
    """
    assert work.scope
    copy = {
        "municipality": work.scope.title,
        "taken_at": work.now.isoformat(),
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
        **export_person(work, person.id),
    }
    work.record(CopyTaken(subject_id=person.id))
    return copy


def must_stay(work: Work, person: Person) -> bool:
    """Whether the person acts for the municipality: with roles here, or of the region, inside."""
    return bool(work.principal.permissions) or works_here(work, person.id)


def erase_own(work: Work, person: Person) -> None:
    """Every part here forgets the person at once; they are out of this municipality everywhere.

    Twice is no harm. Raises StillWorksHere.
    """
    assert work.scope
    if must_stay(work, person):
        raise StillWorksHere
    erase_person(work, person.id)
    work.session.flush()
    end_sessions_of(person.id, municipality=work.scope.slug)
