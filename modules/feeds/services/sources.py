"""Networks that the portal shows: what is read, added, removed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlsplit
from uuid import UUID

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError

from obshto.modules.feeds.errors import NoSuchSource, NotRead, ReadAlready
from obshto.modules.feeds.events import SourceAdded, SourceRemoved
from obshto.modules.feeds.models import Item, Source
from obshto.modules.feeds.services.feed_parser import NoFeed, Read
from obshto.modules.feeds.services.feed_reader import FAILURES, NotFound, keep_entries, look
from obshto.platform.db.base import new_id
from obshto.platform.entity import expect_version
from obshto.platform.errors import Conflict
from obshto.platform.fetching.guard import NotFetched
from obshto.platform.storage.services import forget_files
from obshto.platform.unit_of_work import UnitOfWork


class Kind(StrEnum):
    """What somebody gives the address of."""

    FEED = "feed"
    YOUTUBE = "youtube"
    MASTODON = "mastodon"


KINDS: dict[str, LazyString] = {
    Kind.FEED: _("Сайт с емисия RSS или Atom"),
    Kind.YOUTUBE: _("Канал в YouTube"),
    Kind.MASTODON: _("Профил в Mastodon"),
}
YOUTUBE = "https://www.youtube.com/feeds/videos.xml?channel_id="
_channel_id = re.compile(r"UC[\w-]{22}")
_account = re.compile(r"@?([\w.-]+)@([\w.-]+(?::\d+)?)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What was typed."""

    kind: str
    address: str
    title: str = ""


def every_source(uow: UnitOfWork) -> list[Source]:
    """In the order in which they were added."""
    return list(uow.session.scalars(select(Source).order_by(Source.added_at, Source.id)))


def source_of(uow: UnitOfWork, source_id: UUID, *, to_change: bool = False) -> Source:
    """Raises NoSuchSource."""
    found = uow.session.get(Source, source_id, with_for_update=to_change or None)
    if found is None:
        raise NoSuchSource
    return found


def items(*, source_id: UUID | None = None) -> Select[Item]:
    """What was read, the newest first."""
    rows = select(Item).order_by(Item.published_at.desc(), Item.id.desc())
    return rows.where(Item.source_id == source_id) if source_id else rows


def sources_by_id(uow: UnitOfWork) -> Mapping[UUID, Source]:
    """One query."""
    return {source.id: source for source in every_source(uow)}


def add_source(uow: UnitOfWork, wanted: Wanted, *, request_id: UUID) -> Source:
    """Read once before it is kept, so that a slip is seen at once.

    The same `request_id` again answers the first one. Raises NotRead, ReadAlready.
    """
    first = select(Source).where(Source.request_id == request_id)
    if known := uow.session.scalar(first):
        return known
    address = feed_address(wanted)
    found = _read(address, uow.now)
    source = Source(
        id=new_id(),
        request_id=request_id,
        kind=wanted.kind,
        title=wanted.title or found.title or found.page,
        address=address,
        page=found.page,
        etag="",
        modified="",
        added_at=uow.now,
        due_at=uow.now,
        failures=0,
        trouble="",
    )
    try:
        with uow.session.begin_nested():
            uow.session.add(source)
    except IntegrityError:
        if known := uow.session.scalar(first):
            return known
        raise ReadAlready from None
    keep_entries(uow, source, found)
    uow.emit(SourceAdded(subject_id=source.id, title=source.title))
    return source


def remove_source(uow: UnitOfWork, source: Source, *, expected_version: int) -> None:
    """What was read from it goes along, pictures too. Raises Conflict."""
    expect_version(source, expected_version, Conflict)
    own = select(Item.picture_id).where(Item.source_id == source.id, Item.picture_id.is_not(None))
    forget_files(uow, [file_id for file_id in uow.session.scalars(own) if file_id])
    uow.session.delete(source)
    uow.emit(SourceRemoved(subject_id=source.id, title=source.title))


def feed_address(wanted: Wanted) -> str:
    """The feed behind what people know: a channel, an account. Raises NotRead."""
    typed = wanted.address.strip()
    if wanted.kind == Kind.YOUTUBE and "videos.xml" not in typed:
        found = _channel_id.search(typed)
        if found is None:
            why = gettext(
                "Препишете адреса на канала с кода, който започва с „UC“. В YouTube е под"
                " „Споделяне на канала“."
            )
            raise NotRead(why=why)
        return f"{YOUTUBE}{found[0]}"
    if wanted.kind == Kind.MASTODON and not typed.endswith(".rss"):
        return _of_account(typed)
    return typed if "://" in typed else f"https://{typed}"


def _of_account(typed: str) -> str:
    if named := _account.fullmatch(typed):
        return f"https://{named[2]}/@{named[1]}.rss"
    url = urlsplit(typed if "://" in typed else f"https://{typed}")
    if not url.path.startswith("/@"):
        raise NotRead(why=gettext("Препишете профила като @kula@mastodon.bg."))
    return f"{url.scheme}://{url.netloc}{url.path.rstrip('/')}.rss"


def _read(address: str, now: datetime) -> Read:
    try:
        return look(address, now)[0]
    except NotFetched as failure:
        why = str(FAILURES[failure.trouble])
    except NotFound:
        why = gettext("Там няма такава страница. Проверете адреса.")
    except NoFeed:
        why = gettext("Там няма емисия RSS или Atom.")
    raise NotRead(why=why)
