"""Take a person's data out of every part, or erase it there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from flask_babel import LazyString, lazy_gettext

from obshto.platform.facts import Fact
from obshto.platform.modularity.manifest import PersonalData
from obshto.platform.modularity.registry import current_registry
from obshto.platform.work import Work


@dataclass(frozen=True, kw_only=True)
class PersonErased(Fact):
    """Somebody's data were erased; after a restore this list is worked through again."""

    name: ClassVar[str] = "privacy:person.erased"
    label: ClassVar[LazyString] = lazy_gettext("Изтрити лични данни")


def export_person(work: Work, person_id: UUID) -> dict[str, list[dict[str, Any]]]:
    """Rows of plain values under a heading for each part, whether it is switched on or not.

    Regulation (EU) 2016/679, articles 15 and 20.
    """
    found: dict[str, list[dict[str, Any]]] = {}
    for part in current_registry().parts.values():
        if isinstance(part.privacy, PersonalData):
            found.update(part.privacy.export(work, person_id))
    return found


def erase_person(work: Work, person_id: UUID) -> None:
    """Every part forgets the person, as far as the law lets it (article 17)."""
    for part in current_registry().parts.values():
        if isinstance(part.privacy, PersonalData):
            part.privacy.erase(work, person_id)
    work.record(PersonErased(subject_id=person_id))
