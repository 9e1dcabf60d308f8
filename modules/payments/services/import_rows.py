"""Payers and obligations as a file says they are."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import exists, select, text

from obshto.modules.payments.errors import AnotherFileAtWork
from obshto.modules.payments.models import Import, ImportState, Obligation, Payer, Trace
from obshto.modules.payments.services.numbers import index_of
from obshto.modules.payments.services.row_checks import Wanted
from obshto.platform.codes import new_code
from obshto.platform.db.base import new_id
from obshto.platform.unit_of_work import UnitOfWork

# Two files at once may bring the same person: one comes after the other.
TURN = text("SELECT pg_advisory_xact_lock(hashtext('payments import'), hashtext(:schema))")
Known = dict[tuple[str, str, str, int, int], Obligation]


def take_turn(uow: UnitOfWork) -> None:
    """To the end of the transaction."""
    uow.session.execute(TURN, {"schema": uow.scope.schema})


def begin_alone(uow: UnitOfWork) -> None:
    """Take the turn where no job is at work on another file: what a file was before, and which of
    two came later, is known of whole files alone. Raises AnotherFileAtWork."""
    take_turn(uow)
    at_work = Import.state.in_((ImportState.APPLYING, ImportState.UNDOING))
    if uow.session.scalar(select(exists().where(at_work))):
        raise AnotherFileAtWork


def known_of(uow: UnitOfWork, wanted: Sequence[Wanted]) -> Known:
    """What is there already, by the key of the row that speaks of it."""
    numbers = {index_of(number): number for number in {w.number for w in wanted}}
    rows = (
        select(Obligation, Payer.number_index)
        .join(Payer, Payer.id == Obligation.payer_id)
        .where(Payer.number_index.in_(numbers), Obligation.year.in_({w.year for w in wanted}))
    )
    return {
        (numbers[index], one.kind, one.thing, one.year, one.instalment): one
        for one, index in uow.session.execute(rows)
    }


def payers_of(uow: UnitOfWork, wanted: Sequence[Wanted]) -> dict[str, Payer]:
    """Those who are known, locked, under the name that the file says; those who are new."""
    names = {w.number: w.name for w in wanted}
    indexes = {index_of(number): number for number in names}
    rows = select(Payer).where(Payer.number_index.in_(indexes)).order_by(Payer.id)
    found = {indexes[one.number_index]: one for one in uow.session.scalars(rows.with_for_update())}
    for index, number in indexes.items():
        if number not in found:
            found[number] = Payer(
                id=new_id(), code=new_code(), number=number, number_index=index, made_at=uow.now
            )
            uow.session.add(found[number])
        if found[number].name != names[number]:
            found[number].name = names[number]
    uow.session.flush()
    return found


def put(
    uow: UnitOfWork, one: Import, payer: Payer, wanted: Wanted, found: Obligation | None
) -> Trace | None:
    """The obligation as the file says; what it was before, where it was another."""
    if found and is_so(found, wanted):
        return None
    trace = Trace(import_id=one.id)
    if found:
        trace.was_cents, trace.was_due_on = found.cents, found.due_on
        found.cents, found.due_on = wanted.cents, wanted.due_on
        one.changed += 1
    else:
        found = Obligation(
            id=new_id(),
            payer_id=payer.id,
            kind=wanted.kind,
            thing=wanted.thing,
            year=wanted.year,
            instalment=wanted.instalment,
            cents=wanted.cents,
            due_on=wanted.due_on,
        )
        uow.session.add(found)
        one.added += 1
    one.cents += wanted.cents
    trace.obligation_id = found.id
    return trace


def is_so(found: Obligation, wanted: Wanted) -> bool:
    """Whether the file says nothing new of it."""
    return (found.cents, found.due_on) == (wanted.cents, wanted.due_on)
