"""A dog was found: who keeps it is looked up for a purpose, and told where it is."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from obshto.modules.eservices.errors import NoKeeper, NotYours
from obshto.modules.eservices.events import DogBrought, DogLookedAt
from obshto.modules.eservices.models import Dog, DogEntry
from obshto.modules.eservices.models.dog import DogState
from obshto.modules.eservices.services.dogs.reading import keeping_of
from obshto.modules.eservices.services.dogs.register import write_entry
from obshto.modules.eservices.services.dogs.telling import BROUGHT, LOOKED
from obshto.modules.eservices.services.terms import day_of
from obshto.platform.work import Work

SITTING = timedelta(minutes=30)


def is_looking(work: Work, dog: Dog) -> bool:
    """Whether this member of staff said a purpose in this sitting."""
    latest = select(DogEntry.id).where(
        DogEntry.dog_id == dog.id,
        DogEntry.name == LOOKED,
        DogEntry.by_id == work.principal.person_id,
        DogEntry.at > work.now - SITTING,
    )
    return work.session.scalar(latest.limit(1)) is not None


def look_up(work: Work, dog: Dog, purpose: str, *, request_id: UUID) -> None:
    """Write down that somebody looks who keeps it; the keeper sees that."""
    if is_looking(work, dog):
        return
    entry = DogEntry(
        request_id=request_id,
        dog_id=dog.id,
        name=LOOKED,
        day=day_of(work.now),
        at=work.now,
        by_id=work.principal.person_id,
        by_name=work.principal.name,
        purpose=purpose,
    )
    try:
        with work.session.begin_nested():
            work.session.add(entry)
    except IntegrityError:  # the same form, in the same instant
        return
    work.record(DogLookedAt(subject_id=dog.id, register_no=dog.register_no))


def bring(work: Work, dog: Dog, words: str, *, request_id: UUID) -> None:
    """Tell its keeper where it is. The row is locked; the same form a second time does nothing.

    Raises NotYours where no purpose was said, NoKeeper.
    """
    if not is_looking(work, dog):
        raise NotYours
    if dog.is_ended or keeping_of(work, dog) is None:
        raise NoKeeper
    wanted = select(DogEntry.id).where(DogEntry.request_id == request_id)
    if work.session.scalar(wanted) is not None:
        return
    dog.state = DogState.HERE
    entry = write_entry(work, dog, BROUGHT, day=day_of(work.now), words=words)
    entry.request_id = request_id
    work.record(DogBrought(subject_id=dog.id, register_no=dog.register_no))
