"""Obligations paid together: begun, paid when the cashier says so, let go."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, case, func, select

from obshto.modules.payments.errors import NoSuchTaxNotice, UnderWay
from obshto.modules.payments.events import BundleMade, BundlePaid, BundleReopened
from obshto.modules.payments.models import Bundle, BundleState, Obligation, Payer, Piece
from obshto.modules.payments.services.law import FINES_AND_INTEREST
from obshto.modules.payments.services.obligations import (
    Share,
    obligations_of,
    owed_of,
    shares,
)
from obshto.platform.clock import day_of
from obshto.platform.codes import written_code
from obshto.platform.db.base import new_id
from obshto.platform.entity import of_request
from obshto.platform.errors import Conflict
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.ports import Bill, Line, cashier
from obshto.tenants.ports import Payer as Named

SHOWN = 4  # of the number of a property
AT_ONCE = 50  # bundles that the job looks at together
BOOKED_IN = timedelta(days=7)  # a transfer in time is in the books of the counter by then


def choose(uow: UnitOfWork, payer: Payer, choice: str, *, request_id: UUID) -> Bundle:
    """A charge for what was chosen, once for each `request_id`; the same choice finds its charge.

    Another choice of the same obligations lets the first one go. The payer is locked by the
    caller. Raises NoSuchTaxNotice, NothingToPay, OlderFirst, UnderWay.
    """
    if found := of_request(uow, Bundle, request_id):
        if found.payer_id != payer.id:
            raise NoSuchTaxNotice
        return found
    wanted = _wanted(uow, payer, choice)
    begun = _begun(uow, payer, [share.obligation.id for share in wanted])
    if any(bundle.state == BundleState.PAID for bundle in _looked_at(uow, begun)):
        wanted = _wanted(uow, payer, choice)  # the money came a moment ago
    if same := next((bundle for bundle in begun if _is_for(bundle, wanted)), None):
        return same
    if let_go(uow, [share.obligation.id for share in wanted]):
        raise UnderWay
    return _begin(uow, payer, wanted, request_id)


def note_charge(uow: UnitOfWork, *, payload: dict[str, Any]) -> None:
    """Reaction: something has happened to a charge; how it stands now is asked, never told."""
    if str(payload["reference"]).startswith("payments:"):
        wanted = select(Bundle).where(Bundle.charge_id == UUID(payload["subject_id"]))
        for bundle in uow.session.scalars(wanted):
            settle(uow, [bundle])


def catch_up(uow: UnitOfWork) -> None:
    """Job: whoever was not told, because this was switched off or fell, asks."""
    rows = select(Bundle).where(Bundle.state == BundleState.OPEN).order_by(Bundle.id)
    found = list(uow.session.scalars(rows))
    for at in range(0, len(found), AT_ONCE):
        settle(uow, found[at : at + AT_ONCE])
    late = day_of(uow.now) - BOOKED_IN
    let_go(uow, [p.obligation_id for b in found for p in b.pieces if _is_past(b, late)])


def settle(uow: UnitOfWork, bundles: Sequence[Bundle]) -> None:
    """What the cashier says of them holds here too, whatever was heard before, however often."""
    _lock(uow, {bundle.payer_id for bundle in bundles})
    _look_again(uow, bundles)


def let_go(uow: UnitOfWork, obligation_ids: Collection[UUID] | Select[UUID]) -> list[Bundle]:
    """Nobody shall pay these as they were; answers those of which something was paid already.

    Their payers are locked by the caller.
    """
    kept = []
    for bundle in uow.session.scalars(_open_with(obligation_ids)):
        try:
            with uow.session.begin_nested():
                cashier().cancel(uow, bundle.charge_id)
        except Conflict:
            kept.append(bundle)
        else:
            bundle.state = BundleState.CANCELLED
    uow.session.flush()
    return kept


def bundles_of(uow: UnitOfWork, payer: Payer) -> list[Bundle]:
    """What was paid or is begun, the last one first; at most 50."""
    states = (BundleState.OPEN, BundleState.PAID)
    rows = select(Bundle).where(Bundle.payer_id == payer.id, Bundle.state.in_(states))
    return list(uow.session.scalars(rows.order_by(Bundle.id.desc()).limit(50)))


def _is_past(bundle: Bundle, late: date) -> bool:
    return bool(bundle.holds_until and bundle.holds_until < late)


# -- inside ----------------------------------------------------------------------------------


def _wanted(uow: UnitOfWork, payer: Payer, choice: str) -> list[Share]:
    today = day_of(uow.now)
    return shares(owed_of(uow, obligations_of(uow, payer), today), choice)


def _open_with(obligation_ids: Collection[UUID] | Select[UUID]) -> Select[Bundle]:
    touched = select(Piece.bundle_id).where(Piece.obligation_id.in_(obligation_ids))
    open_ones = Bundle.state == BundleState.OPEN
    return select(Bundle).where(open_ones, Bundle.id.in_(touched)).order_by(Bundle.id)


def _begun(uow: UnitOfWork, payer: Payer, obligation_ids: Collection[UUID]) -> list[Bundle]:
    rows = _open_with(obligation_ids).where(Bundle.payer_id == payer.id)
    return list(uow.session.scalars(rows))


def _looked_at(uow: UnitOfWork, bundles: Sequence[Bundle]) -> Sequence[Bundle]:
    """Each as the cashier says it is."""
    _look_again(uow, bundles)
    return bundles


def _is_for(bundle: Bundle, wanted: Iterable[Share]) -> bool:
    """Whether it pays just this, at today's price."""
    if bundle.state != BundleState.OPEN:
        return False
    had = {(p.obligation_id, p.cents, p.discount_cents, p.interest_cents) for p in bundle.pieces}
    want = {(s.obligation.id, s.cents, s.discount_cents, s.interest_cents) for s in wanted}
    return had == want


def _begin(uow: UnitOfWork, payer: Payer, wanted: Sequence[Share], request_id: UUID) -> Bundle:
    titles, bundle_id = cashier().kinds(uow), new_id()
    bill = cashier().charge(
        uow,
        f"payments:{bundle_id}",
        cents=sum(share.cents + share.interest_cents for share in wanted),
        payer=Named(name=payer.name),
        purpose=_purpose(payer, wanted, titles),
        kind=wanted[0].obligation.kind,
        lines=[line for share in wanted for line in _lines(share, titles)],
        due_on=_due_on(wanted),
    )
    bundle = Bundle(
        id=bundle_id,
        request_id=request_id,
        payer_id=payer.id,
        charge_id=bill.charge_id,
        path=bill.path,
        desk=bill.desk,
        cents=bill.cents,
        state=BundleState.OPEN,
        made_at=uow.now,
        holds_until=min((share.until for share in wanted if share.until), default=None),
        pieces=[
            Piece(
                obligation_id=share.obligation.id,
                cents=share.cents,
                discount_cents=share.discount_cents,
                interest_cents=share.interest_cents,
            )
            for share in wanted
        ],
    )
    uow.session.add(bundle)
    uow.session.flush()
    uow.emit(BundleMade(subject_id=bundle.id, cents=bundle.cents))
    return bundle


def _purpose(payer: Payer, wanted: Sequence[Share], titles: dict[str, str]) -> str:
    """Seen by whoever holds the code of the charge, so it names nobody. Always in Bulgarian."""
    kinds = {share.obligation.kind for share in wanted}
    years = sorted({share.obligation.year for share in wanted})
    what = titles.get(kinds.pop(), "") if len(kinds) == 1 else "Данъци и такси"
    when = f"{years[0]} г." if len(years) == 1 else f"{years[0]}–{years[-1]} г."
    return f"{what} за {when}, известие {written_code(payer.code)}"


def _lines(share: Share, titles: dict[str, str]) -> list[Line]:
    """Principal and interest apart: Code of tax procedure, art. 169, para. 10."""
    one = share.obligation
    said = [titles.get(one.kind, one.kind), f"{one.year} г."]
    said += [f"{one.instalment} вноска"] if one.instalment else []
    said += [f"партида {_end_of(one.thing)}"] if one.thing else []
    said += ["срокът е минал"] if share.is_overdue else []
    if share.discount_cents and share.until:
        spared = f"{share.discount_cents // 100},{share.discount_cents % 100:02d} €"
        said += [f"с отстъпка {spared}, ако е платено до {share.until:%d.%m.%Y} г."]
    lines = [Line(text=", ".join(said), cents=share.cents, kind=one.kind)]
    if share.interest_cents:
        kind = FINES_AND_INTEREST if FINES_AND_INTEREST in titles else one.kind
        lines += [Line(text=f"{', '.join(said)}, лихва", cents=share.interest_cents, kind=kind)]
    return lines


def _due_on(wanted: Sequence[Share]) -> date | None:
    """The last day of the discount; no day of the future stands over what is overdue."""
    if any(share.is_overdue for share in wanted):
        return None
    return min((share.until for share in wanted if share.until), default=None)


def _end_of(thing: str) -> str:
    """As the notice shows it: who only holds a code sees the end of the number."""
    return f"с край {thing[-SHOWN:]}" if len(thing) > SHOWN else thing


def _lock(uow: UnitOfWork, payer_ids: Collection[UUID]) -> None:
    rows = select(Payer.id).where(Payer.id.in_(payer_ids)).order_by(Payer.id).with_for_update()
    uow.session.scalars(rows).all()


def _look_again(uow: UnitOfWork, bundles: Sequence[Bundle]) -> None:
    ids = [bundle.id for bundle in bundles]
    again = select(Bundle).where(Bundle.id.in_(ids)).execution_options(populate_existing=True)
    bundles = list(uow.session.scalars(again))
    bills = cashier().find(uow, [bundle.reference for bundle in bundles])
    turned = [b for b in bundles if b.reference in bills and _turn(uow, b, bills[b.reference])]
    if turned:
        uow.session.flush()
        _count(uow, {piece.obligation_id for bundle in turned for piece in bundle.pieces})


def _turn(uow: UnitOfWork, bundle: Bundle, bill: Bill) -> bool:
    """Whether it stands otherwise than before; what nobody owes and nobody paid was cancelled."""
    if bundle.state == BundleState.OPEN and not (bill.is_paid or bill.owed_cents):
        bundle.state = BundleState.CANCELLED
        return False
    if bill.is_paid == (bundle.state == BundleState.PAID):
        return False
    bundle.state = BundleState.PAID if bill.is_paid else BundleState.OPEN
    bundle.paid_on = bill.paid_on if bill.is_paid else None
    fact = BundlePaid if bill.is_paid else BundleReopened
    uow.emit(fact(subject_id=bundle.id, cents=bundle.cents))
    return True


def _count(uow: UnitOfWork, obligation_ids: Collection[UUID]) -> None:
    """What has come for each is the sum over all that is paid: a matter of sums, not of order."""
    in_time = Bundle.holds_until.is_(None) | (Bundle.paid_on <= Bundle.holds_until)
    spared = case((in_time, Piece.discount_cents), else_=0)
    rows = (
        select(Piece.obligation_id, func.sum(Piece.cents), func.sum(spared))
        .join(Bundle, Bundle.id == Piece.bundle_id)
        .where(Piece.obligation_id.in_(obligation_ids), Bundle.state == BundleState.PAID)
        .group_by(Piece.obligation_id)
    )
    sums = {key: (int(paid), int(less)) for key, paid, less in uow.session.execute(rows)}
    wanted = select(Obligation).where(Obligation.id.in_(obligation_ids))
    for one in uow.session.scalars(wanted.execution_options(populate_existing=True)):
        one.paid_cents, one.forgiven_cents = sums.get(one.id, (0, 0))
    uow.session.flush()
