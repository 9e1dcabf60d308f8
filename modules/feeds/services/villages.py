"""Villages without a profile: by choice of the mayor their news go to that of the province."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import select

from obshto.modules.feeds.errors import NoSuchVillage
from obshto.modules.feeds.events import VillageChosen
from obshto.modules.feeds.models import VillageChoice
from obshto.modules.feeds.services.targets import targets_here
from obshto.platform.errors import Conflict
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE
from obshto.tenants.api import named_settlements

UNDECIDED = 0  # the version of a choice that nobody has made


@dataclass(frozen=True, slots=True, kw_only=True)
class Village:
    """A town or village with what was chosen for it; `choice` is None where nobody chose."""

    ekatte: str
    name: str  # in Bulgarian
    choice: VillageChoice | None

    @property
    def is_on(self) -> bool:
        return self.choice is not None and self.choice.is_on

    @property
    def version(self) -> int:
        return self.choice.version if self.choice else UNDECIDED


def villages_here(uow: UnitOfWork) -> list[Village]:
    """Each town and village of the municipality, the seat first."""
    assert uow.scope
    choices = {row.ekatte: row for row in uow.session.scalars(select(VillageChoice))}
    return [
        Village(ekatte=ekatte, name=names[SOURCE], choice=choices.get(ekatte))
        for ekatte, names in named_settlements(uow.scope.slug).items()
    ]


def choose(uow: UnitOfWork, ekatte: str, *, is_on: bool, expected_version: int) -> None:
    """The mayor's choice. The same one again changes nothing. Raises NoSuchVillage, Conflict."""
    village = next((one for one in villages_here(uow) if one.ekatte == ekatte), None)
    if village is None:
        raise NoSuchVillage
    if village.is_on == is_on and village.choice:
        return
    if village.version != expected_version:
        raise Conflict
    row = village.choice or VillageChoice(ekatte=ekatte)
    row.is_on, row.decided_at = is_on, uow.now
    row.decided_by, row.decided_by_id = uow.principal.name, uow.principal.person_id
    uow.session.add(row)
    uow.session.flush()
    uow.emit(VillageChosen(subject_id=uuid5(NAMESPACE_URL, f"ekatte/{ekatte}"), title=village.name))


def regional_targets(uow: UnitOfWork, place: str) -> tuple[str, ...]:
    """Where the news of a place go by choice of its mayor; empty where nobody chose that."""
    if not place or not any(one.is_on and one.name == place for one in villages_here(uow)):
        return ()
    return tuple(word for word, target in targets_here(uow).items() if target.is_regional)
