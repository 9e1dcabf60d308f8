"""Preview of a file: counts, sums, and row by row what it changes of what is there."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from io import StringIO
from typing import Any
from uuid import UUID

from obshto.modules.payments.models import Import, ImportState, Obligation
from obshto.modules.payments.services.import_rows import Known, is_so, known_of
from obshto.modules.payments.services.row_checks import (
    Checked,
    Problem,
    Wanted,
    check_rows,
    is_year,
)
from obshto.modules.payments.services.table_reader import Row
from obshto.modules.payments.services.terms import calendar
from obshto.platform.clock import day_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.ports import cashier

LOOK = "payments:look-at-file"
AT_ONCE = 500  # rows that are looked at, brought in, taken back while somebody waits
STEP = 2_500  # rows of one transaction
SHOWN = 200  # complaints and changes of one file; who has more mends these first


@dataclass(frozen=True, slots=True, kw_only=True)
class KindSum:
    """How many rows of one kind there are, and their sum in cents."""

    title: str
    rows: int
    cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An obligation that is there and becomes another; sums in cents."""

    payer_id: UUID
    name: str
    title: str
    thing: str
    year: int
    instalment: int
    was_cents: int
    cents: int
    was_due_on: date
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What would happen. `lowered` counts sums that are less than what has been paid already.

    Of `faults` complaints and of `changed` obligations the first 200 are told one by one.
    """

    faults: int = 0
    problems: list[Problem] = field(default_factory=list)
    added: int = 0
    changed: int = 0
    same: int = 0
    lowered: int = 0
    sums: list[KindSum] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)


def review_of(uow: UnitOfWork, one: Import) -> Preview | None:
    """As things are now; of a large file as its job has found them, None while it looks."""
    if one.rows <= AT_ONCE:
        return preview(uow, checked_of(uow, one))
    return _told(json.loads(one.told)) if one.told else None


def look_at_file(uow: UnitOfWork, *, import_id: str) -> None:
    """Job: of a large file, what it would change, or all that must be mended in it."""
    one = uow.session.get(Import, UUID(import_id), with_for_update=True)
    if one is None or one.state != ImportState.READ or one.told:
        return
    checked = checked_of(uow, one)
    one.told = json.dumps(asdict(preview(uow, checked)), default=str)
    if not checked.problems:
        one.body = "\n".join(_steps(checked.wanted))


def look_again(uow: UnitOfWork, one: Import) -> None:
    """What was wrong with a large file may have been mended elsewhere: a new kind, a new term."""
    told = review_of(uow, one)
    if one.state == ImportState.READ and told and told.faults and one.rows > AT_ONCE:
        one.told = None
        uow.defer(LOOK, import_id=one.id)


def changes_of(uow: UnitOfWork, one: Import) -> Iterator[list[tuple[Wanted, Obligation]]]:
    """Every obligation that a file changes and what it says of it, few queries for 2,500 rows.

    Nothing of a file that has faults, is not looked at yet, or was brought in.
    """
    told = review_of(uow, one) if one.state == ImportState.READ else None
    if told is None or told.faults:
        return
    for step in _wanted_steps(uow, one):
        yield list(_changed(step, known_of(uow, step)))


def _wanted_steps(uow: UnitOfWork, one: Import) -> Iterator[Sequence[Wanted]]:
    """2,500 rows at a time; of a large file the others stay text."""
    if one.rows <= AT_ONCE:
        yield checked_of(uow, one).wanted
        return
    for part in StringIO(one.body or "[]"):
        wanted = _read_wanted(json.loads(part))
        yield from (wanted[at : at + STEP] for at in range(0, len(wanted), STEP))


def wanted_of(one: Import) -> list[Wanted]:
    """The next rows of a large file that is understood; only their part of it is decoded.

    A file of the release before this one is a single part.
    """
    parts = (one.body or "[]").split("\n")
    at = min(one.done // STEP, len(parts) - 1)
    first = one.done - at * STEP
    return _read_wanted(json.loads(parts[at])[first : first + STEP])


def _read_wanted(rows: Iterable[dict[str, Any]]) -> list[Wanted]:
    return [Wanted(**{**row, "due_on": date.fromisoformat(row["due_on"])}) for row in rows]


def _steps(wanted: Sequence[Wanted]) -> Iterator[str]:
    """The rows of each transaction on a line of their own."""
    for at in range(0, len(wanted), STEP):
        step = [asdict(row) for row in wanted[at : at + STEP]]
        yield json.dumps(step, default=date.isoformat)


def checked_of(uow: UnitOfWork, one: Import) -> Checked:
    """Its rows as they were read, against the kinds and terms of today."""
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


def preview(uow: UnitOfWork, checked: Checked) -> Preview:
    """Few queries for every 2,500 rows."""
    if checked.problems:
        return Preview(faults=len(checked.problems), problems=checked.problems[:SHOWN])
    titles, told = cashier().kinds(uow), Counter[str]()
    changes: list[Change] = []
    for at in range(0, len(checked.wanted), STEP):
        step = checked.wanted[at : at + STEP]
        known = known_of(uow, step)
        for wanted, found in _changed(step, known):
            told["lowered"] += wanted.cents < found.paid_cents + found.forgiven_cents
            told["changed"] += 1
            if len(changes) < SHOWN:
                changes.append(_change(wanted, found, titles[wanted.kind]))
        told["added"] += sum(one.key not in known for one in step)
    same = len(checked.wanted) - told["added"] - told["changed"]
    sums = _sums(checked.wanted, titles)
    return Preview(
        added=told["added"],
        changed=told["changed"],
        same=same,
        lowered=told["lowered"],
        sums=sums,
        changes=changes,
    )


def _changed(step: Sequence[Wanted], known: Known) -> Iterable[tuple[Wanted, Obligation]]:
    pairs = ((wanted, known.get(wanted.key)) for wanted in step)
    return ((wanted, found) for wanted, found in pairs if found and not is_so(found, wanted))


def _change(wanted: Wanted, found: Obligation, title: str) -> Change:
    return Change(
        payer_id=found.payer_id,
        name=wanted.name,
        title=title,
        thing=wanted.thing,
        year=wanted.year,
        instalment=wanted.instalment,
        was_cents=found.cents,
        cents=wanted.cents,
        was_due_on=found.due_on,
        due_on=wanted.due_on,
    )


def _sums(wanted: Iterable[Wanted], titles: dict[str, str]) -> list[KindSum]:
    rows, cents = Counter[str](), Counter[str]()
    for one in wanted:
        rows[one.kind] += 1
        cents[one.kind] += one.cents
    return [
        KindSum(title=titles[kind], rows=rows[kind], cents=cents[kind]) for kind in sorted(rows)
    ]


def _told(said: dict[str, Any]) -> Preview:
    """As the job kept it. Of the release before this one it has no payers, and whose change cannot
    be recorded as looked at is not shown."""
    changes = [_told_change(one) for one in said["changes"] if "payer_id" in one]
    lists = {
        "problems": [Problem(**one) for one in said["problems"]],
        "sums": [KindSum(**one) for one in said["sums"]],
        "changes": changes,
    }
    return Preview(**{**said, **lists})


def _told_change(one: dict[str, Any]) -> Change:
    days = {day: date.fromisoformat(one[day]) for day in ("was_due_on", "due_on")}
    return Change(**{**one, **days, "payer_id": UUID(one["payer_id"])})
