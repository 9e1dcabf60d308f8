"""Recorded looks in words: offices, sections, purposes, kinds of data, what was opened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from flask_babel import LazyString, gettext

from obshto.platform.modularity.manifest import Component, DataKind, LookedAt, ModuleManifest
from obshto.platform.modularity.registry import current_registry
from obshto.platform.permissions import Role
from obshto.platform.purposes.guard import UNSAID
from obshto.platform.purposes.models import RecordedLook
from obshto.platform.unit_of_work import UnitOfWork

_KINDS = {kind.value: kind for kind in DataKind}
_ROLES = {role.value: role for role in Role}


def offices_of(office: str) -> tuple[str, ...]:
    """The roles at that time, as people call them; of before it was kept: staff."""
    words = [word for word in office.split(", ") if word]
    named = tuple(str(_ROLES[word].label) if word in _ROLES else word for word in words)
    return named or (gettext("служител на общината"),)


def sections() -> Mapping[str, LazyString | str]:
    """The parts in which staff open data of people, by slug."""
    parts = current_registry().parts.values()
    return {part.slug: _title(part) for part in parts if any(p.looks for p in part.processing)}


def section_of(slug: str) -> str:
    """What a part is called."""
    part = current_registry().parts.get(slug)
    return str(_title(part)) if part else slug


def kinds_of(row: RecordedLook) -> tuple[str, ...]:
    """The kinds of data that were opened."""
    return tuple(str(_KINDS[kind].label) for kind in row.kinds if kind in _KINDS)


def purpose_of(row: RecordedLook) -> str:
    """What for, as the part declares it; a look that no page asked about says so."""
    if row.purpose == UNSAID:
        return str(gettext("Страницата не е попитала защо"))
    part = current_registry().parts.get(row.part)
    for one in part.processing if part else ():
        if row.purpose in one.looks:
            return str(one.looks[row.purpose])
    return row.purpose


def things_of(uow: UnitOfWork, rows: Sequence[RecordedLook]) -> Mapping[UUID, LookedAt]:
    """What was opened, by its id. One query for each part that appears."""
    ids = defaultdict(set)
    for row in rows:
        ids[row.part].add(row.object_id)
    found: dict[UUID, LookedAt] = {}
    for slug, of_part in ids.items():
        part = current_registry().parts.get(slug)
        for one in part.processing if part else ():
            if one.describe:
                found |= one.describe(uow, of_part)
    return found


def _title(part: Component) -> LazyString | str:
    if isinstance(part, ModuleManifest):
        return part.title
    return part.processing[0].title if part.processing else part.slug
