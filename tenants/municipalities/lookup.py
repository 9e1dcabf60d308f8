"""Find a municipality by one prepared read, apart from any transaction of its work."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from os import getpid
from threading import Lock
from typing import Any, TypeVar

import psycopg
from flask import current_app, has_request_context, request
from psycopg.rows import dict_row

from obshto.platform.db.watched_connection import WatchedConnection
from obshto.platform.scope import Scope, schema_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.hosts import ROW, HostRow
from obshto.platform.web.language import SOURCE
from obshto.platform.web.writes import is_write
from obshto.tenants.municipalities.bulletin import Bulletin, bulletins_of, shut_by
from obshto.tenants.municipalities.notice import Notice, notice_of
from obshto.tenants.municipalities.stamps import Stamp, StampReader

READER = "obshto.hosts"
COLUMNS = (
    "slug, titles, names, languages, modules, colour, contact, switches, version,"
    " edits, notice, bulletins, home_order, emblem, emblem_before"
)
# `xmin` changes with every change of the row: while it stands, what was read of it still holds.
SOON = timedelta(minutes=5)  # to look again, where nobody said when it ends
STAMP = "SELECT slug, version, xmin::text FROM shared.tenant WHERE slug = %s"
STAMPS = "SELECT slug, version, xmin::text FROM shared.tenant WHERE slug = ANY(%s)"
BY_SLUG = f"SELECT {COLUMNS}, xmin::text FROM shared.tenant WHERE slug = %s"
REGION = "SELECT version, bulletins, xmin::text FROM shared.region"
BY_DOMAIN = "SELECT slug FROM shared.tenant WHERE domain = %s"

Found = TypeVar("Found")
Row = dict[str, Any]
Values = Sequence[str] | Mapping[str, Any]


class Held:
    """A connection that is open until nobody holds it.

    A process that was forked off inherits the socket. Read by both, one would get what the other
    asked; closed by one, it would be closed for both.
    """

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self.connection, self._process = connection, getpid()
        self.tuples = connection.cursor()
        self.rows = connection.cursor(row_factory=dict_row)

    @property
    def is_ours(self) -> bool:
        """Whether it was opened by this process."""
        return self._process == getpid()

    def __del__(self) -> None:
        if self.is_ours:
            self.connection.close()


class HostReader:
    """Reads hosts over one connection of its process, in autocommit; threads take turns.

    Plain psycopg, because a SQLAlchemy transaction would halve what the page cache gains. A row is
    read whole when it has changed; until then its stamp is enough. A read that finds the
    connection dead is tried once more on a new one; writes never are.
    """

    def __init__(self, conninfo: str) -> None:
        self._conninfo = conninfo
        self._held: Held | None = None
        self._turn = Lock()  # of the one who asks
        self._known: dict[str, tuple[Stamp, HostRow]] = {}
        self._stamp = StampReader(self._stamps)

    def __call__(self, label: str) -> HostRow | None:
        if not label:
            row = self._again(self._row, REGION)
            return _host_row(row) if row else None
        return self._again(self._municipality, label)

    def find_domain(self, host: str) -> str | None:
        """The municipality that owns a domain."""
        row = self._again(self._row, BY_DOMAIN, (host,))
        return str(row["slug"]) if row else None

    def one(self, statement: str, values: Mapping[str, Any]) -> Row | None:
        """A row of the region's tables by one prepared read, in no transaction."""
        return self._again(self._row, statement, values)

    def several(self, statement: str, values: Mapping[str, Any]) -> list[Row]:
        """All rows of such a read."""
        return self._again(self._rows, statement, values) or []

    def close(self) -> None:
        """Let go of the connection; the next read opens another."""
        with self._turn:
            self._held = None

    def _municipality(self, slug: str) -> HostRow | None:
        return self.as_of(slug, self._stamp(slug))

    def as_of(self, slug: str, stamp: Stamp | None) -> HostRow | None:
        """A municipality whose stamp was read this moment: its row is read where it has moved."""
        if stamp is None:
            self._known.pop(slug, None)  # it has left
            return None
        known = self._known.get(slug)
        if known and known[0] == stamp:
            return known[1]
        row = self._again(self._row, BY_SLUG, (slug,))
        if row is None:
            return None
        found = _host_row(row)
        self._known[slug] = ((row["version"], row["xmin"]), found)
        return found

    def _stamps(self, slugs: Collection[str]) -> dict[str, Stamp]:
        asked = (STAMP, tuple(slugs)) if len(slugs) == 1 else (STAMPS, (list(slugs),))
        with self._open() as held:
            rows = held.tuples.execute(*asked).fetchall()
        return {slug: (version, xmin) for slug, version, xmin in rows}

    def _row(self, statement: str, values: Values = ()) -> Row | None:
        with self._open() as held:
            return held.rows.execute(statement, values).fetchone()

    def _rows(self, statement: str, values: Values) -> list[Row]:
        with self._open() as held:
            return held.rows.execute(statement, values).fetchall()

    @staticmethod
    def _again(read: Callable[..., Found | None], *values: Any) -> Found | None:
        try:
            return read(*values)
        except psycopg.OperationalError:
            return read(*values)

    @contextmanager
    def _open(self) -> Iterator[Held]:
        """This process's connection, for one read; one that fails is dropped with it."""
        with self._turn:
            held = self._held
            if held is None or not held.is_ours or held.connection.closed:
                held = self._held = Held(
                    WatchedConnection.connect(self._conninfo, autocommit=True, prepare_threshold=0)
                )
            try:
                yield held
            except psycopg.OperationalError:
                self._held = None
                raise


def _host_row(row: Row) -> HostRow:
    return HostRow(version=row["version"], row=row, stamp=f"{row['version']}.{row['xmin']}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Municipality:
    """What the door and the pages know of a municipality."""

    slug: str
    titles: Mapping[str, str]
    names: Mapping[str, str]
    languages: tuple[str, ...]
    modules: frozenset[str]
    colour: str
    contact: Mapping[str, Any]
    switches: int  # how often its modules were switched
    edits: int  # how often its appearance was changed
    bulletins: tuple[Bulletin, ...]  # of the region's team
    notice: Notice | None  # as it was posted; it may have ended since
    home_order: tuple[str, ...]  # the parts whose blocks come first
    emblem: str | None  # the tag of its coat of arms
    emblem_before: str | None

    def title(self, language: str = SOURCE) -> str:
        """„Община Кула“; where there is no other in English, which more people can read."""
        return self.titles.get(language) or self.titles.get("en") or self.titles[SOURCE]

    def scope(self, language: str = SOURCE) -> Scope:
        """Its scope, titled in the language of the page at hand."""
        return Scope(
            slug=self.slug,
            schema=schema_of(self.slug),
            host=f"{self.slug}.{current_app.config['SERVER_NAME']}",
            title=self.title(language),
            languages=self.languages,
            scheme=current_app.config["PREFERRED_URL_SCHEME"],
        )


def municipality_of(found: HostRow) -> Municipality:
    """The row that was read for the host, with its types."""
    row = found.row
    return Municipality(
        slug=row["slug"],
        titles=row["titles"],
        names=row["names"],
        languages=tuple(row["languages"]),
        modules=frozenset(row["modules"]),
        colour=row["colour"],
        contact=row["contact"],
        switches=row["switches"],
        edits=row["edits"],
        bulletins=bulletins_of(row["bulletins"]),
        notice=notice_of(row["notice"]),
        home_order=tuple(row["home_order"]),
        emblem=row["emblem"],
        emblem_before=row["emblem_before"],
    )


def reading_only_until(here: Municipality, moment: datetime) -> datetime | None:
    """None while things may be changed there; without an end it is said as `SOON`."""
    shut = shut_by(here.bulletins, moment)
    return (shut.ends_at or moment + SOON) if shut else None


def read_shared(statement: str, **values: Any) -> Row | None:
    """One row of the region's tables, by a prepared read apart from any transaction."""
    reader: HostReader = current_app.extensions[READER]
    return reader.one(statement, values)


def read_shared_rows(statement: str, **values: Any) -> list[Row]:
    """Rows of the region's tables, by a prepared read apart from any transaction."""
    reader: HostReader = current_app.extensions[READER]
    return reader.several(statement, values)


def find_municipality(slug: str) -> Municipality | None:
    """A municipality by its slug, for work that has no host."""
    reader: HostReader = current_app.extensions[READER]
    found = _at_hand(slug) or (reader(slug) if slug else None)  # an empty label is the region
    return municipality_of(found) if found else None


def _at_hand(slug: str) -> HostRow | None:
    """That of a page's own host was read just before it; an act may have changed it since."""
    if not has_request_context() or is_write():
        return None
    row: HostRow | None = request.environ.get(ROW)
    return row if row and slug and row.row.get("slug") == slug else None


def municipality_here(uow: UnitOfWork) -> Municipality:
    """The one that the work at hand belongs to."""
    found = find_municipality(uow.scope.slug)
    assert found
    return found
