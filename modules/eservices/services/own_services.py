"""Definitions of the municipality's own services, read out of its tables."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session, object_session

from obshto.modules.eservices.errors import NoSuchService
from obshto.modules.eservices.models import Case, DesignedService, DesignedVersion, Draft
from obshto.modules.eservices.services.definitions import Definition, read_definition
from obshto.modules.eservices.services.publication import definition_of, is_in_house
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.content_cache import ContentCache

_PUBLISHED = select(DesignedService, DesignedVersion.definition).join(
    DesignedVersion,
    (DesignedVersion.service == DesignedService.key)
    & (DesignedVersion.number == DesignedService.published),
)
_KEPT = "eservices.definitions"  # in the session: what was read once in this unit of work


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnService:
    """A service of the municipality by its published version."""

    key: str
    definition: Definition
    withdrawn_because: str


# Of so many municipalities; what is published is public, so the stamp moves with it.
_published: ContentCache[Sequence[OwnService]] = ContentCache(64)


def own_services(uow: UnitOfWork) -> Sequence[OwnService]:
    """Everything that was ever published here, by title. One query, none while it is kept."""

    def read() -> Sequence[OwnService]:
        found = (_own(row, text) for row, text in uow.session.execute(_PUBLISHED))
        return sorted(found, key=lambda one: (one.definition.official_title.casefold(), one.key))

    return _published.get_or_make(uow, read)


def own_service(uow: UnitOfWork, key: str) -> OwnService | None:
    """One of them by its key; None where nothing was published under it."""
    found = uow.session.execute(_PUBLISHED.where(DesignedService.key == key)).first()
    return _own(*found) if found else None


def definition_behind(row: Draft | Case) -> Definition:
    """The version that it was begun with: a newer one never changes it.

    Of a service of the municipality's own it is read by the row's own session, so it is never
    another municipality's. Raises NoSuchService.
    """
    if is_in_house(row.service):
        return definition_of(row.service, row.definition_version)
    session = object_session(row)
    if session is None:
        raise NoSuchService
    kept: dict[tuple[str, int], Definition] = session.info.setdefault(_KEPT, {})
    wanted = row.service, row.definition_version
    if wanted not in kept:
        kept[wanted] = _version(session, *wanted)
    return kept[wanted]


@lru_cache(maxsize=512)
def definition_in(text: str) -> Definition:
    """A definition out of its stored text; the same text is read once in a process."""
    return read_definition(json.loads(text))


def _own(row: DesignedService, text: str) -> OwnService:
    because = row.withdrawn_because if row.withdrawn_at else ""
    return OwnService(key=row.key, definition=definition_in(text), withdrawn_because=because)


def _version(session: Session, service: str, version: int) -> Definition:
    text = session.scalar(
        select(DesignedVersion.definition).where(
            DesignedVersion.service == service, DesignedVersion.number == version
        )
    )
    if text is None:
        raise NoSuchService
    return definition_in(text)
