"""Data sets brought by hand: a file waits as a draft, is looked at, then published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from obshto.modules.opendata.errors import (
    NoSuchDataset,
    NothingToPublish,
    PeopleInside,
    StaleSet,
)
from obshto.modules.opendata.events import SetDrafted, SetPublished, SetWithdrawn
from obshto.modules.opendata.models import UploadedSet
from obshto.modules.opendata.services.catalogue import OWN, POINT, column_of
from obshto.modules.opendata.services.editions import SHOW, Shape, put_edition
from obshto.modules.opendata.services.set_map import RowPlaces
from obshto.modules.opendata.services.upload_reader import BLOCKING, ReadTable
from obshto.platform.datasets.declarations import ColumnType
from obshto.platform.datasets.writers import write_json
from obshto.platform.db.base import new_id
from obshto.platform.entity import create_once, expect_version, of_request
from obshto.platform.storage.kinds import JSON
from obshto.platform.storage.services import file_of, forget_files, keep_made, pieces_of
from obshto.platform.unit_of_work import UnitOfWork

PERIODS = ("година", "месец", "тримесечие", "период")


@dataclass(frozen=True, slots=True, kw_only=True)
class SetWords:
    """What an official says of a data set."""

    title: str
    about: str
    source: str
    theme: str
    licence: str


def all_sets() -> Select[UploadedSet]:
    """Those of the console, last changed first."""
    return select(UploadedSet).order_by(UploadedSet.changed_at.desc(), UploadedSet.id)


def set_of(uow: UnitOfWork, set_id: UUID, *, to_change: bool = False) -> UploadedSet:
    """For staff. Raises NoSuchDataset."""
    found = uow.session.get(UploadedSet, set_id, with_for_update=to_change or None)
    if found is None:
        raise NoSuchDataset
    return found


def write_set(
    uow: UnitOfWork, words: SetWords, table: ReadTable, *, request_id: UUID
) -> UploadedSet:
    """A new set with the file as its draft; the same form again finds the first."""
    if first := of_request(uow, UploadedSet, request_id):
        return first
    row = UploadedSet(
        id=new_id(),
        request_id=request_id,
        columns=[],
        draft_columns=[],
        draft_rows=0,
        problems=[],
    )
    _say(uow, row, words)
    _put_draft(uow, row, table)
    if (first := create_once(uow, row)) is not row:
        return first
    uow.emit(SetDrafted(subject_id=row.id))
    return row


def edit_set(
    uow: UnitOfWork,
    row: UploadedSet,
    words: SetWords,
    table: ReadTable | None,
    *,
    expected_version: int,
) -> None:
    """Other words; with a table, its draft too. Raises StaleSet."""
    expect_version(row, expected_version, StaleSet)
    _say(uow, row, words)
    if table:
        _put_draft(uow, row, table)
        uow.emit(SetDrafted(subject_id=row.id))
    if row.published_at and not row.withdrawn_at:
        _tell(uow, row, SetPublished)


def publish_set(uow: UnitOfWork, row: UploadedSet, *, expected_version: int) -> None:
    """The draft becomes the next edition. Raises StaleSet, NothingToPublish, PeopleInside."""
    if row.draft_file is None and row.published_at and not row.withdrawn_at:
        return  # the same form, sent twice
    expect_version(row, expected_version, StaleSet)
    if row.draft_file is None:
        raise NothingToPublish
    if any(problem["code"] in BLOCKING for problem in row.problems):
        raise PeopleInside
    names = {column["name"] for column in row.draft_columns}
    places = RowPlaces(uow, [column_of(told) for told in row.draft_columns])
    shape = Shape(
        part=OWN,
        slug=str(row.id),
        columns=[{"name": one["name"], "type": one["type"]} for one in row.draft_columns],
        point=POINT if set(POINT) <= names else None,
        chart=_chart_of(row.draft_columns),
        locate=places.of if places else None,
        timed_by=_times_in(row.draft_columns),
    )
    with TemporaryFile() as file:
        for piece in pieces_of(uow, file_of(uow, row.draft_file)):
            file.write(piece)
        put_edition(uow, shape, file, row.draft_rows)
    gone, row.draft_file = row.draft_file, None
    row.columns, row.draft_columns, row.problems = row.draft_columns, [], []
    row.published_at, row.withdrawn_at = row.published_at or uow.now, None
    _sign(uow, row)
    uow.session.flush()
    forget_files(uow, [gone])
    _tell(uow, row, SetPublished)


def withdraw_set(uow: UnitOfWork, row: UploadedSet, *, expected_version: int) -> None:
    """Nobody sees it any more; its editions stay for staff. Raises StaleSet."""
    if row.withdrawn_at or not row.published_at:
        return
    expect_version(row, expected_version, StaleSet)
    row.withdrawn_at = uow.now
    _sign(uow, row)
    _tell(uow, row, SetWithdrawn)


def _times_in(columns: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Columns of days, and those that an official called a year or a month."""
    days = (ColumnType.DATE, ColumnType.DATETIME)
    told = (one for one in columns if one["type"] in days or one["title"].casefold() in PERIODS)
    return tuple(one["name"] for one in told)


def _chart_of(columns: Sequence[Mapping[str, Any]]) -> tuple[str, str] | None:
    """A period and the one amount of the table; nothing where there are two."""
    periods = [one["name"] for one in columns if one["title"].casefold() in PERIODS]
    amounts = [one["name"] for one in columns if one["type"] == ColumnType.NUMBER]
    amounts = [name for name in amounts if name not in POINT]
    return (periods[0], amounts[0]) if periods and len(amounts) == 1 else None


def _put_draft(uow: UnitOfWork, row: UploadedSet, table: ReadTable) -> None:
    former = row.draft_file
    with TemporaryFile() as file:
        row.draft_rows = write_json(file, table.names, table.rows)
        row.draft_file = keep_made(uow, file, JSON, name=f"draft-{row.id}").id
    row.draft_columns = [dict(column) for column in table.columns]
    row.problems = [problem.as_json() for problem in table.problems]
    if former:
        forget_files(uow, [former])


def _say(uow: UnitOfWork, row: UploadedSet, words: SetWords) -> None:
    row.title, row.about, row.source = words.title, words.about, words.source
    row.theme, row.licence = words.theme, words.licence
    _sign(uow, row)


def _sign(uow: UnitOfWork, row: UploadedSet) -> None:
    row.changed_at, row.changed_by = uow.now, uow.principal.name
    row.changed_by_id = uow.principal.person_id


def _tell(uow: UnitOfWork, row: UploadedSet, fact: type[SetPublished] | type[SetWithdrawn]) -> None:
    uow.emit(fact(subject_id=row.id, part=OWN, dataset=str(row.id)))
    uow.defer(SHOW, once=SHOW)
