"""Match of entries with charges: by the code in the remittance text, by the sum, by the name.

A match changes no money. What it says is looked at again when the line is booked.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload, undefer

from obshto.billing.charges.models import Charge, Payment, PaymentMethod, State
from obshto.billing.statements.models import Doubt, LineState, StatementLine
from obshto.platform.codes import LENGTH, read_code
from obshto.platform.unit_of_work import UnitOfWork

NEAR = timedelta(days=7)  # between the bank's day and the one that somebody typed
MOST_LIKE = 2_000  # open charges whose payer's name is compared
ENOUGH = 2  # words of a name
UNDECIDED = (LineState.MATCHED, LineState.DOUBTFUL, LineState.FOREIGN, LineState.KNOWN)
_RUN = re.compile(rf"\d(?:[\s./-]?\d){{{LENGTH - 1},}}", re.ASCII)


@dataclass(slots=True, kw_only=True)
class Known:
    """What the books hold that these lines may be about. `claimed` is cents by charge that lines
    before have taken up."""

    elsewhere: Collection[UUID]
    by_code: Mapping[str, Charge]
    by_sum: Mapping[int, Sequence[Charge]]
    claimed: Counter[UUID] = field(default_factory=Counter)


def codes_in(text: str) -> list[str]:
    """Whatever may be a code of a charge: its check digits fit. A run of digits may hold more."""
    found: dict[str, None] = {}
    for run in _RUN.findall(text):
        digits = re.sub(r"\D", "", run)
        for at in range(len(digits) - LENGTH + 1):
            if code := read_code(digits[at : at + LENGTH]):
                found[code] = None
    return list(found)


def match(uow: UnitOfWork, lines: Sequence[StatementLine]) -> None:
    """Say of each that nobody has decided about what it seems to be."""
    open_lines = [one for one in lines if one.state in UNDECIDED and not one.is_chosen]
    open_lines = [one for one in open_lines if one.doubt != Doubt.UNDONE]
    known = _known(uow, open_lines)
    for one in open_lines:
        one.state, one.doubt, charge = _judged(one, known)
        one.charge_id = charge.id if charge else None


def fits(charge: Charge, cents: int, left: int) -> bool:
    """Whether a transfer pays what is left, or one of its kinds of income as we asked for it."""
    return cents == left or (cents in charge.by_kind.values() and cents <= left)


def booked_by_hand(uow: UnitOfWork, lines: Sequence[StatementLine]) -> frozenset[UUID]:
    """Those that somebody typed in: the same number and sum about that day, of no other line."""
    wanted = {one.reference for one in lines}
    linked = select(StatementLine.payment_id).where(StatementLine.payment_id.is_not(None))
    rows = select(Payment.provider_id, Payment.cents, Payment.received_on).where(
        Payment.way == PaymentMethod.BANK,
        Payment.provider_id.in_(wanted),
        Payment.reversed_at.is_(None),
        Payment.id.not_in(linked),
    )
    days = {(name, cents): day for name, cents, day in uow.session.execute(rows)}
    found = ((one, days.get((one.reference, one.cents))) for one in lines)
    return frozenset(one.id for one, day in found if day and abs(day - one.booked_on) <= NEAR)


def _known(uow: UnitOfWork, lines: Sequence[StatementLine]) -> Known:
    prints = {one.fingerprint: one.id for one in lines}
    others = select(StatementLine.fingerprint, StatementLine.id).where(
        StatementLine.fingerprint.in_(prints), StatementLine.state != LineState.KNOWN
    )
    twins = {prints[one] for one, owner in uow.session.execute(others) if owner != prints[one]}
    told = {one.id: codes_in(one.remittance or "") for one in lines}
    codes = {code for found in told.values() for code in found}
    charges = select(Charge).where(Charge.code.in_(codes)).options(joinedload(Charge.kind))
    return Known(
        elsewhere=twins | booked_by_hand(uow, lines),
        by_code={one.code: one for one in uow.session.scalars(charges)},
        by_sum=_by_sum(uow, {one.cents for one in lines if one.payer and not told[one.id]}),
    )


def _by_sum(uow: UnitOfWork, sums: Collection[int]) -> Mapping[int, Sequence[Charge]]:
    owed = Charge.cents - Charge.settled_cents
    rows = select(Charge).where(Charge.state == State.OPEN, Charge.payer.is_not(None))
    rows = rows.options(undefer(Charge.payer))
    found = defaultdict(list)
    for one in uow.session.scalars(rows.where(owed.in_(sums)).limit(MOST_LIKE)):
        found[one.owed_cents].append(one)
    return found


def _judged(one: StatementLine, known: Known) -> tuple[LineState, str, Charge | None]:
    if one.id in known.elsewhere:
        return LineState.KNOWN, "", None
    codes = codes_in(one.remittance or "")
    named = [known.by_code[code] for code in codes if code in known.by_code]
    if len(named) > 1:
        return LineState.DOUBTFUL, Doubt.SEVERAL, None
    if named:
        return _judged_by_code(one, named[0], known)
    like = [c for c in known.by_sum.get(one.cents, ()) if _is_like(c.payer or "", one.payer or "")]
    if like:
        doubt = Doubt.LIKELY if len(like) == 1 else Doubt.SEVERAL
        return LineState.DOUBTFUL, doubt, like[0] if len(like) == 1 else None
    is_code = any(read_code(run) for run in _RUN.findall(one.remittance or ""))
    return (LineState.DOUBTFUL, Doubt.CODE, None) if is_code else (LineState.FOREIGN, "", None)


def _judged_by_code(
    one: StatementLine, charge: Charge, known: Known
) -> tuple[LineState, str, Charge | None]:
    left = charge.owed_cents - known.claimed[charge.id]
    if charge.state == State.CANCELLED:
        return LineState.DOUBTFUL, Doubt.CANCELLED, charge
    if left <= 0:
        return LineState.DOUBTFUL, Doubt.PAID, charge
    if not fits(charge, one.cents, left):
        return LineState.DOUBTFUL, Doubt.SUM, charge
    known.claimed[charge.id] += one.cents
    return LineState.MATCHED, "", charge


def _is_like(name: str, other: str) -> bool:
    """Whether one of two names holds all words of the other, at least two of them."""
    words, others = (frozenset(re.findall(r"\w{2,}", one.casefold())) for one in (name, other))
    return min(len(words), len(others)) >= ENOUGH and (words <= others or others <= words)
