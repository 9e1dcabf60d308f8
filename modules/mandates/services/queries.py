"""Queries of mandates: one for staff, one's own, one by code, lists, the journal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select
from sqlalchemy.orm import defer

from obshto.modules.mandates.errors import NoSuchMandate, WhoseMandate
from obshto.modules.mandates.models import Mandate, MandateAct
from obshto.modules.mandates.services.codes import index_of
from obshto.modules.mandates.services.kinds import DRAFT, ENDED, SIGNED, WITHDRAWN
from obshto.platform.cases.codes import FOLLOW, digits
from obshto.platform.cases.references import is_number_of, numbered
from obshto.platform.clock import day_of
from obshto.platform.unit_of_work import UnitOfWork

LISTS = {"draft": (DRAFT,), "signed": (SIGNED,), "ended": (WITHDRAWN, ENDED)}
# What no list shows is not decrypted for one.
UNSHOWN = tuple(
    defer(column)
    for column in (
        *(Mandate.name, Mandate.email, Mandate.phone),
        *(Mandate.relative, Mandate.witnesses, Mandate.strokes),
    )
)


@dataclass(frozen=True, slots=True)
class OpenedMandate:
    """A mandate as somebody opened it: whoever has only a relative's code may not end it."""

    row: Mandate
    by_code: bool
    may_withdraw: bool


def mandate_of(uow: UnitOfWork, mandate_id: UUID, *, to_change: bool = False) -> Mandate:
    """Any mandate here, for staff and letters. Raises NoSuchMandate."""
    return _one(uow, Mandate.id == mandate_id, to_change=to_change)


def mandate_at(uow: UnitOfWork, ref: str, *, to_change: bool = False) -> OpenedMandate:
    """By a code of twenty digits, or by its id in the profile of the person it was given by.

    Raises NoSuchMandate, WhoseMandate.
    """
    if len(ref) == FOLLOW and ref.isascii() and ref.isdigit():
        index = index_of(ref)
        either = or_(Mandate.code_index == index, Mandate.viewer_index == index)
        row = _one(uow, either, to_change=to_change)
        return OpenedMandate(row, by_code=True, may_withdraw=row.code_index == index)
    try:
        wanted = Mandate.id == UUID(ref)
    except ValueError:
        raise NoSuchMandate from None
    me = uow.principal.person_id
    if me is None:
        raise WhoseMandate
    row = _one(uow, and_(wanted, Mandate.person_id == me), to_change=to_change)
    return OpenedMandate(row, by_code=False, may_withdraw=True)


def mandate_by_number(uow: UnitOfWork, number: str, code: str) -> Mandate:
    """By number and code together, as they stand on the letter. Raises NoSuchMandate."""
    row = mandate_at(uow, digits(code)).row
    if not is_number_of(row, number):
        raise NoSuchMandate
    return row


def mandates_of(person_id: UUID) -> Select[Mandate]:
    """Those that a person has given, the newest first."""
    given = select(Mandate).where(Mandate.person_id == person_id, Mandate.signed_on.is_not(None))
    return given.options(*UNSHOWN).order_by(Mandate.prepared_at.desc(), Mandate.id.desc())


def mandates_under(assistant_id: UUID) -> Select[Mandate]:
    """Those that an assistant may act under or could, those in force first."""
    theirs = select(Mandate).where(
        Mandate.assistant_id == assistant_id, Mandate.signed_on.is_not(None)
    )
    first = case((Mandate.state == SIGNED, 0), else_=1)
    theirs = theirs.options(defer(Mandate.strokes))
    return theirs.order_by(first, Mandate.ends_on.desc(), Mandate.id.desc())


def queue(chosen: str, number: str = "") -> Select[Mandate]:
    """A list of staff without anybody's name; a number is looked for in all of them."""
    wanted = numbered(Mandate, number) if number else Mandate.state.in_(LISTS[chosen])
    rows = select(Mandate).where(wanted).options(*UNSHOWN)
    return rows.order_by(Mandate.prepared_at.desc(), Mandate.id.desc())


def counts(uow: UnitOfWork) -> dict[str, int]:
    """How many stand in each list. One query."""
    found = uow.session.execute(select(Mandate.state, func.count()).group_by(Mandate.state))
    numbers = {row[0]: row[1] for row in found}
    return {word: sum(numbers.get(one, 0) for one in states) for word, states in LISTS.items()}


def journal_of(row: Mandate) -> Select[MandateAct]:
    """What was done under a mandate, the newest first."""
    lines = select(MandateAct).where(MandateAct.mandate_id == row.id)
    return lines.order_by(MandateAct.at.desc(), MandateAct.id.desc())


def acts_by_mandate(uow: UnitOfWork, rows: Sequence[Mandate]) -> dict[UUID, int]:
    """How many acts were done under each, reading left out. One query."""
    ids = [row.id for row in rows]
    done = select(MandateAct.mandate_id, func.count()).group_by(MandateAct.mandate_id)
    done = done.where(MandateAct.mandate_id.in_(ids) if ids else false(), MandateAct.is_write)
    return {row[0]: row[1] for row in uow.session.execute(done)}


def is_in_force(uow: UnitOfWork, row: Mandate) -> bool:
    """Signed, and its last day is not over."""
    return row.state == SIGNED and row.ends_on >= day_of(uow.now)


def _one(uow: UnitOfWork, wanted: ColumnElement[bool], *, to_change: bool) -> Mandate:
    found = select(Mandate).where(wanted)
    row = uow.session.scalar(found.with_for_update() if to_change else found)
    if row is None:
        raise NoSuchMandate
    return row
