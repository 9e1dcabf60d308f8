"""Villages without a profile: by choice of the mayor their news go to that of the province."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import select

from obshto.modules.feeds.errors import NoSuchVillage
from obshto.modules.feeds.events import VillageChosen, VillageMayorNamed
from obshto.modules.feeds.models import VillageChoice, VillageMayor
from obshto.modules.feeds.permissions import FeedsPermission
from obshto.modules.feeds.services.targets import targets_here
from obshto.platform.entity import expect_version
from obshto.platform.errors import Conflict, NotAllowed
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE
from obshto.tenants.api import named_settlements, people_who_may

UNDECIDED = 0  # the version of a choice that nobody has made


@dataclass(frozen=True, slots=True, kw_only=True)
class Village:
    """A town or village with what was chosen for it; `choice` is None where nobody chose, `mayor`
    where nobody was ever bound to it.
    """

    ekatte: str
    name: str  # in Bulgarian
    choice: VillageChoice | None
    mayor: VillageMayor | None

    @property
    def is_on(self) -> bool:
        return self.choice is not None and self.choice.is_on

    @property
    def version(self) -> int:
        return self.choice.version if self.choice else UNDECIDED

    @property
    def mayor_version(self) -> int:
        return self.mayor.version if self.mayor else UNDECIDED


def villages_here(uow: UnitOfWork) -> list[Village]:
    """Each town and village of the municipality, the seat first."""
    choices = {row.ekatte: row for row in uow.session.scalars(select(VillageChoice))}
    mayors = {row.ekatte: row for row in uow.session.scalars(select(VillageMayor))}
    return [
        Village(
            ekatte=ekatte,
            name=names[SOURCE],
            choice=choices.get(ekatte),
            mayor=mayors.get(ekatte),
        )
        for ekatte, names in named_settlements(uow.scope.slug).items()
    ]


def own_villages(uow: UnitOfWork) -> list[Village]:
    """Those that whoever is signed in chooses for: their own; all, where they are bound to none."""
    every = villages_here(uow)
    own = [one for one in every if _is_mayor(uow, one)]
    return own or every


def binds_mayors(uow: UnitOfWork) -> bool:
    """Whether whoever is signed in says who is the mayor of a village: who is bound to none."""
    return not any(_is_mayor(uow, one) for one in villages_here(uow))


def mayors_to_bind(uow: UnitOfWork) -> dict[UUID, str]:
    """Colleagues who may choose, by id. Two queries."""
    people = people_who_may(uow, FeedsPermission.VILLAGE)
    return {key: name for key, name in people.items() if key != uow.principal.person_id}


def bind_mayor(
    uow: UnitOfWork, ekatte: str, mayor: tuple[UUID, str] | None, *, expected_version: int
) -> None:
    """From now on they choose for the villages they are bound to and for no other; None for nobody.

    The same one again changes nothing. Raises NotAllowed, NoSuchVillage, Conflict.
    """
    if not binds_mayors(uow):
        raise NotAllowed
    village = _one(villages_here(uow), ekatte)
    person_id, name = mayor or (None, "")
    row = village.mayor or VillageMayor(ekatte=ekatte, person_id=None)
    if row.person_id == person_id:
        return
    if village.mayor_version != expected_version:
        raise Conflict
    row.person_id, row.name = person_id, name
    uow.session.add(row)
    uow.session.flush()
    uow.emit(VillageMayorNamed(subject_id=_subject(ekatte), title=village.name))


def choose(uow: UnitOfWork, ekatte: str, *, is_on: bool, expected_version: int) -> None:
    """The mayor's choice. The same one again changes nothing. Raises NoSuchVillage, Conflict: a
    village of another mayor is none.
    """
    village = _one(own_villages(uow), ekatte)
    if village.is_on == is_on and village.choice:
        return
    expect_version(village, expected_version, Conflict)
    row = village.choice or VillageChoice(ekatte=ekatte)
    row.is_on, row.decided_at = is_on, uow.now
    row.decided_by, row.decided_by_id = uow.principal.name, uow.principal.person_id
    uow.session.add(row)
    uow.session.flush()
    uow.emit(VillageChosen(subject_id=_subject(ekatte), title=village.name))


def regional_targets(uow: UnitOfWork, place: str) -> tuple[str, ...]:
    """Where the news of a place go by choice of its mayor; empty where nobody chose that."""
    if not place or not any(one.is_on and one.name == place for one in villages_here(uow)):
        return ()
    return tuple(word for word, target in targets_here(uow).items() if target.is_regional)


def is_kept_from_region(uow: UnitOfWork, place: str) -> bool:
    """Whether the mayor of that village said no, which holds also where all else is automatic."""
    villages = villages_here(uow) if place else ()
    return any(one.name == place and one.choice and not one.is_on for one in villages)


def _is_mayor(uow: UnitOfWork, village: Village) -> bool:
    me = uow.principal.person_id
    return me is not None and village.mayor is not None and village.mayor.person_id == me


def _one(villages: list[Village], ekatte: str) -> Village:
    found = next((one for one in villages if one.ekatte == ekatte), None)
    if found is None:
        raise NoSuchVillage
    return found


def _subject(ekatte: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"ekatte/{ekatte}")
