"""The catalogue of services for the search; applications are never found."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from obshto.modules.eservices.events import ServicePublished, ServiceWithdrawn
from obshto.modules.eservices.events.versions import ServiceOffered, VersionDeclined
from obshto.modules.eservices.services.catalogue import (
    NEEDS,
    Service,
    listed,
    object_id_of,
    object_id_of_key,
)
from obshto.modules.eservices.services.design.shared_services import patterns, refused_at_first
from obshto.platform.modularity.manifest import PublicEntries, PublicEntry
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import LANGUAGES, SOURCE, speaking

# The catalogue as it was read; a service has no day of its own.
READ_AT = datetime(2026, 11, 24, tzinfo=UTC)


def entries_of(uow: UnitOfWork, ids: Collection[UUID] | None) -> Iterable[PublicEntry]:
    """Every service in every language, as people call it; its title by law is found too.

    What was refused before it ever stood here ended before it began: nobody finds it, and who
    offers it reads why.
    """
    shown = [s for s in listed(uow) if ids is None or object_id_of(s) in ids]
    told = patterns(uow) if any(service.own for service in shown) else {}
    for service in shown:
        yield from _entries(service, told.get(service.key))
    if ids is None or set(ids) - {object_id_of(service) for service in shown}:
        yield from (
            PublicEntry(
                object_id=object_id_of_key(key),
                kind="service",
                title=title,
                path=f"/eservices/{key}",
                published_at=READ_AT,
                language=SOURCE,
                until=READ_AT,
                pattern=refusal,
            )
            for key, title, refusal in refused_at_first(uow)
            if ids is None or object_id_of_key(key) in ids
        )


def _entries(service: Service, pattern: dict[str, Any] | None) -> Iterator[PublicEntry]:
    for language in LANGUAGES:
        with speaking(language):
            text = f"{service.title} {NEEDS[service.need]} {service.number}"
        yield PublicEntry(
            object_id=object_id_of(service),
            kind="service",
            title=service.said(language),
            path=f"/eservices/{service.key}",
            published_at=READ_AT,
            language=language,
            text=text,
            pattern=pattern if language == SOURCE else None,
        )


FACTS = frozenset((ServicePublished, ServiceWithdrawn, ServiceOffered, VersionDeclined))
SEARCH = PublicEntries(facts=FACTS, of=entries_of)
