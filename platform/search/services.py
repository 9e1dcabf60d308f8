"""Bring the region's list of published things up to date, and read it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from uuid import UUID

from sqlalchemy import delete, exists, insert, or_, select
from sqlalchemy.orm import aliased

from obshto.platform.modularity.manifest import PublicEntry
from obshto.platform.modularity.registry import current_registry, parts_here
from obshto.platform.search.models import PublicRow
from obshto.platform.web.language import SOURCE
from obshto.platform.work import Principal, Work, working

SHOWN = 12
INDEX = "search:index"


def ask_for_index(work: Work) -> None:
    """Closer: what a public fact speaks of is looked at anew after the commit."""
    for part in current_registry().parts.values():
        for fact in work.facts if part.search else ():
            if part.search and type(fact) in part.search.facts:
                ask(work, part.slug, fact.subject_id)


def ask(work: Work, part: str, object_id: UUID | None = None, **region: str) -> None:
    """Ask for one thing of a part, or for all. `region` names the municipality in an act of it.

    In turn: of two that run at once the one that read earlier could write later.
    """
    key = f"{INDEX}:{part}"
    work.later(
        INDEX, once=f"{key}:{object_id}", in_turn=key, part=part, object_id=object_id, **region
    )


def index(work: Work, *, part: str, object_id: str | None = None) -> None:
    """Job: the published things of a part, or one of them, as they are now; none where it is off.

    The municipality is read first; the region is written in a transaction of its own after.
    """
    source = current_registry().parts[part].search
    assert work.scope and source
    ids = [UUID(object_id)] if object_id else None
    is_here = any(here.slug == part for here in parts_here())
    entries = list(source.of(work, ids)) if is_here else []
    slug = work.scope.slug
    work.commit()
    with working(None, Principal.system(INDEX)) as region:
        _replace(region, slug, part, entries, ids)


def forget(region: Work, municipality: str, part: str) -> None:
    """Nothing of a part that was switched off is seen on the region's pages."""
    _replace(region, municipality, part, (), None)


def newest_entries(work: Work, *, language: str, size: int = SHOWN) -> list[PublicRow]:
    """The newest things of all municipalities, in the language asked for, else in Bulgarian."""
    translated = aliased(PublicRow)
    same = (
        exists()
        .where(translated.municipality == PublicRow.municipality)
        .where(translated.part == PublicRow.part)
        .where(translated.object_id == PublicRow.object_id)
        .where(translated.language == language)
    )
    wanted = or_(PublicRow.language == language, (PublicRow.language == SOURCE) & ~same)
    newest = select(PublicRow).where(wanted).order_by(PublicRow.published_at.desc()).limit(size)
    return list(work.session.scalars(newest))


def _replace(
    region: Work,
    municipality: str,
    part: str,
    entries: Iterable[PublicEntry],
    ids: list[UUID] | None,
) -> None:
    old = delete(PublicRow).where(PublicRow.municipality == municipality, PublicRow.part == part)
    region.session.execute(old.where(PublicRow.object_id.in_(ids)) if ids else old)
    rows = [asdict(entry) | {"municipality": municipality, "part": part} for entry in entries]
    if rows:
        region.session.execute(insert(PublicRow), rows)
    region.touch_region()
