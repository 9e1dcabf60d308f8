"""Reading the register of dogs: of its staff, of a keeper, of one application."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import undefer

from obshto.modules.eservices.errors import NoSuchDog
from obshto.modules.eservices.models import Case, Dog, DogEntry, Keeping
from obshto.modules.eservices.models.dog import DogState
from obshto.platform.keys.encryption import blind_index
from obshto.platform.soft_delete import counts
from obshto.platform.unit_of_work import UnitOfWork

DOG = "dog"  # the service of the catalogue
LISTS = ("all", "lost", "vaccinate", "undeclared", "ended")
HERE = (DogState.HERE, DogState.LOST)


def chip_index(chip: str) -> bytes:
    """What a chip of 15 digits is found by."""
    return blind_index("eservices_dog.chip_index", chip)


def dog_by_chip(uow: UnitOfWork, chip: str, *, to_change: bool = False) -> Dog | None:
    """The dog of this register with that chip; `to_change` makes others wait."""
    wanted = select(Dog).where(Dog.chip_index == chip_index(chip))
    if to_change:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    return uow.session.scalar(wanted)


def dog_of(uow: UnitOfWork, dog_id: UUID, *, to_change: bool = False) -> Dog:
    """For staff. Raises NoSuchDog."""
    wanted = select(Dog).where(Dog.id == dog_id)
    dog = uow.session.scalar(wanted.with_for_update() if to_change else wanted)
    if dog is None:
        raise NoSuchDog
    return dog


def keeping_of(uow: UnitOfWork, dog: Dog) -> Keeping | None:
    """Who keeps it now."""
    wanted = select(Keeping).where(Keeping.dog_id == dog.id, Keeping.until.is_(None))
    return uow.session.scalar(wanted)


def keeper_reach(uow: UnitOfWork, dog: Dog) -> UUID | tuple[str, str] | None:
    """Where its keeper is written to: the profile, else name and e-mail of the declaration."""
    keeping = keeping_of(uow, dog)
    if keeping is None:
        return None
    if keeping.person_id:
        return keeping.person_id
    who = keeping.read()
    return (who["name"], who["email"]) if who.get("email") else None


def is_kept_by(keeping: Keeping, case: Case) -> bool:
    """Whether the applicant keeps it; who was named without a number may be."""
    return keeping.number_index in (None, case.number_index)


def keepings_of(uow: UnitOfWork, dog: Dog) -> Sequence[Keeping]:
    """Everybody who kept it, the last one first."""
    wanted = select(Keeping).where(Keeping.dog_id == dog.id)
    return uow.session.scalars(wanted.order_by(Keeping.since.desc(), Keeping.id.desc())).all()


def listed(name: str, *, today: date) -> Select[Dog]:
    """The dogs of a list, by their number."""
    rows = select(Dog).order_by(Dog.entered_on.desc(), Dog.id.desc())
    if name == "lost":
        return rows.where(Dog.state == DogState.LOST)
    if name == "vaccinate":
        return rows.where(Dog.state.in_(HERE), Dog.vaccinate_by < today)
    if name == "undeclared":
        open_ones = select(Keeping.dog_id).where(
            Keeping.until.is_(None), Keeping.is_declared.is_(False)
        )
        return rows.where(Dog.id.in_(open_ones))
    if name == "ended":
        return rows.where(Dog.state.not_in(HERE))
    return rows.where(Dog.state.in_(HERE))


def dogs_counted(uow: UnitOfWork, *, today: date) -> dict[str, int]:
    """How many stand in each list. One query."""
    return counts(uow, {name: listed(name, today=today) for name in LISTS})


def entries_of(uow: UnitOfWork, dog_ids: Sequence[UUID]) -> Mapping[UUID, list[DogEntry]]:
    """What happened to these dogs, the newest first. One query."""
    wanted = select(DogEntry).where(DogEntry.dog_id.in_(dog_ids))
    found: dict[UUID, list[DogEntry]] = defaultdict(list)
    for entry in uow.session.scalars(wanted.order_by(DogEntry.at.desc(), DogEntry.id.desc())):
        found[entry.dog_id].append(entry)
    return found


def dogs_kept_by(uow: UnitOfWork, person_id: UUID) -> list[tuple[Dog, Keeping]]:
    """The dogs that somebody keeps or kept, those of today first. One query."""
    wanted = select(Dog, Keeping).join(Keeping, Keeping.dog_id == Dog.id).options(undefer(Dog.chip))
    mine = wanted.where(Keeping.person_id == person_id)
    order = (Keeping.until.desc().nulls_first(), Keeping.since.desc(), Keeping.id)
    return [(dog, keeping) for dog, keeping in uow.session.execute(mine.order_by(*order).limit(50))]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the register knows of the dog that an application is about."""

    dog: Dog | None
    is_by_keeper: bool


def known_of(uow: UnitOfWork, case: Case) -> Known | None:
    """None where the application is about no dog. Two queries."""
    chip = case.read().get("chip") if case.service == DOG else None
    if not chip:
        return None
    dog = dog_by_chip(uow, chip)
    keeping = keeping_of(uow, dog) if dog else None
    is_mine = keeping is None or is_kept_by(keeping, case)
    return Known(dog=dog, is_by_keeper=is_mine)


def number_for(uow: UnitOfWork, case: Case) -> str:
    """The number under which its dog stands, or will stand: that of the first application."""
    known = known_of(uow, case)
    return known.dog.register_no if known and known.dog else case.number
