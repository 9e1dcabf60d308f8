"""Bring what can be found up to date with what is published."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Connection, Select, delete, exists, or_, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session, aliased

from obshto.platform.jobs.enqueue import ENQUEUE
from obshto.platform.modularity.manifest import PublicEntry
from obshto.platform.modularity.registry import components_here, current_registry
from obshto.platform.practice_exits import told_outside
from obshto.platform.search.index_rows import row_of
from obshto.platform.search.models import PublicRow, SearchEntry
from obshto.platform.unit_of_work import Principal, UnitOfWork, open_uow
from obshto.platform.web.language import SOURCE

SHOWN = 12
INDEX = "search:index"
RENEW = "search:renew"
BATCH = 500  # rows a statement
LOCK_WHOLE = text("SELECT pg_advisory_xact_lock(hashtext('search'), hashtext(:schema))")
LOCK_ONE = text("SELECT pg_advisory_xact_lock_shared(hashtext('search'), hashtext(:schema))")

Row = dict[str, Any]
Entry = TypeVar("Entry", SearchEntry, PublicRow)


def index_what_changed(uow: UnitOfWork) -> None:
    """Closer: the municipality's own search knows at once, the region's after the commit.

    A fact that names no subject speaks of its whole part.
    """
    changed = list(changed_things(uow))
    if changed:
        # Once, in the mode that all of it needs: to ask for more later is how two block each other.
        lock_search(uow, is_whole=any(object_id is None for _, object_id in changed))
    for part, object_id in changed:
        source = current_registry().parts[part].search
        assert source
        ids = [object_id] if object_id else None
        _replace_here(uow, part, _rows(uow, source.of(uow, ids)), ids)
        ask(uow, part, object_id)


def ask(uow: UnitOfWork, part: str, object_id: UUID | None = None, **region: str) -> None:
    """Ask for one thing of a part, or for all. `region` names the municipality in an act of it.

    In turn: of two that run at once the one that read earlier could write later.
    """
    key = f"{INDEX}:{part}"
    uow.defer(
        INDEX, once=f"{key}:{object_id}", in_turn=key, part=part, object_id=object_id, **region
    )


def index(uow: UnitOfWork, *, part: str, object_id: str | None = None) -> None:
    """Job: the published things of a part, or one of them, as they are now; none where it is off.

    The municipality is read first; the region is written in a transaction of its own after. One
    thing is in the municipality's search already: its own transaction wrote it.
    """
    source = current_registry().parts[part].search
    assert source
    ids = [UUID(object_id)] if object_id else None
    is_here = any(here.slug == part for here in components_here())
    lock_search(uow, is_whole=ids is None)
    rows = _rows(uow, source.of(uow, ids)) if is_here else []
    if ids is None:
        _replace_here(uow, part, rows, None)
    slug = uow.scope.slug
    uow.commit()
    with open_uow(None, Principal.system(INDEX)) as region:
        _replace(region.session, PublicRow, told_outside(rows), ids, part=part, municipality=slug)
        region.invalidate_region_pages()


def renew(uow: UnitOfWork) -> None:
    """Job of the night: every part is read anew, so that nothing forgotten stays so."""
    for part in components_here():
        if part.search:
            ask(uow, part.slug)


def ask_to_renew(connection: Connection, municipality: str) -> None:
    """Enqueue `renew` in the caller's transaction, where there is no work: the migrator's acts.

    For whatever no fact tells of: a municipality that joins, one that was restored.
    """
    job = {"task": RENEW, "args": {"municipality": municipality}, "once": RENEW}
    connection.execute(ENQUEUE, {"jobs": json.dumps([job])})


def renew_region(region: UnitOfWork, municipalities: Iterable[str]) -> None:
    """Ask for `renew` in each: a release may know other things than the one before it."""
    for slug in municipalities:
        region.defer(RENEW, once=RENEW, municipality=slug)


def forget(region: UnitOfWork, municipality: str, part: str) -> None:
    """Nothing of a part that was switched off is seen on the region's pages."""
    _replace(region.session, PublicRow, [], None, part=part, municipality=municipality)
    region.invalidate_region_pages()


def newest_entries(uow: UnitOfWork, *, language: str, size: int = SHOWN) -> list[PublicRow]:
    """What is new in all municipalities, in the language asked for, else in Bulgarian."""
    parts = current_registry().parts.values()
    telling = [part.slug for part in parts if part.search and part.search.is_news]
    newest = standing(PublicRow, language, uow.now).where(PublicRow.part.in_(telling))
    return list(uow.session.scalars(newest.order_by(PublicRow.published_at.desc()).limit(size)))


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


def changed_things(uow: UnitOfWork) -> Iterable[tuple[str, UUID | None]]:
    """What the facts of this work speak of, where it can be found; each once."""
    return dict.fromkeys(_changed(uow))


def _changed(uow: UnitOfWork) -> Iterable[tuple[str, UUID | None]]:
    for part in current_registry().parts.values() if uow.within else ():
        for fact in uow.facts if part.search else ():
            if part.search and type(fact) in part.search.facts:
                yield part.slug, fact.subject_id


def lock_search(uow: UnitOfWork, *, is_whole: bool) -> None:
    """Advisory lock of a municipality's search until the commit: shared for one thing, exclusive
    for what is read as a whole. Who only reads waits for nobody.

    Of one server, where LOCK TABLE would ask every node of a cluster.
    """
    uow.session.execute(LOCK_WHOLE if is_whole else LOCK_ONE, {"schema": uow.scope.schema})


def _rows(uow: UnitOfWork, entries: Iterable[PublicEntry]) -> list[Row]:
    return [row_of(entry, uow.scope.slug) for entry in entries]


def _replace_here(
    uow: UnitOfWork, part: str, rows: list[Row], ids: Collection[UUID] | None
) -> None:
    _replace(uow.session, SearchEntry, rows, ids, part=part)


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
