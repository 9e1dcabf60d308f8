"""Bring what can be found up to date with what is published."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Select, delete, exists, or_, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session, aliased

from obshto.platform.modularity.manifest import PublicEntry
from obshto.platform.modularity.registry import current_registry, parts_here
from obshto.platform.search.kept import row_of
from obshto.platform.search.models import PublicRow, SearchEntry
from obshto.platform.web.language import SOURCE
from obshto.platform.work import Principal, Work, working

SHOWN = 12
INDEX = "search:index"
RENEW = "search:renew"
BATCH = 500  # rows a statement

Row = dict[str, Any]
Entry = TypeVar("Entry", SearchEntry, PublicRow)


def index_what_changed(work: Work) -> None:
    """Closer: the municipality's own search knows at once, the region's after the commit.

    A fact that names no subject speaks of its whole part.
    """
    for part, object_id in changed_things(work):
        source = current_registry().parts[part].search
        assert source
        if object_id is None:
            lock_search(work)
        ids = [object_id] if object_id else None
        _replace_here(work, part, _rows(work, source.of(work, ids)), ids)
        ask(work, part, object_id)


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

    The municipality is read first; the region is written in a transaction of its own after. One
    thing is in the municipality's search already: its own transaction wrote it.
    """
    source = current_registry().parts[part].search
    assert work.scope and source
    ids = [UUID(object_id)] if object_id else None
    is_here = any(here.slug == part for here in parts_here())
    if ids is None:
        lock_search(work)
    rows = _rows(work, source.of(work, ids)) if is_here else []
    if ids is None:
        _replace_here(work, part, rows, None)
    slug = work.scope.slug
    work.commit()
    with working(None, Principal.system(INDEX)) as region:
        _replace(region.session, PublicRow, rows, ids, part=part, municipality=slug)
        region.touch_region()


def renew(work: Work) -> None:
    """Job of the night: every part is read anew, so that nothing forgotten stays so."""
    for part in parts_here():
        if part.search:
            ask(work, part.slug)


def forget(region: Work, municipality: str, part: str) -> None:
    """Nothing of a part that was switched off is seen on the region's pages."""
    _replace(region.session, PublicRow, [], None, part=part, municipality=municipality)
    region.touch_region()


def newest_entries(work: Work, *, language: str, size: int = SHOWN) -> list[PublicRow]:
    """What is new in all municipalities, in the language asked for, else in Bulgarian."""
    parts = current_registry().parts.values()
    telling = [part.slug for part in parts if part.search and part.search.is_news]
    newest = standing(PublicRow, language, work.now).where(PublicRow.part.in_(telling))
    return list(work.session.scalars(newest.order_by(PublicRow.published_at.desc()).limit(size)))


def standing(table: type[Entry], language: str, now: datetime) -> Select[Entry]:
    """What is shown at this moment, each thing once: in the language, else in Bulgarian."""
    translated = aliased(table)
    keys = [column.name for column in table.__table__.primary_key if column.name != "language"]
    same = exists().where(translated.language == language)
    for key in keys:
        same = same.where(getattr(translated, key) == getattr(table, key))
    wanted = or_(table.language == language, (table.language == SOURCE) & ~same)
    is_over = table.until <= now
    return select(table).where(wanted, table.published_at <= now, is_over.is_not(True))


def changed_things(work: Work) -> Iterable[tuple[str, UUID | None]]:
    """What the facts of this work speak of, where it can be found; each once."""
    return dict.fromkeys(_changed(work))


def _changed(work: Work) -> Iterable[tuple[str, UUID | None]]:
    for part in current_registry().parts.values() if work.scope else ():
        for fact in work.facts if part.search else ():
            if part.search and type(fact) in part.search.facts:
                yield part.slug, fact.subject_id


def lock_search(work: Work) -> None:
    """Who publishes meanwhile waits until what was read as a whole is written; readers do not."""
    assert work.scope
    work.session.execute(
        text(f'LOCK TABLE "{work.scope.schema}".search_entry IN SHARE ROW EXCLUSIVE MODE')
    )


def _rows(work: Work, entries: Iterable[PublicEntry]) -> list[Row]:
    assert work.scope
    return [row_of(entry, work.scope.slug) for entry in entries]


def _replace_here(work: Work, part: str, rows: list[Row], ids: Collection[UUID] | None) -> None:
    _replace(work.session, SearchEntry, rows, ids, part=part)


def _replace(
    session: Session,
    table: type[SearchEntry] | type[PublicRow],
    rows: list[Row],
    ids: Collection[UUID] | None,
    **owner: str,
) -> None:
    old = delete(table).filter_by(**owner)
    session.execute(old.where(table.object_id.in_(ids)) if ids is not None else old)
    columns = set(table.__table__.c.keys())
    owned = [{n: row[n] for n in columns & row.keys()} | owner for row in rows]
    for start in range(0, len(owned), BATCH):
        session.execute(_put(table), owned[start : start + BATCH])


def _put(table: type[SearchEntry] | type[PublicRow]) -> Any:
    """Two who write the same row at once both succeed; the later one stays."""
    put = insert(table)
    keys = [column.name for column in table.__table__.primary_key]
    others = [column.name for column in table.__table__.c if column.name not in keys]
    return put.on_conflict_do_update(
        index_elements=keys, set_={name: put.excluded[name] for name in others}
    )
