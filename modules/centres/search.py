"""Index rows of centres: every published centre and office in each of its languages."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from obshto.modules.centres.events import EVENTS
from obshto.modules.centres.models import Centre
from obshto.modules.centres.services.kinds import EQUIPMENT, FEATURES, KINDS
from obshto.modules.centres.services.queries import published
from obshto.platform.modularity.manifest import PublicEntries, PublicEntry
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE, speaking


def entries_of(uow: UnitOfWork, ids: Collection[UUID] | None) -> Iterable[PublicEntry]:
    """One query."""
    wanted = published() if ids is None else published().where(Centre.id.in_(ids))
    for centre in uow.session.scalars(wanted):
        for language in (SOURCE, *centre.translations):
            yield _entry(centre, language)


def _entry(centre: Centre, language: str) -> PublicEntry:
    name, about, _ = centre.told(language)
    assert centre.published_at
    words = {**FEATURES, **EQUIPMENT}
    with speaking(language):
        kind = str(KINDS[centre.kind])
        has = [str(words[word]) for word in (*centre.features, *centre.equipment) if word in words]
    own = (centre.helper, centre.address) if language == SOURCE else ()
    return PublicEntry(
        object_id=centre.id,
        kind=centre.kind,
        title=name,
        path=centre.path,
        published_at=centre.published_at,
        language=language,
        text=" ".join(filter(None, (about, kind, *has, *own))),
        place=centre.settlement_in(language),
    )


SEARCH = PublicEntries(facts=frozenset(fact for fact in EVENTS if fact.is_public), of=entries_of)
