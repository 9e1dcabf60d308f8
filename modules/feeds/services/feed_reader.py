"""Feeds are read by the clock, politely: what has not changed is not sent again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from io import BytesIO
from uuid import UUID

from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from obshto.modules.feeds.events import SourceRead
from obshto.modules.feeds.models import Item, Source
from obshto.modules.feeds.services.feed_parser import NoFeed, ParsedEntry, Read, parse
from obshto.platform.clock import now
from obshto.platform.db.base import new_id
from obshto.platform.fetching.guard import NotFetched, Trouble
from obshto.platform.fetching.services import MB, Asked, Limits, fetch
from obshto.platform.storage.errors import FileRefused, FilesBusy, NoSuchFile
from obshto.platform.storage.models import StoredFile
from obshto.platform.storage.services import file_of, forget_files, keep_picture
from obshto.platform.unit_of_work import UnitOfWork

READ = "feeds:read"
EVERY, LONGEST = timedelta(minutes=30), timedelta(hours=24)
KEPT = 60  # items of a source
PAGE = 5  # sources of one job
PICTURES = 10  # that are drawn at one time
FEED, PICTURE = Limits(size=2 * MB, seconds=20), Limits(size=8 * MB, seconds=20)
ACCEPT = (
    "application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1"
)

FAILURES: dict[str, LazyString] = {
    Trouble.FORBIDDEN: _("Този адрес не е в интернет."),
    Trouble.UNREACHABLE: _("Сървърът не отговаря."),
    Trouble.SLOW: _("Сървърът отговаря твърде бавно."),
    Trouble.LARGE: _("Емисията е твърде голяма."),
    Trouble.ASTRAY: _("Адресът препраща в кръг."),
    "gone": _("Там вече няма такава страница."),
    "no feed": _("Там вече няма емисия."),
}


class NotFound(Exception):
    """The server says that there is no such page, or that we may not read it."""


class Unchanged(Exception):
    """It says what it said the last time."""


def look(
    address: str, moment: datetime, known: Mapping[str, str] | None = None
) -> tuple[Read, dict[str, str]]:
    """A feed as it is now, and the headers by which it is asked the next time.

    Raises NotFetched, NotFound, NoFeed, Unchanged.
    """
    answer = fetch(Asked(address=address, headers={"Accept": ACCEPT, **(known or {})}), FEED)
    if answer.status == 304:
        raise Unchanged
    if answer.status != 200:
        raise NotFound(answer.status)
    headers = {name: answer.headers.get(name, "") for name in ("etag", "last-modified")}
    told = {"content-type": answer.headers.get("content-type", "")}
    return parse(answer.body, told, address=answer.address, now=moment), headers


def read_sources(uow: UnitOfWork) -> None:
    """Job: some of those whose turn it is; it asks for itself again while more wait."""
    due = select(Source.id).where(Source.due_at <= now()).order_by(Source.due_at).limit(PAGE)
    ids = list(uow.session.scalars(due))
    for source_id in ids:
        read_source(uow, source_id)
    if len(ids) == PAGE:
        uow.defer(READ, once=READ, in_turn=READ)


def read_due(uow: UnitOfWork) -> None:
    """Job of the clock."""
    if uow.session.scalar(select(Source.id).where(Source.due_at <= now()).limit(1)):
        uow.defer(READ, once=READ, in_turn=READ)


def read_source(uow: UnitOfWork, source_id: UUID) -> None:
    """One source; no lock is held while its server is asked."""
    source = uow.session.get(Source, source_id)
    if source is None:
        return
    known = {"If-None-Match": source.etag, "If-Modified-Since": source.modified}
    address = source.address
    uow.commit()
    found, headers, trouble = _looked(address, {k: v for k, v in known.items() if v})
    source = uow.session.get(Source, source_id, with_for_update=True, populate_existing=True)
    if source is None:  # removed meanwhile
        return
    _note(source, trouble)
    if found:
        source.etag, source.modified = headers["etag"][:400], headers["last-modified"][:400]
        if keep_entries(uow, source, found):
            uow.emit(SourceRead(subject_id=source.id, title=source.title))
    uow.commit()
    draw_pictures(uow, source_id)


def _looked(address: str, known: Mapping[str, str]) -> tuple[Read | None, dict[str, str], str]:
    """What was found with its headers, or why nothing was; neither where nothing has changed."""
    try:
        return (*look(address, now(), known), "")
    except Unchanged:
        return None, {}, ""
    except NotFetched as failure:
        return None, {}, failure.trouble
    except NotFound:
        return None, {}, "gone"
    except NoFeed:
        return None, {}, "no feed"


def keep_entries(uow: UnitOfWork, source: Source, found: Read) -> int:
    """What is new or reads otherwise; the oldest go. How many rows were touched."""
    touched = 0
    for entry in found.entries:
        touched += _keep(uow, source, entry)
    oldest = (
        select(Item.id)
        .where(Item.source_id == source.id)
        .order_by(Item.published_at.desc(), Item.id.desc())
        .offset(KEPT)
    )
    gone = list(
        uow.session.execute(delete(Item).where(Item.id.in_(oldest)).returning(Item.picture_id))
    )
    forget_files(uow, [row.picture_id for row in gone if row.picture_id])
    return touched


def draw_pictures(uow: UnitOfWork, source_id: UUID) -> None:
    """Fetched once and drawn anew, so that readers ask nobody but us; what fails is left out.

    Where people's files go before, the rest waits until its source is read again.
    """
    waiting = select(Item.id).where(Item.source_id == source_id, Item.picture != "")
    ids = list(uow.session.scalars(waiting.order_by(Item.published_at.desc()).limit(PICTURES)))
    for item_id in ids:
        item = uow.session.get_one(Item, item_id)
        address = item.picture
        uow.commit()
        try:
            answer = fetch(Asked(address=address, headers={"Accept": "image/*"}), PICTURE)
            if answer.status == 200:
                with uow.session.begin_nested():
                    item.picture_id = keep_picture(uow, BytesIO(answer.body), name="picture").id
        except FilesBusy:
            return
        except (NotFetched, FileRefused):
            pass
        item.picture = ""
        uow.emit(SourceRead(subject_id=source_id, title=item.title or item.link))
        uow.commit()


def picture_of_item(uow: UnitOfWork, item_id: UUID) -> StoredFile:
    """For everybody. Raises NoSuchFile."""
    item = uow.session.get(Item, item_id)
    if item is None or item.picture_id is None:
        raise NoSuchFile
    return file_of(uow, item.picture_id)


def _keep(uow: UnitOfWork, source: Source, entry: ParsedEntry) -> int:
    row = {"id": new_id(), "source_id": source.id, "guid": entry.guid}
    told = {name: getattr(entry, name) for name in ("title", "text", "link", "picture_alt")}
    put = insert(Item).values(
        {**row, **told, "picture": entry.picture, "published_at": entry.published_at}
    )
    is_other = func.row(Item.title, Item.text, Item.link).is_distinct_from(
        func.row(put.excluded.title, put.excluded.text, put.excluded.link)
    )
    statement = put.on_conflict_do_update(
        index_elements=("source_id", "guid"),
        set_={name: put.excluded[name] for name in told},
        where=is_other,
    )
    return len(uow.session.execute(statement.returning(Item.id)).all())


def _note(source: Source, trouble: str) -> None:
    """Who does not answer is asked less and less often."""
    source.failures = source.failures + 1 if trouble else 0
    source.trouble, source.fetched_at = trouble, now()
    source.due_at = now() + min(EVERY * 2 ** min(source.failures, 6), LONGEST)
