"""Use of roles: when somebody last did something in the areas of a role that they hold.

Counted are acts of the activity log and recorded looks, in areas that not everybody reaches. Who
holds two roles with one area has used both: the log says what was done, not by which role.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from obshto.modules.accessreview.services.reach import areas_of_everybody, reach_of
from obshto.platform.audit.services import last_acts
from obshto.platform.modularity.registry import components_here
from obshto.platform.purposes.services import last_looks
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.api import Held, people_of, role_holdings

LOOKED_BACK = timedelta(days=365)
IS_NEW = timedelta(days=90)


class UseState(StrEnum):
    """State of a role by its use; a new one that was used is used."""

    USED = "used"
    NEW = "new"
    UNUSED = "unused"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleUse:
    """A role of somebody: since when, last used when in the last 12 months."""

    person_id: UUID
    name: str
    role: Held
    given_at: datetime
    used_at: datetime | None
    state: UseState


def state_of(used_at: datetime | None, given_at: datetime, *, on: datetime) -> UseState:
    """As of a moment."""
    if used_at:
        return UseState.USED
    return UseState.NEW if given_at > on - IS_NEW else UseState.UNUSED


def uses_here(uow: UnitOfWork) -> list[RoleUse]:
    """Every role that somebody holds, by name. Five queries, however many there are."""
    held = role_holdings(uow)
    ids = {one.person_id for one in held}
    people = people_of(ids)
    done = _latest(uow, ids)
    parts = components_here()
    shared = areas_of_everybody(parts)
    areas = {one.role.value: reach_of(one.role, parts).slugs - shared for one in held}
    found = []
    for one in held:
        if one.person_id not in people:
            continue
        moments = [at for slug in areas[one.role.value] if (at := done.get((one.person_id, slug)))]
        used_at = max(moments, default=None)
        found.append(
            RoleUse(
                person_id=one.person_id,
                name=people[one.person_id].name,
                role=one.role,
                given_at=one.given_at,
                used_at=used_at,
                state=state_of(used_at, one.given_at, on=uow.now),
            )
        )
    return sorted(found, key=lambda use: use.name.casefold())


def _latest(uow: UnitOfWork, people: set[UUID]) -> Mapping[tuple[UUID, str], datetime]:
    since = uow.now - LOOKED_BACK
    acts = last_acts(uow, people, since=since)
    looks = last_looks(uow, people, since=since)
    keys = acts.keys() | looks.keys()
    return {key: max(at for at in (acts.get(key), looks.get(key)) if at) for key in keys}
