"""End of a power of attorney: withdrawn by either, by its term, with an account; then its years."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import and_, or_, select, update

from obshto.modules.eservices.errors import PowerNotFromHere, StalePower
from obshto.modules.eservices.events.powers import PowerEnded, PowerWithdrawn
from obshto.modules.eservices.models import Case, PowerOfAttorney
from obshto.modules.eservices.services.powers.checks import record_power
from obshto.modules.eservices.services.powers.kinds import (
    ACCEPTED,
    BY_ERASURE,
    BY_REPRESENTATIVE,
    BY_REPRESENTED,
    BY_STAFF,
    BY_TERM,
    ENDED,
    OPEN,
    REFUSED,
    STATES,
)
from obshto.platform.clock import day_of
from obshto.platform.entity import expect_version
from obshto.platform.legal.terms import months_later
from obshto.platform.storage.services import forget_files
from obshto.platform.unit_of_work import UnitOfWork

YEARS = 5  # after its end: as long as a claim out of it lapses (ЗЗД, чл. 110)
REFUSED_YEARS = 1  # nobody ever acted under it
AT_ONCE = 200  # rows of one transaction


def withdraw_power(uow: UnitOfWork, row: PowerOfAttorney, *, expected_version: int) -> None:
    """Nobody applies under it from now on: it is withdrawn, or the representative gives it up.

    Law of Obligations and Contracts, article 41. The row is locked; twice is once. Raises
    StalePower, PowerNotFromHere.
    """
    if row.state == ENDED:
        return
    is_held = row.representative_id == uow.principal.person_id
    if row.state not in (*OPEN, ACCEPTED):
        raise PowerNotFromHere(state=STATES[row.state])
    expect_version(row, expected_version, StalePower)
    _end(uow, row, BY_REPRESENTATIVE if is_held else BY_REPRESENTED)


def record_end(uow: UnitOfWork, row: PowerOfAttorney, words: str, *, expected_version: int) -> None:
    """A clerk was told that it is withdrawn, by whom and how. The row is locked.

    Raises StalePower, PowerNotFromHere.
    """
    if row.state == ENDED:
        return
    if row.state != ACCEPTED:
        raise PowerNotFromHere(state=STATES[row.state])
    expect_version(row, expected_version, StalePower)
    row.words, who = words, uow.principal
    row.checked_by_id, row.checked_by = who.person_id, who.name
    _end(uow, row, BY_STAFF)


def end_due_powers(uow: UnitOfWork) -> None:
    """Job: what is past its last day is over; applying has been refused since midnight."""
    past = PowerOfAttorney.until < day_of(uow.now)
    rows = select(PowerOfAttorney).where(PowerOfAttorney.state.in_((*OPEN, ACCEPTED)), past)
    rows = rows.order_by(PowerOfAttorney.id).limit(AT_ONCE)
    for row in uow.session.scalars(rows.with_for_update(skip_locked=True)):
        _end(uow, row, BY_TERM)


def empty_old_powers(uow: UnitOfWork) -> None:
    """Job: years after its end number, services and days stay; nothing of either person."""
    ended, today = PowerOfAttorney.ended_on, day_of(uow.now)
    long_ago, lately = (months_later(today, -12 * years) for years in (YEARS, REFUSED_YEARS))
    was_refused = and_(PowerOfAttorney.state == REFUSED, ended < lately)
    rows = select(PowerOfAttorney).where(
        or_(ended < long_ago, was_refused), PowerOfAttorney.is_emptied.is_(False)
    )
    for row in uow.session.scalars(rows.order_by(PowerOfAttorney.id).limit(AT_ONCE)):
        _empty(uow, row)


def forget_powers(uow: UnitOfWork, person_id: UUID) -> None:
    """An account goes: what waits goes with it; what was accepted ends and keeps its years."""
    held = PowerOfAttorney.representative_id == person_id
    for row in uow.session.scalars(select(PowerOfAttorney).where(held).with_for_update()):
        if row.state in OPEN:
            row.state, row.ended_on, row.ended_how = ENDED, day_of(uow.now), BY_ERASURE
            _empty(uow, row)
        elif row.state == ACCEPTED:
            _end(uow, row, BY_ERASURE)
        row.representative_id = None
    for model, column, values in (
        (PowerOfAttorney, PowerOfAttorney.represented_id, {"represented_id": None}),
        (Case, Case.represented_id, {"represented_id": None}),
        (
            PowerOfAttorney,
            PowerOfAttorney.checked_by_id,
            {"checked_by_id": None, "checked_by": ""},
        ),
    ):
        uow.session.execute(update(model).where(column == person_id).values(values))


def _end(uow: UnitOfWork, row: PowerOfAttorney, how: str) -> None:
    today = day_of(uow.now)
    row.state, row.ended_how = ENDED, how
    row.ended_on = row.until if how == BY_TERM else today
    record_power(uow, row, PowerEnded if how == BY_TERM else PowerWithdrawn)


def _empty(uow: UnitOfWork, row: PowerOfAttorney) -> None:
    file_id, row.file_id = row.file_id, None
    row.keep({})
    row.is_emptied, row.words, row.number_index = True, None, None
    row.representative_id = row.represented_id = None
    uow.session.flush()
    forget_files(uow, [file_id] if file_id else [])
