"""Bring in what the tax program says is owed: look first, then all of it or nothing."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
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
    ObligationsImported,
)
from obshto.modules.payments.models import Import, ImportState
from obshto.modules.payments.services.bundles import let_go
from obshto.modules.payments.services.import_rows import is_so, known_of, payers_of, put, take_turn
from obshto.modules.payments.services.row_checks import Checked, Wanted, check_rows, is_year
from obshto.modules.payments.services.table_reader import Row, read_rows
from obshto.modules.payments.services.terms import calendar
from obshto.platform.clock import day_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.ports import cashier


@dataclass(frozen=True, slots=True, kw_only=True)
class KindSum:
    """How many rows of one kind there are, and their sum in cents."""

    title: str
    rows: int
    cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What would happen. `lowered` counts sums that are less than what has been paid already."""

    checked: Checked
    added: int = 0
    changed: int = 0
    same: int = 0
    lowered: int = 0
    sums: list[KindSum] = field(default_factory=list)


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

    Raises Unreadable, EmptyFile, NoColumns, TooManyRows, TooLarge.
    """
    if found := _with_request(uow, request_id):
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
        return _with_request(uow, request_id) or one
    uow.emit(FileRead(subject_id=one.id, rows=one.rows))
    return one


def preview(uow: UnitOfWork, one: Import) -> Preview:
    """What the file would change now, or all that must be mended in it. Few queries, any length."""
    checked = _checked(uow, one)
    if checked.problems:
        return Preview(checked=checked)
    known = known_of(uow, checked.wanted)
    pairs = [(wanted, known.get(wanted.key)) for wanted in checked.wanted]
    added = sum(found is None for _, found in pairs)
    changed = [(w, found) for w, found in pairs if found and not is_so(found, w)]
    return Preview(
        checked=checked,
        added=added,
        changed=len(changed),
        same=len(pairs) - added - len(changed),
        lowered=sum(w.cents < found.paid_cents + found.forgiven_cents for w, found in changed),
        sums=_sums(checked.wanted, cashier().kinds(uow)),
    )


def apply_import(uow: UnitOfWork, one: Import, *, expected_version: int) -> None:
    """All of it. Raises NotUnderstood, StaleVersion."""
    if one.state == ImportState.DONE:
        return
    if one.state != ImportState.READ or one.version != expected_version:
        raise StaleVersion
    take_turn(uow)
    checked = _checked(uow, one)
    if checked.problems:
        raise NotUnderstood
    payers = payers_of(uow, checked.wanted)
    known = known_of(uow, checked.wanted)
    traces = [put(uow, one, payers[w.number], w, known.get(w.key)) for w in checked.wanted]
    uow.session.flush()
    uow.session.add_all(trace for trace in traces if trace)
    let_go(uow, [trace.obligation_id for trace in traces if trace and trace.was_cents is not None])
    one.state, one.done_at, one.body = ImportState.DONE, uow.now, None
    uow.emit(ObligationsImported(subject_id=one.id, rows=one.rows))


def drop_file(uow: UnitOfWork, one: Import, *, expected_version: int) -> None:
    """It will not be brought in; its rows are forgotten. Raises StaleVersion."""
    if one.state == ImportState.DROPPED:
        return
    if one.state != ImportState.READ or one.version != expected_version:
        raise StaleVersion
    one.state, one.body = ImportState.DROPPED, None
    uow.emit(FileDropped(subject_id=one.id, rows=one.rows))


def _with_request(uow: UnitOfWork, request_id: UUID) -> Import | None:
    return uow.session.scalar(select(Import).where(Import.request_id == request_id))


def _checked(uow: UnitOfWork, one: Import) -> Checked:
    rows = [
        Row(line=line, cells=cells, quantities=frozenset(quantities))
        for line, cells, quantities in json.loads(one.body or "[]")
    ]
    typed = {row.cells["year"] for row in rows}
    return check_rows(
        rows,
        kinds=cashier().kinds(uow),
        calendar=calendar(uow, {int(year) for year in typed if is_year(year)}),
        today=day_of(uow.now),
    )


def _sums(wanted: Iterable[Wanted], titles: dict[str, str]) -> list[KindSum]:
    rows, cents = Counter[str](), Counter[str]()
    for one in wanted:
        rows[one.kind] += 1
        cents[one.kind] += one.cents
    return [
        KindSum(title=titles[kind], rows=rows[kind], cents=cents[kind]) for kind in sorted(rows)
    ]
