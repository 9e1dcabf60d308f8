"""What a search may find of a municipality's places."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from obshto.modules.places.events import (
    EVENTS,
    HoursConfirmed,
    HoursStale,
    PlaceWritten,
    WalkWritten,
)
from obshto.modules.places.models import Place, Walk
from obshto.modules.places.services.kinds import FEATURES, KINDS, feature_named, kind_named
from obshto.modules.places.services.queries import published
from obshto.modules.places.services.walks import published as published_walks
from obshto.platform.modularity.manifest import PublicEntries, PublicEntry
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE, speaking


def entries_of(uow: UnitOfWork, ids: Collection[UUID] | None) -> Iterable[PublicEntry]:
    """Every published place and walk in each of its languages. Two queries."""
    wanted = published() if ids is None else published().where(Place.id.in_(ids))
    for place in uow.session.scalars(wanted):
        for language in (SOURCE, *place.translations):
            yield _entry(place, language)
    walks = published_walks() if ids is None else published_walks().where(Walk.id.in_(ids))
    for walk in uow.session.scalars(walks):
        for language in (SOURCE, *walk.translations):
            yield _entry_of_walk(walk, language)


def _entry_of_walk(walk: Walk, language: str) -> PublicEntry:
    name, about, _ = walk.told(language)
    assert walk.published_at
    return PublicEntry(
        object_id=walk.id,
        kind="walk",
        title=name,
        path=walk.path,
        published_at=walk.published_at,
        language=language,
        text=about,
    )


def _entry(place: Place, language: str) -> PublicEntry:
    name, about, _ = place.told(language)
    assert place.published_at
    return PublicEntry(
        object_id=place.id,
        kind=place.kind,
        title=name,
        path=place.path,
        published_at=place.published_at,
        language=language,
        text=" ".join(filter(None, (about, *_words(place, language)))),
        place=place.settlement_in(language),
    )


def _words(place: Place, language: str) -> list[str]:
    """Kind and comforts as this language calls them; the address is Bulgarian."""
    kind = kind_named(place.kind)
    features = [found for word in place.features if (found := feature_named(word))]
    with speaking(language):
        told = [str(KINDS[kind])] if kind else []
        told += [str(FEATURES[feature]) for feature in features]
    return [*told, place.address] if language == SOURCE else told


SEARCH = PublicEntries(
    facts=frozenset(EVENTS) - {PlaceWritten, WalkWritten, HoursConfirmed, HoursStale},
    of=entries_of,
)
