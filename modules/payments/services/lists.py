"""Lists for the tax program and for printing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Select, func, select

from obshto.modules.payments.errors import TooManyLines
from obshto.modules.payments.models import (
    Bundle,
    BundleState,
    Import,
    Obligation,
    Payer,
    Piece,
    Trace,
)
from obshto.modules.payments.services.access_log import (
    CHANGES,
    NOTICES,
    PAID,
    REVIEW,
    look_at_payers,
)
from obshto.modules.payments.services.import_review import STEP, Preview, changes_of
from obshto.modules.payments.services.row_checks import Wanted
from obshto.platform.amounts import typed_as
from obshto.platform.codes import written_code
from obshto.platform.unit_of_work import UnitOfWork

MOST_LINES = 10_000  # of one file; who needs more chooses days


def paid_rows(uow: UnitOfWork, days: tuple[date, date]) -> Iterator[Sequence[str]]:
    """What was paid from the first to the last of two days, sums as 12,50. Raises TooManyLines."""
    wanted = (
        select(Piece, Bundle, Obligation, Payer)
        .join(Bundle, Bundle.id == Piece.bundle_id)
        .join(Obligation, Obligation.id == Piece.obligation_id)
        .join(Payer, Payer.id == Obligation.payer_id)
        .where(Bundle.state == BundleState.PAID, Bundle.paid_on.between(*days))
        .order_by(Bundle.paid_on, Bundle.id, Obligation.id)
    )
    found = uow.session.execute(wanted.limit(MOST_LINES + 1)).all()
    if len(found) > MOST_LINES:
        raise TooManyLines(n=MOST_LINES)
    look_at_payers(uow, (payer for *_line, payer in found), PAID)
    return (_paid(*row) for row in found)


def payers_of_import(one: Import) -> Select[Payer]:
    """Who has something new by a file, in the order in which they came."""
    touched = (
        select(Obligation.payer_id)
        .join(Trace, Trace.obligation_id == Obligation.id)
        .where(Trace.import_id == one.id)
    )
    return select(Payer).where(Payer.id.in_(touched)).order_by(Payer.id)


def code_rows(uow: UnitOfWork, one: Import) -> Iterator[Sequence[str]]:
    """Number, name, code, what is owed: for notices that another program prints.

    2,500 payers are in memory at a time.
    """
    left = Obligation.cents - Obligation.paid_cents - Obligation.forgiven_cents
    owed = (
        select(Obligation.payer_id, func.sum(left).label("cents"))
        .where(left > 0)
        .group_by(Obligation.payer_id)
        .subquery()
    )
    wanted = payers_of_import(one).add_columns(owed.c.cents)
    wanted = wanted.outerjoin(owed, owed.c.payer_id == Payer.id)
    for step in uow.session.execute(wanted, execution_options={"yield_per": STEP}).partitions():
        look_at_payers(uow, (payer for payer, _cents in step), NOTICES)
        for payer, cents in step:
            yield payer.number, payer.name, written_code(payer.code), typed_as(int(cents or 0))


def look_at_changes(uow: UnitOfWork, told: Preview) -> None:
    """Record that somebody reads on a page what a file would change, and of whom."""
    _look(uow, {change.payer_id for change in told.changes}, REVIEW)


def change_rows(uow: UnitOfWork, one: Import) -> Iterator[Sequence[str]]:
    """What a file would change, all of it: who, what, both sums and both days, line by line.

    2,500 rows are in memory at a time, their payers looked at before they are given.
    """
    for step in changes_of(uow, one):
        _look(uow, {obligation.payer_id for _wanted, obligation in step}, CHANGES)
        yield from (_change(*pair) for pair in step)


def _look(uow: UnitOfWork, ids: Collection[UUID], purpose: str) -> None:
    if ids:
        found = select(Payer).where(Payer.id.in_(ids)).order_by(Payer.id)
        look_at_payers(uow, uow.session.scalars(found).all(), purpose)


def _change(wanted: Wanted, found: Obligation) -> Sequence[str]:
    return (
        str(wanted.line),
        wanted.number,
        wanted.name,
        wanted.kind,
        wanted.thing,
        str(wanted.year),
        str(wanted.instalment or ""),
        typed_as(found.cents),
        typed_as(wanted.cents),
        found.due_on.strftime("%d.%m.%Y"),
        wanted.due_on.strftime("%d.%m.%Y"),
    )


def _paid(piece: Piece, bundle: Bundle, one: Obligation, payer: Payer) -> Sequence[str]:
    is_late = bundle.holds_until and bundle.paid_on and bundle.paid_on > bundle.holds_until
    return (
        payer.number,
        one.kind,
        one.thing,
        str(one.year),
        str(one.instalment or ""),
        typed_as(piece.cents),
        typed_as(piece.interest_cents),
        typed_as(0 if is_late else piece.discount_cents),
        bundle.paid_on.strftime("%d.%m.%Y") if bundle.paid_on else "",
    )
