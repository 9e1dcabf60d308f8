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
from obshto.modules.eservices.services.dogs.event_text import BROUGHT, LOOKED
from obshto.modules.eservices.services.dogs.queries import keeping_of
from obshto.modules.eservices.services.dogs.register import write_entry
from obshto.platform.clock import day_of
from obshto.platform.unit_of_work import UnitOfWork

SITTING = timedelta(minutes=30)


def is_looking(uow: UnitOfWork, dog: Dog) -> bool:
    """Whether this member of staff said a purpose in this sitting."""
    latest = select(DogEntry.id).where(
        DogEntry.dog_id == dog.id,
        DogEntry.name == LOOKED,
        DogEntry.by_id == uow.principal.person_id,
        DogEntry.at > uow.now - SITTING,
    )
    return uow.session.scalar(latest.limit(1)) is not None


def look_up(uow: UnitOfWork, dog: Dog, purpose: str, *, request_id: UUID) -> None:
    """Write down that somebody looks who keeps it; the keeper sees that."""
    if is_looking(uow, dog):
        return
    entry = DogEntry(
        request_id=request_id,
        dog_id=dog.id,
        name=LOOKED,
        day=day_of(uow.now),
        at=uow.now,
        by_id=uow.principal.person_id,
        by_name=uow.principal.name,
        purpose=purpose,
    )
    try:
        with uow.session.begin_nested():
            uow.session.add(entry)
    except IntegrityError:  # the same form, in the same instant
        return
    uow.emit(DogLookedAt(subject_id=dog.id, register_no=dog.register_no))


def bring(uow: UnitOfWork, dog: Dog, words: str, *, request_id: UUID) -> None:
    """Tell its keeper where it is. The row is locked; the same form a second time does nothing.

    Raises NotYours where no purpose was said, NoKeeper.
    """
    if not is_looking(uow, dog):
        raise NotYours
    if dog.is_ended or keeping_of(uow, dog) is None:
        raise NoKeeper
    wanted = select(DogEntry.id).where(DogEntry.request_id == request_id)
    if uow.session.scalar(wanted) is not None:
        return
    dog.state = DogState.HERE
    entry = write_entry(uow, dog, BROUGHT, day=day_of(uow.now), words=words)
    entry.request_id = request_id
    uow.emit(DogBrought(subject_id=dog.id, register_no=dog.register_no))
