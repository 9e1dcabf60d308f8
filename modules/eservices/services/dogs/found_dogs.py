"""A dog was found: who keeps it is looked up for a purpose, and told where it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from flask_babel import LazyString, lazy_gettext
from sqlalchemy import select

from obshto.modules.eservices.errors import NoKeeper, NotYours
from obshto.modules.eservices.events import DogBrought, DogLookedAt
from obshto.modules.eservices.models import Dog, DogEntry, Keeping
from obshto.modules.eservices.models.dog import DogState
from obshto.modules.eservices.services.dogs import event_text
from obshto.modules.eservices.services.dogs.event_text import BROUGHT, LOOKED
from obshto.modules.eservices.services.dogs.queries import keeping_of
from obshto.modules.eservices.services.dogs.register import write_entry
from obshto.platform.clock import day_of
from obshto.platform.modularity.manifest import DataKind
from obshto.platform.purposes import services as purposes
from obshto.platform.purposes.subjects import Subject
from obshto.platform.unit_of_work import UnitOfWork

PART = "eservices"
DOG = "dog-"  # before the words of its purposes: those of applications are others
PURPOSES: Mapping[str, LazyString] = {
    f"{DOG}entry": lazy_gettext("Отваря записа за кучето Ви, без да вижда кой е собственикът"),
    **{f"{DOG}{word}": said for word, said in event_text.PURPOSES.items()},
}
KINDS = (DataKind.NAME, DataKind.CONTACT, DataKind.NUMBER, DataKind.PROPERTY)
GROUND = "Регламент (ЕС) 2016/679, чл. 6, § 1, б. „в“; ЗВМД, чл. 174"


def is_looking(uow: UnitOfWork, dog: Dog) -> bool:
    """Whether this member of staff said a purpose in this sitting."""
    return purposes.is_looking(uow, PART, dog.id, kinds=KINDS)


def look_at_entry(uow: UnitOfWork, dog: Dog, keepings: Sequence[Keeping]) -> None:
    """Record that somebody opens a dog's chip, passport and history, not yet who keeps it."""
    subject = Subject(person_id=keepings[0].person_id if keepings else None)
    opened = purposes.Opened(part=PART, object_id=dog.id, subject=subject)
    said = purposes.Purpose(word=f"{DOG}entry", kinds=(DataKind.PROPERTY,), ground=GROUND)
    purposes.look(uow, opened, said)


def look_up(uow: UnitOfWork, dog: Dog, purpose: str, *, request_id: UUID, reason: str = "") -> None:
    """Write down that somebody looks who keeps it; the keeper sees that."""
    keeping = keeping_of(uow, dog)
    subject = Subject(person_id=keeping.person_id if keeping else None)
    opened = purposes.Opened(part=PART, object_id=dog.id, subject=subject)
    said = purposes.Purpose(
        word=f"{DOG}{purpose}",
        kinds=KINDS,
        ground=GROUND,
        request_id=request_id,
        reason=reason,
        fact=DogLookedAt(subject_id=dog.id, register_no=dog.register_no),
    )
    if purposes.look(uow, opened, said):
        _enter_look(uow, dog, purpose, request_id=request_id)


def _enter_look(uow: UnitOfWork, dog: Dog, purpose: str, *, request_id: UUID) -> None:
    """The register's own history of the dog tells of it as well."""
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
    uow.session.add(entry)


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
