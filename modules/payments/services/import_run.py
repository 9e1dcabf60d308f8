"""Bring in what the tax program says is owed: look first, then all of it or nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import BinaryIO
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError

from obshto.modules.payments.errors import (
    NoSuchImport,
    NotUnderstood,
    StaleVersion,
)
from obshto.modules.payments.events import (
    FileDropped,
    FileRead,
    ImportBegun,
    ObligationsImported,
)
from obshto.modules.payments.models import Import, ImportState
from obshto.modules.payments.services.bundles import let_go
from obshto.modules.payments.services.import_review import (
    AT_ONCE,
    LOOK,
    checked_of,
    review_of,
    wanted_of,
)
from obshto.modules.payments.services.import_rows import (
    begin_alone,
    known_of,
    payers_of,
    put,
    take_turn,
)
from obshto.modules.payments.services.row_checks import Wanted
from obshto.modules.payments.services.table_reader import read_rows
from obshto.platform.entity import of_request
from obshto.platform.unit_of_work import UnitOfWork

BRING = "payments:bring-in"


def imports() -> Select[Import]:
    """Newest first."""
    return select(Import).order_by(Import.id.desc())


def import_of(uow: UnitOfWork, import_id: UUID, *, to_change: bool = False) -> Import:
    """Raises NoSuchImport."""
    wanted = select(Import).where(Import.id == import_id)
    found = uow.session.scalar(wanted.with_for_update() if to_change else wanted)
    if found is None:
        raise NoSuchImport
    return found


def read_file(uow: UnitOfWork, file: BinaryIO, *, name: str, request_id: UUID) -> Import:
    """Keep its rows to be looked at; nothing else changes. The same `request_id` reads it once.

    Raises Unreadable, EmptyFile, NoColumns, TooManyRows, TooManyInSheet, TooLarge.
    """
    if found := of_request(uow, Import, request_id):
        return found
    rows = read_rows(file, name)
    one = Import(
        request_id=request_id,
        name=name[-100:],
        body=json.dumps([[r.line, r.cells, sorted(r.quantities)] for r in rows]),
        rows=len(rows),
        read_at=uow.now,
        read_by=uow.principal.name,
        read_by_id=uow.principal.person_id,
    )
    try:
        with uow.session.begin_nested():
            uow.session.add(one)
            uow.session.flush()
    except IntegrityError:  # a second click in the same instant
        return of_request(uow, Import, request_id) or one
    if one.rows > AT_ONCE:
        uow.defer(LOOK, import_id=one.id)
    uow.emit(FileRead(subject_id=one.id, rows=one.rows))
    return one


def apply_import(uow: UnitOfWork, one: Import, *, expected_version: int) -> None:
    """All of it; of a large file a job brings in one part after another.

    Raises NotUnderstood, StaleVersion, AnotherFileAtWork.
    """
    if one.state in (ImportState.APPLYING, ImportState.DONE):
        return
    if one.state != ImportState.READ or one.version != expected_version:
        raise StaleVersion
    begin_alone(uow)
    if one.rows > AT_ONCE:
        _begin(uow, one)
        return
    checked = checked_of(uow, one)
    if checked.problems:
        raise NotUnderstood
    _put_all(uow, one, checked.wanted)
    _finish(uow, one)


def bring_in(uow: UnitOfWork, *, import_id: str) -> None:
    """Job: the next rows of a large file. Asks for itself until all are in."""
    one = uow.session.get(Import, UUID(import_id), with_for_update=True)
    if one is None or one.state != ImportState.APPLYING:
        return
    take_turn(uow)
    step = wanted_of(one)
    _put_all(uow, one, step)
    one.done += len(step)
    if one.done < one.rows:
        uow.defer(BRING, import_id=one.id)
    else:
        _finish(uow, one)


def _begin(uow: UnitOfWork, one: Import) -> None:
    told = review_of(uow, one)
    if told is None or told.faults:
        raise NotUnderstood
    one.state = ImportState.APPLYING
    uow.defer(BRING, import_id=one.id)
    uow.emit(ImportBegun(subject_id=one.id, rows=one.rows))


def _put_all(uow: UnitOfWork, one: Import, wanted: Sequence[Wanted]) -> None:
    payers, known = payers_of(uow, wanted), known_of(uow, wanted)
    traces = [put(uow, one, payers[w.number], w, known.get(w.key)) for w in wanted]
    uow.session.flush()
    uow.session.add_all(trace for trace in traces if trace)
    let_go(uow, [trace.obligation_id for trace in traces if trace and trace.was_cents is not None])


def _finish(uow: UnitOfWork, one: Import) -> None:
    one.state, one.done_at, one.done = ImportState.DONE, uow.now, one.rows
    one.body = one.told = None
    uow.emit(ObligationsImported(subject_id=one.id, rows=one.rows))


def drop_file(uow: UnitOfWork, one: Import, *, expected_version: int) -> None:
    """It will not be brought in; its rows are forgotten. Raises StaleVersion."""
    if one.state == ImportState.DROPPED:
        return
    if one.state != ImportState.READ or one.version != expected_version:
        raise StaleVersion
    one.state, one.body, one.told = ImportState.DROPPED, None, None
    uow.emit(FileDropped(subject_id=one.id, rows=one.rows))
