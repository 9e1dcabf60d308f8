"""The catalogue of services for the search; applications are never found."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from uuid import UUID

from obshto.modules.eservices.services.catalogue import NEEDS, object_id_of, services
from obshto.platform.modularity.manifest import PublicEntries, PublicEntry
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE, speaking

# The catalogue as it was read; a service has no day of its own.
READ_AT = datetime(2026, 11, 24, tzinfo=UTC)


def entries_of(uow: UnitOfWork, ids: Collection[UUID] | None) -> Iterable[PublicEntry]:
    """Every service of the catalogue, in Bulgarian, as its title is by law. No query."""
    with speaking(SOURCE):
        for service in services().values():
            object_id = object_id_of(service)
            if ids is None or object_id in ids:
                yield PublicEntry(
                    object_id=object_id,
                    kind="service",
                    title=service.title,
                    path=f"/eservices/{service.key}",
                    published_at=READ_AT,
                    language=SOURCE,
                    text=f"{NEEDS[service.need]} {service.number}",
                )


SEARCH = PublicEntries(facts=frozenset(), of=entries_of)
