"""The region's specialists enter a municipality: with a reason, for a time, in the open."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from obshto.platform.clock import now
from obshto.platform.db.session import shared_session
from obshto.platform.errors import NotFound
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.municipalities.models import Tenant
from obshto.tenants.people.events import StepInBegun, StepInEnded
from obshto.tenants.people.models import Person, StepIn

LENGTHS = (15, 30, 60, 120)  # minutes to choose from


def step_in(
    region: UnitOfWork, municipality: str, *, reason: str, minutes: int, request_id: UUID
) -> StepIn:
    """Enter. One form enters once, however often it arrives. Raises NotFound.

    Who is inside already begins anew, with the new reason and end.
    """
    session, who = region.session, region.principal
    assert who.person_id and minutes in LENGTHS
    if session.get(Tenant, municipality) is None:
        raise NotFound
    same = select(StepIn).where(StepIn.request_id == request_id)
    if (found := session.scalars(same).one_or_none()) is not None:
        return found
    _leave(region, municipality, who.person_id)
    begun = StepIn(
        request_id=request_id,
        person_id=who.person_id,
        municipality=municipality,
        reason=reason,
        begun_at=region.now,
        ends_at=region.now + timedelta(minutes=minutes),
    )
    try:
        with session.begin_nested():
            session.add(begun)
    except IntegrityError:  # a second click, in the same instant
        return session.scalars(same).one()
    region.emit(
        StepInBegun(
            subject_id=begun.id, municipality=municipality, reason=reason, ends_at=begun.ends_at
        )
    )
    return begun


def step_out(region: UnitOfWork, municipality: str, person_id: UUID) -> None:
    """Leave before the time is over; leaving twice changes nothing."""
    if _leave(region, municipality, person_id):
        region.emit(StepInEnded(municipality=municipality))


def leave_everywhere(person_id: UUID) -> None:
    """Whoever is of the region's team no longer is inside no municipality."""
    moment = now()
    alive = StepIn.person_id == person_id, StepIn.ends_at > moment
    with shared_session() as shared:
        shared.execute(update(StepIn).where(*alive).values(ends_at=moment))
        shared.commit()


def people_stepped_in(issuer: str) -> dict[UUID, str]:
    """Who is inside some municipality now: person → subject at the provider."""
    asked = select(Person.id, Person.subject).join(StepIn, StepIn.person_id == Person.id)
    alive = asked.where(StepIn.ends_at > now(), Person.issuer == issuer).distinct()
    with shared_session() as shared:
        return {row.id: row.subject for row in shared.execute(alive)}


def steps_in(region: UnitOfWork, person_id: UUID) -> dict[str, StepIn]:
    """Where somebody is inside now, by municipality."""
    alive = select(StepIn).where(StepIn.person_id == person_id, StepIn.ends_at > region.now)
    return {row.municipality: row for row in region.session.scalars(alive)}


def _leave(region: UnitOfWork, municipality: str, person_id: UUID) -> bool:
    alive = (
        StepIn.municipality == municipality,
        StepIn.person_id == person_id,
        StepIn.ends_at > region.now,
    )
    left = update(StepIn).where(*alive).values(ends_at=region.now).returning(StepIn.id)
    return region.session.execute(left).first() is not None
