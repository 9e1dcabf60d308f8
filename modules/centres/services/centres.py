"""Centres and offices: written, changed, shown, hidden."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID, uuid5

from obshto.modules.centres.errors import StaleCentre
from obshto.modules.centres.events import (
    CentreEdited,
    CentreFact,
    CentreHidden,
    CentrePublished,
    CentreWritten,
)
from obshto.modules.centres.models import Centre
from obshto.modules.centres.services.kinds import CENTRE, OFFICE, PART, RECEPTION
from obshto.platform.bookings.resources import ResourceEntry, write_resource
from obshto.platform.entity import create_once, expect_version
from obshto.platform.opening_hours.hours import Hours, read, stored
from obshto.platform.soft_delete import turn
from obshto.platform.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class CentreEntry:
    """A centre as typed. `settlement` is its names by language, `translations` name and text."""

    kind: str = CENTRE
    name: str
    about: str = ""
    helper: str = ""
    ekatte: str = ""
    settlement: dict[str, str] = field(default_factory=dict)
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None
    phone: str = ""
    features: tuple[str, ...] = ()
    equipment: tuple[str, ...] = ()
    hours: Hours | None = None
    translations: dict[str, Any] = field(default_factory=dict)


def entry_of(centre: Centre) -> CentreEntry:
    """What is written of a centre now."""
    return CentreEntry(
        kind=centre.kind,
        name=centre.name,
        about=centre.about,
        helper=centre.helper,
        ekatte=centre.ekatte,
        settlement=centre.settlement,
        address=centre.address,
        latitude=centre.latitude,
        longitude=centre.longitude,
        phone=centre.phone,
        features=tuple(centre.features),
        equipment=tuple(centre.equipment),
        hours=read(centre.hours),
        translations=centre.translations,
    )


def write_centre(uow: UnitOfWork, entry: CentreEntry, *, request_id: UUID) -> Centre:
    """A new draft; an office comes with its quarters of an hour. Sent twice it is one."""
    centre = Centre(request_id=request_id, written_at=uow.now)
    _put(uow, centre, entry)
    if (first := create_once(uow, centre)) is not centre:
        return first
    if centre.kind == OFFICE:
        quarters = ResourceEntry(kind=RECEPTION, name="Приемен час", slot_minutes=15)
        write_resource(uow, PART, centre.id, quarters, request_id=uuid5(request_id, RECEPTION))
    tell(uow, CentreWritten, centre)
    return centre


def edit_centre(
    uow: UnitOfWork, centre: Centre, entry: CentreEntry, *, expected_version: int
) -> None:
    """Save what is written now. Raises StaleCentre."""
    if entry_of(centre) == entry:
        return
    expect_version(centre, expected_version, StaleCentre)
    _put(uow, centre, entry)
    tell(uow, CentreEdited, centre)


def publish_centre(
    uow: UnitOfWork, centre: Centre, is_shown: bool, *, expected_version: int
) -> None:
    """Show it to everybody, or take it back to the drafts. Raises StaleCentre."""
    moment, fact = (uow.now, CentrePublished) if is_shown else (None, CentreHidden)
    seen: dict[str, Any] = {"expected_version": expected_version, "refusal": StaleCentre()}
    if turn(uow, centre, "published_at", moment, **seen):
        tell(uow, fact, centre)


def tell(uow: UnitOfWork, fact: type[CentreFact], centre: Centre) -> None:
    """Say it to the log and to others."""
    uow.session.flush()
    uow.emit(fact(subject_id=centre.id, title=centre.name))


def _put(uow: UnitOfWork, centre: Centre, entry: CentreEntry) -> None:
    fields: dict[str, Any] = asdict(entry)
    for name in set(fields) - {"hours", "features", "equipment"}:
        setattr(centre, name, fields[name])
    centre.features, centre.equipment = list(entry.features), list(entry.equipment)
    centre.hours = stored(entry.hours)
    centre.sort_key, centre.changed_at = entry.name.casefold(), uow.now
