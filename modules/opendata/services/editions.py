"""Editions of a data set: made by a job when its content differs, kept as files in storage.

The files of a large one are written by one job after another; until the last of them is there the
edition before it stands at the address of the set.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b, sha256
from tempfile import TemporaryFile
from typing import Any, BinaryIO
from uuid import UUID

from obshto.modules.opendata.events import DatasetFact, EditionFileWritten, EditionMade
from obshto.modules.opendata.models import Edition
from obshto.modules.opendata.services.catalogue import (
    OWN,
    declared_here,
    editions_of,
    latest_edition,
    object_id,
    unfinished_edition,
)
from obshto.platform.datasets.declarations import Cell, Column, Dataset
from obshto.platform.datasets.periods import covered
from obshto.platform.datasets.rows import stream
from obshto.platform.datasets.writers import (
    Locate,
    geojson_writer,
    read_json_lines,
    write_csv,
    write_json,
    write_xlsx,
)
from obshto.platform.db.base import new_id
from obshto.platform.storage.kinds import CSV, GEOJSON, JSON, PIECE, XLSX, Kind
from obshto.platform.storage.services import file_of, forget_files, keep_made, pieces_of
from obshto.platform.unit_of_work import UnitOfWork

MAKE, REFRESH = "opendata:make-edition", "opendata:refresh"
WRITE = "opendata:write-file"
SHOW = "opendata:show-in-region"  # the region's catalogue follows; one that waits is enough
FORMATS: Mapping[str, Kind] = {kind.suffix: kind for kind in (CSV, XLSX, JSON, GEOJSON)}
KEPT = 24  # editions whose JSON is kept
MOST_COMPARED = 100_000  # rows; of more nobody counts what changed
LARGE = 100_000  # rows; of more each format is written by a job of its own
LONGEST_CHART = 24
Row = Mapping[str, Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What an edition is made by: names and types of columns, the key of a row, point, chart: what
    has a bar and which number is added up, empty where rows are counted.

    `locate` finds the point of a row where no two columns are it, `timed_by` names the columns of
    the time that the rows tell of.
    """

    part: str
    slug: str
    columns: Sequence[Mapping[str, Any]]
    key: tuple[str, ...] = ()
    point: tuple[str, str] | None = None
    chart: tuple[str, str] | None = None
    is_by_period: bool = True
    locate: Locate | None = None
    timed_by: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column["name"] for column in self.columns)


def refresh_all(uow: UnitOfWork) -> None:
    """Job: each declared data set is looked at in a job of its own; one that waits is enough."""
    for part, slug in declared_here():
        key = f"{MAKE}:{part}:{slug}"
        uow.defer(MAKE, once=key, in_turn=key, part=part, dataset=slug)


def make_edition(uow: UnitOfWork, *, part: str, dataset: str) -> None:
    """Job: the data set as it is now, where it differs from the latest edition."""
    declared = declared_here().get((part, dataset))
    if declared is None:
        return  # its module was switched off since
    shape = _declared_shape(part, declared)
    with TemporaryFile() as file:
        rows = write_json(file, declared.names, stream(uow, declared))
        put_edition(uow, shape, file, rows)


def write_file(uow: UnitOfWork, *, edition_id: str) -> None:
    """Job: the next format of a large edition; with the last one it is the latest. Asks for itself
    until then."""
    edition = uow.session.get(Edition, UUID(edition_id), with_for_update=True)
    if edition is None or not edition.awaited:
        return
    declared = declared_here().get((edition.part, edition.dataset))
    if declared is None:
        _drop(uow, edition)  # its module was switched off since
        return
    shape = replace(_declared_shape(edition.part, declared), columns=edition.columns)
    with TemporaryFile() as file:
        for piece in pieces_of(uow, file_of(uow, UUID(edition.files[JSON.suffix]))):
            file.write(piece)
        _keep(uow, edition, shape, file, edition.awaited[0])
    edition.awaited = edition.awaited[1:]
    uow.session.flush()
    if edition.awaited:
        uow.emit(_told(EditionFileWritten, shape))
        uow.defer(WRITE, edition_id=edition.id)
    else:
        _put_forward(uow, edition, shape)


def _declared_shape(part: str, declared: Dataset) -> Shape:
    return Shape(
        part=part,
        slug=declared.slug,
        columns=[shape_of(column) for column in declared.columns],
        key=declared.key,
        point=declared.point,
        chart=declared.drawn,
        is_by_period=declared.chart is not None,
        timed_by=declared.period,
    )


def shape_of(column: Column) -> dict[str, Any]:
    """A column as an edition remembers it."""
    return {"name": column.name, "type": column.type.value}


def put_edition(uow: UnitOfWork, shape: Shape, file: BinaryIO, rows: int) -> Edition:
    """The content as the next edition; what is so already makes none.

    Of a large one jobs write the other formats, and it is not the latest yet.
    """
    digest = _digest(file)
    latest = latest_edition(uow, shape.part, shape.slug, to_change=True)
    begun = unfinished_edition(uow, shape.part, shape.slug)
    if begun and not _is_so(begun, shape, digest):
        _drop(uow, begun)
        begun = None
    if latest and _is_so(latest, shape, digest):
        latest.checked_at = uow.now
        latest.chart = latest.chart or _chart(shape, file)  # one from before there were charts
        latest.period = latest.period or _period(shape, file)
        return latest
    if begun:
        return begun
    edition = Edition(
        id=new_id(),
        part=shape.part,
        dataset=shape.slug,
        number=latest.number + 1 if latest else 1,
        sha256=digest,
        columns=list(shape.columns),
        rows=rows,
        chart=_chart(shape, file),
        period=_period(shape, file),
        files={},
        sizes={},
        is_latest=False,
        made_at=uow.now,
        checked_at=uow.now,
        **_difference(uow, shape, latest, file, rows),
    )
    _write(uow, edition, shape, file)
    return edition


def _is_so(edition: Edition, shape: Shape, digest: bytes) -> bool:
    """It says the same already."""
    return edition.sha256 == digest and edition.columns == list(shape.columns)


def _write(uow: UnitOfWork, edition: Edition, shape: Shape, file: BinaryIO) -> None:
    first, *others = _formats_of(shape)
    is_large = edition.rows > LARGE
    edition.awaited = others if is_large else []
    for suffix in (first,) if is_large else (first, *others):
        _keep(uow, edition, shape, file, suffix)
    uow.session.add(edition)
    uow.session.flush()
    if is_large:
        uow.emit(_told(EditionFileWritten, shape))
        uow.defer(WRITE, edition_id=edition.id)
    else:
        _put_forward(uow, edition, shape)


def _put_forward(uow: UnitOfWork, edition: Edition, shape: Shape) -> None:
    """It stands at the address of the set from now on."""
    latest = latest_edition(uow, shape.part, shape.slug, to_change=True)
    if latest:
        latest.is_latest = False
        _forget_formats(uow, latest)
    edition.is_latest = True
    uow.session.flush()
    _forget_old(uow, shape)
    uow.emit(_told(EditionMade, shape))
    uow.defer(SHOW, once=SHOW)


def _told(fact: type[EditionMade] | type[EditionFileWritten], shape: Shape) -> DatasetFact:
    subject = object_id(shape.part, shape.slug)
    return fact(subject_id=subject, part=shape.part, dataset=shape.slug)


def _drop(uow: UnitOfWork, edition: Edition) -> None:
    """One that was never the latest leaves nothing."""
    ids = [UUID(one) for one in edition.files.values()]
    uow.session.delete(edition)
    uow.session.flush()
    forget_files(uow, ids)


def rows_of_edition(uow: UnitOfWork, edition: Edition) -> Iterator[Row]:
    """Its rows out of the kept file."""
    lines = (line for _, line in lines_of(uow, UUID(edition.files[JSON.suffix])))
    return read_json_lines(lines)


def lines_of(uow: UnitOfWork, file_id: UUID, *, start: int = 0) -> Iterator[tuple[int, bytes]]:
    """Lines of a kept file from a byte on, each with the byte after it. A piece is in memory."""
    file = file_of(uow, file_id)
    at, rest = start, b""
    skip = start % PIECE
    for piece in pieces_of(uow, file, first=start // PIECE):
        rest, skip = rest + piece[skip:], 0
        *whole, rest = rest.split(b"\n")
        for line in whole:
            at += len(line) + 1
            yield at, line


def _digest(file: BinaryIO) -> bytes:
    digest = sha256()
    file.seek(0)
    while piece := file.read(PIECE):
        digest.update(piece)
    return digest.digest()


def _rows(file: BinaryIO) -> Iterator[Row]:
    file.seek(0)
    return read_json_lines(file)


def _formats_of(shape: Shape) -> list[str]:
    """Suffixes of its files, the rows as JSON first: the others are made of them."""
    with_places = [GEOJSON] if shape.point or shape.locate else []
    return [kind.suffix for kind in (JSON, CSV, XLSX, *with_places)]


def _keep(uow: UnitOfWork, edition: Edition, shape: Shape, file: BinaryIO, suffix: str) -> None:
    """One more file of the edition, out of its rows as JSON."""
    kind = FORMATS[suffix]
    part = "" if shape.part == OWN else f"{shape.part}-"
    name = f"{part}{shape.slug}-{edition.number}"
    if kind == JSON:
        kept = keep_made(uow, file, kind, name=name)
    else:
        with TemporaryFile() as made:
            write = _writer_of(kind, shape)
            write(made, shape.names, (tuple(row.values()) for row in _rows(file)))
            kept = keep_made(uow, made, kind, name=name)
    edition.files = {**edition.files, suffix: str(kept.id)}
    edition.sizes = {**edition.sizes, suffix: kept.size}


def _writer_of(kind: Kind, shape: Shape) -> Any:
    if kind == GEOJSON:
        return geojson_writer(shape.point, shape.locate)
    return write_csv if kind == CSV else write_xlsx


def _forget_formats(uow: UnitOfWork, edition: Edition) -> None:
    gone = [UUID(one) for suffix, one in edition.files.items() if suffix != JSON.suffix]
    edition.files = {JSON.suffix: edition.files[JSON.suffix]}
    uow.session.flush()
    forget_files(uow, gone)


def _forget_old(uow: UnitOfWork, shape: Shape) -> None:
    old = editions_of(shape.part, shape.slug).offset(KEPT)
    for edition in uow.session.scalars(old.where(Edition.files != {})):
        forget_files(uow, [UUID(one) for one in edition.files.values()])
        edition.files = {}


def _difference(
    uow: UnitOfWork, shape: Shape, latest: Edition | None, file: BinaryIO, rows: int
) -> dict[str, int | None]:
    """How many rows came, went and differ, told by the key."""
    none: dict[str, int | None] = dict.fromkeys(("added", "removed", "changed"))
    if latest is None or JSON.suffix not in latest.files or max(rows, latest.rows) > MOST_COMPARED:
        return none
    before = _hashes(rows_of_edition(uow, latest), shape.key)
    after = _hashes(_rows(file), shape.key)
    both = before.keys() & after.keys()
    return {
        "added": len(after) - len(both),
        "removed": len(before) - len(both),
        "changed": sum(before[key] != after[key] for key in both),
    }


def _hashes(rows: Iterable[Row], key: tuple[str, ...]) -> dict[bytes, bytes]:
    """Of each row by its key; without one by the row itself."""
    return {_hash([row.get(name) for name in key] if key else row): _hash(row) for row in rows}


def _hash(told: Any) -> bytes:
    return blake2b(json.dumps(told, sort_keys=True).encode(), digest_size=10).digest()


def _period(shape: Shape, file: BinaryIO) -> list[str]:
    """First and last day that the rows tell of; nothing where they say how things stand."""
    found = covered(_rows(file), shape.timed_by)
    return [day.isoformat() for day in found] if found else []


def _chart(shape: Shape, file: BinaryIO) -> list[list[Any]]:
    """The sum of each period, the last ones, or of each group, the largest; what is hidden is in
    no sum."""
    if shape.chart is None:
        return []
    name, number = shape.chart
    sums: dict[Any, float] = defaultdict(float)
    for row in _rows(file):
        value = row.get(number) if number else 1
        if isinstance(value, int | float) and row.get(name) not in (None, ""):
            sums[row[name]] += value
    if shape.is_by_period:
        return [[key, sums[key]] for key in sorted(sums, key=str)[-LONGEST_CHART:]]
    largest = sorted(sums.items(), key=lambda pair: (-pair[1], str(pair[0])))
    return [list(pair) for pair in largest[:LONGEST_CHART]]


def edition_numbered(uow: UnitOfWork, part: str, slug: str, number: int) -> Edition | None:
    """One edition by its number, once all of it is written."""
    return uow.session.scalar(editions_of(part, slug).where(Edition.number == number))
