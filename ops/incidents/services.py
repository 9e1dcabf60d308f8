"""Announce, say more, stop and resume changes; the pages show it with the next request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.exc import IntegrityError

from obshto.ops.incidents.events import (
    ChangesResumed,
    ChangesStopped,
    IncidentAnnounced,
    IncidentUpdated,
)
from obshto.ops.incidents.models import LAST, Incident, IncidentKind, Update, Word, concerned
from obshto.platform.entity import expect_version
from obshto.platform.errors import Conflict, NotFound
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.municipalities.bulletin import Bulletin
from obshto.tenants.municipalities.models import Region, Tenant

SHOWN = timedelta(days=30)  # how long what is over stays on the page of the state


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """What is told. `municipalities` of none is the whole region; an incident may have no end."""

    kind: IncidentKind
    texts: Mapping[str, str]
    municipalities: Sequence[str]
    starts_at: datetime
    ends_at: datetime | None
    is_read_only: bool


def announce(region: UnitOfWork, told: Announcement, *, request_id: UUID) -> Incident:
    """It stands on all pages that it concerns; one form announces once."""
    same = select(Incident).where(Incident.request_id == request_id)
    if (found := region.session.scalars(same).one_or_none()) is not None:
        return found
    incident = Incident(
        request_id=request_id,
        kind=told.kind,
        texts=dict(told.texts),
        municipalities=sorted(told.municipalities),
        is_read_only=told.is_read_only,
        announced_at=region.now,
        starts_at=told.starts_at,
        ends_at=told.ends_at,
        version=1,
    )
    try:
        with region.session.begin_nested():
            region.session.add(incident)
    except IntegrityError:  # a second click, in the same instant
        return region.session.scalars(same).one()
    said: dict[str, Any] = {"subject_id": incident.id, "said": incident.texts["bg"]}
    for slug in _publish(region, incident):
        region.emit(
            IncidentAnnounced(municipality=slug, is_read_only=incident.is_read_only, **said)
        )
    return incident


def say_more(
    region: UnitOfWork,
    incident: Incident,
    *,
    word: Word,
    texts: Mapping[str, str],
    request_id: UUID,
) -> None:
    """What is new; the last word closes it, and with it the time in which nothing is changed."""
    same = select(Update.id).where(Update.request_id == request_id)
    if region.session.scalar(same) is not None:
        return
    region.session.add(
        Update(
            request_id=request_id,
            incident_id=incident.id,
            at=region.now,
            word=word,
            texts=dict(texts),
        )
    )
    incident.closed_at = region.now if word in LAST else None
    incident.version += 1
    said: dict[str, Any] = {"subject_id": incident.id, "said": texts["bg"]}
    for slug in _publish(region, incident):
        region.emit(IncidentUpdated(municipality=slug, word=word, **said))


def let_change(
    region: UnitOfWork,
    incident: Incident,
    *,
    is_read_only: bool,
    ends_at: datetime | None,
    reason: str,
    expected_version: int,
) -> None:
    """Stop or resume changes, and until when. Raises Conflict."""
    if (incident.is_read_only, incident.ends_at) == (is_read_only, ends_at):
        return
    expect_version(incident, expected_version, Conflict)
    incident.is_read_only, incident.ends_at = is_read_only, ends_at
    incident.version += 1
    fact = ChangesStopped if is_read_only else ChangesResumed
    for slug in _publish(region, incident):
        region.emit(fact(municipality=slug, subject_id=incident.id, said=reason))


def incident_of(region: UnitOfWork, incident_id: UUID) -> Incident:
    """Held until the work ends, so that a second click finds the first. Raises NotFound."""
    asked = select(Incident).where(Incident.id == incident_id).with_for_update()
    found = region.session.scalars(asked).one_or_none()
    if found is None:
        raise NotFound
    return found


def known_incidents(region: UnitOfWork, slug: str | None) -> list[Incident]:
    """What is going on, to come, or was over lately; of a municipality, or of the whole region.

    The newest first. One query.
    """
    lately = region.now - SHOWN
    asked = select(Incident).where(
        or_(Incident.closed_at.is_(None), Incident.closed_at > lately),
        or_(Incident.ends_at.is_(None), Incident.ends_at > lately),
    )
    if slug:
        everywhere = func.cardinality(Incident.municipalities) == 0
        asked = asked.where(or_(everywhere, Incident.municipalities.contains([slug])))
    return list(region.session.scalars(asked.order_by(Incident.starts_at.desc(), Incident.id)))


def updates_of(region: UnitOfWork, incidents: Sequence[Incident]) -> Mapping[UUID, list[Update]]:
    """What was said about each, the newest first. One query."""
    ids = [incident.id for incident in incidents]
    asked = select(Update).where(Update.incident_id.in_(ids)).order_by(Update.id.desc())
    found: dict[UUID, list[Update]] = {id_: [] for id_ in ids}
    for update in region.session.scalars(asked):
        found[update.incident_id].append(update)
    return found


def _publish(region: UnitOfWork, changed: Incident) -> list[str]:
    """Put what is in force into the rows of the municipalities and of the region.

    Answers whom the changed one concerns. Rows in one order, so that two of these never wait for
    each other.
    """
    region.session.flush()
    asked = select(Incident).where(
        Incident.closed_at.is_(None),
        or_(Incident.ends_at.is_(None), Incident.ends_at > region.now),
    )
    in_force = list(region.session.scalars(asked.order_by(Incident.starts_at, Incident.id)))
    tenants = region.session.scalars(select(Tenant).order_by(Tenant.slug).with_for_update()).all()
    for tenant in tenants:
        rows = [_bulletin(it).row() for it in in_force if it.concerns(tenant.slug)]
        if tenant.bulletins != rows:
            tenant.bulletins = rows
            tenant.version = Tenant.version + 1
    everywhere = [_bulletin(it).row() for it in in_force if not it.municipalities]
    the_region = region.session.scalars(select(Region).with_for_update()).one()
    the_region.bulletins = everywhere
    the_region.version = Region.version + 1  # its page of the state has changed in any case
    for tenant in tenants:
        if changed.concerns(tenant.slug):
            tenant.version = Tenant.version + 1
    return concerned(changed, [tenant.slug for tenant in tenants])


def _bulletin(incident: Incident) -> Bulletin:
    return Bulletin(
        texts=incident.texts,
        is_planned=incident.kind == IncidentKind.MAINTENANCE,
        is_read_only=incident.is_read_only,
        starts_at=incident.starts_at,
        ends_at=incident.ends_at,
    )
