"""Editions of a data set: made by a job when its content differs, kept as files in storage."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b, sha256
from tempfile import TemporaryFile
from typing import Any, BinaryIO
from uuid import UUID

from sqlalchemy import select

from obshto.modules.opendata.events import EditionMade
from obshto.modules.opendata.models import Edition
from obshto.modules.opendata.services.catalogue import (
    OWN,
    declared_here,
    editions_of,
    latest_edition,
    object_id,
)
from obshto.platform.datasets.declarations import Cell, Column
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
SHOW = "opendata:show-in-region"  # the region's catalogue follows; one that waits is enough
FORMATS: Mapping[str, Kind] = {kind.suffix: kind for kind in (CSV, XLSX, JSON, GEOJSON)}
KEPT = 24  # editions whose JSON is kept
MOST_COMPARED = 100_000  # rows; of more nobody counts what changed
LONGEST_CHART = 24
Row = Mapping[str, Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What an edition is made by: names and types of columns, the key of a row, point, chart: what
    has a bar and which number is added up, empty where rows are counted.

    `locate` finds the point of a row where no two columns are it.
    """

    part: str
    slug: str
    columns: Sequence[Mapping[str, Any]]
    key: tuple[str, ...] = ()
    point: tuple[str, str] | None = None
    chart: tuple[str, str] | None = None
    is_by_period: bool = True
    locate: Locate | None = None

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
    shape = Shape(
        part=part,
        slug=dataset,
        columns=[shape_of(column) for column in declared.columns],
        key=declared.key,
        point=declared.point,
        chart=declared.drawn,
        is_by_period=declared.chart is not None,
    )
    with TemporaryFile() as file:
        rows = write_json(file, declared.names, stream(uow, declared))
        put_edition(uow, shape, file, rows)


def shape_of(column: Column) -> dict[str, Any]:
    """A column as an edition remembers it."""
    return {"name": column.name, "type": column.type.value}


def put_edition(uow: UnitOfWork, shape: Shape, file: BinaryIO, rows: int) -> Edition:
    """The content as the next edition; what is so already makes none."""
    digest = _digest(file)
    latest = latest_edition(uow, shape.part, shape.slug, to_change=True)
    if latest and latest.sha256 == digest and latest.columns == list(shape.columns):
        latest.checked_at = uow.now
        latest.chart = latest.chart or _chart(shape, file)  # one from before there were charts
        return latest
    edition = Edition(
        id=new_id(),
        part=shape.part,
        dataset=shape.slug,
        number=latest.number + 1 if latest else 1,
        sha256=digest,
        columns=list(shape.columns),
        rows=rows,
        chart=_chart(shape, file),
        is_latest=True,
        made_at=uow.now,
        checked_at=uow.now,
        **_difference(uow, shape, latest, file, rows),
    )
    if latest:
        latest.is_latest = False
        _forget_formats(uow, latest)
    edition.files, edition.sizes = _keep_formats(uow, shape, file, edition.number)
    uow.session.add(edition)
    uow.session.flush()
    _forget_old(uow, shape)
    subject = object_id(shape.part, shape.slug)
    uow.emit(EditionMade(subject_id=subject, part=shape.part, dataset=shape.slug))
    uow.defer(SHOW, once=SHOW)
    return edition


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


def _keep_formats(
    uow: UnitOfWork, shape: Shape, file: BinaryIO, number: int
) -> tuple[dict[str, str], dict[str, int]]:
    """Ids and sizes of its files by format."""
    name = shape.slug if shape.part == OWN else f"{shape.part}-{shape.slug}"
    kept = {JSON.suffix: keep_made(uow, file, JSON, name=f"{name}-{number}")}
    writers: list[tuple[Kind, Any]] = [(CSV, write_csv), (XLSX, write_xlsx)]
    if shape.point or shape.locate:
        writers.append((GEOJSON, geojson_writer(shape.point, shape.locate)))
    for kind, write in writers:
        with TemporaryFile() as made:
            write(made, shape.names, (tuple(row.values()) for row in _rows(file)))
            kept[kind.suffix] = keep_made(uow, made, kind, name=f"{name}-{number}")
    ids = {suffix: str(one.id) for suffix, one in kept.items()}
    return ids, {suffix: one.size for suffix, one in kept.items()}


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
    """One edition by its number."""
    wanted = select(Edition).where(Edition.part == part, Edition.dataset == slug)
    return uow.session.scalar(wanted.where(Edition.number == number))
