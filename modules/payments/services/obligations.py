"""What somebody owes today, what of it they may choose to pay, what is less early."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import Select, func, select

from obshto.modules.payments.errors import NoSuchTaxNotice, NothingToPay, OlderFirst
from obshto.modules.payments.events import PayerLookedUp
from obshto.modules.payments.models import Obligation, Payer
from obshto.modules.payments.services.interest import Rates, rates_here
from obshto.modules.payments.services.law import FINES_AND_INTEREST
from obshto.modules.payments.services.numbers import index_of, number_in
from obshto.modules.payments.services.terms import Calendar, calendar
from obshto.platform.codes import read_code
from obshto.platform.legal.terms import roll
from obshto.platform.unit_of_work import UnitOfWork

ALL, YEAR = "all", "year-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Debt:
    """One obligation that is still to be paid. `is_next`: it may be paid before the others.

    `interest` is None where the rate of some days is not known yet.
    """

    obligation: Obligation
    is_overdue: bool
    is_next: bool
    interest: int | None = 0

    @property
    def cents(self) -> int:
        """With the interest of today, as far as it is known."""
        return self.obligation.left_cents + (self.interest or 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlyYear:
    """A year that costs `discount_cents` less when all of it is paid by `until`."""

    debts: list[Debt]
    percent: int
    discount_cents: int
    until: date

    @property
    def cents(self) -> int:
        """What is to be paid for the rest of the year, the discount taken off."""
        return sum(debt.cents for debt in self.debts) - self.discount_cents

    @property
    def choice(self) -> str:
        return f"{YEAR}{self.debts[0].obligation.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What of a payment is for one obligation: `cents` come, `discount_cents` are forgiven.

    `interest_cents` come besides.
    """

    obligation: Obligation
    cents: int
    discount_cents: int = 0
    interest_cents: int = 0
    until: date | None = None  # the last day on which the discount is right
    is_overdue: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """All of it: the oldest year first, the nearest day first."""

    debts: list[Debt] = field(default_factory=list)
    early: list[EarlyYear] = field(default_factory=list)

    @property
    def cents(self) -> int:
        """To be paid for everything today, all discounts taken off."""
        return self.full_cents - self.discount_cents

    @property
    def full_cents(self) -> int:
        """The sum of the rows, before any discount."""
        return sum(debt.cents for debt in self.debts)

    @property
    def discount_cents(self) -> int:
        return sum(year.discount_cents for year in self.early)

    @property
    def overdue_cents(self) -> int:
        """What of it should have been paid before today."""
        return sum(debt.cents for debt in self.debts if debt.is_overdue)

    @property
    def coming_cents(self) -> int:
        """Rows whose day is still to come."""
        return self.full_cents - self.overdue_cents

    @property
    def interest_cents(self) -> int:
        return sum(debt.interest or 0 for debt in self.debts)

    @property
    def lacks_interest(self) -> bool:
        """Whether there is lateness whose cost is not known here."""
        return any(debt.interest is None for debt in self.debts)

    @property
    def must_wait(self) -> bool:
        """Whether there is something that may not be paid before something older."""
        return not all(debt.is_next for debt in self.debts)


def payer_with_code(uow: UnitOfWork, typed: str, *, to_change: bool = False) -> Payer:
    """Whose notice bears the code. `to_change` makes others wait. Raises NoSuchTaxNotice."""
    code = read_code(typed)
    wanted = select(Payer).where(Payer.code == code)
    found = code and uow.session.scalar(_locked(wanted) if to_change else wanted)
    if not found:
        raise NoSuchTaxNotice
    return found


def payer_of(uow: UnitOfWork, payer_id: UUID, *, to_change: bool = False) -> Payer:
    """For staff. Raises NoSuchTaxNotice."""
    wanted = select(Payer).where(Payer.id == payer_id)
    found = uow.session.scalar(_locked(wanted) if to_change else wanted)
    if found is None:
        raise NoSuchTaxNotice
    return found


def payer_named(uow: UnitOfWork, typed: str) -> Payer:
    """For staff: by the code of a notice, or by a personal number. Raises NoSuchTaxNotice."""
    number = number_in(typed)
    wanted = select(Payer).where(Payer.number_index == index_of(number)) if number else None
    found = uow.session.scalar(wanted) if wanted is not None else None
    return found or payer_with_code(uow, typed)


def look_up(uow: UnitOfWork, typed: str) -> Payer:
    """The same; by a number it is an act of its own, for the log. Raises NoSuchTaxNotice."""
    found = payer_named(uow, typed)
    if number_in(typed):
        uow.emit(PayerLookedUp(subject_id=found.id))
    return found


def obligations_of(uow: UnitOfWork, payer: Payer) -> list[Obligation]:
    """All that stands under a payer, the oldest first, paid or not."""
    rows = select(Obligation).where(Obligation.payer_id == payer.id)
    in_order = rows.order_by(
        Obligation.year,
        Obligation.due_on,
        Obligation.kind,
        Obligation.thing,
        Obligation.instalment,
    )
    return list(uow.session.scalars(in_order.execution_options(populate_existing=True)))


def owed_of(uow: UnitOfWork, obligations: Sequence[Obligation], today: date) -> Owed:
    """What is owed of them on that day. Two queries."""
    days = calendar(uow, {one.year for one in obligations})
    return owed_on(obligations, today, days, rates_here(uow))


def owed_on(obligations: Sequence[Obligation], today: date, days: Calendar, rates: Rates) -> Owed:
    """The same without a database: Code of tax procedure, art. 169, para. 3a, for the order."""
    left = [one for one in obligations if one.left_cents]
    oldest: dict[str, int] = {}
    for one in left:
        oldest[one.kind] = min(one.year, oldest.get(one.kind, one.year))
    debts = [
        Debt(
            obligation=one,
            is_overdue=roll(one.due_on) < today,
            is_next=one.year == oldest[one.kind],
            interest=0
            if one.kind == FINES_AND_INTEREST
            else rates.interest(one.left_cents, due_on=one.due_on, on=today),
        )
        for one in left
    ]
    years = defaultdict[tuple[str, str, int], list[Obligation]](list)
    for one in obligations:
        years[one.whole_year].append(one)
    early = (_early(year, debts, days, today) for year in years.values())
    return Owed(debts=debts, early=[one for one in early if one])


def shares(owed: Owed, choice: str) -> list[Share]:
    """What is paid with a choice: everything, a whole year, one obligation.

    Raises NothingToPay, OlderFirst.
    """
    chosen = _chosen(owed, choice)
    ids = {debt.obligation.id for debt in chosen}
    if not chosen:
        raise NothingToPay
    if not all(debt.is_next or _older_are_in(owed, debt, ids) for debt in chosen):
        raise OlderFirst
    spared = {
        debt.obligation.id: (cents, year.until)
        for year in owed.early
        if ids >= {debt.obligation.id for debt in year.debts}
        for debt, cents in _spread(year)
    }
    return [
        Share(
            obligation=debt.obligation,
            cents=debt.obligation.left_cents - spared.get(debt.obligation.id, (0, None))[0],
            interest_cents=debt.interest or 0,
            discount_cents=spared.get(debt.obligation.id, (0, None))[0],
            until=spared.get(debt.obligation.id, (0, None))[1],
            is_overdue=debt.is_overdue,
        )
        for debt in chosen
    ]


def owed_in_all(uow: UnitOfWork) -> tuple[int, int]:
    """How many obligations are open, and the cents that are left of them. One query."""
    left = Obligation.cents - Obligation.paid_cents - Obligation.forgiven_cents
    row = uow.session.execute(
        select(func.count(), func.coalesce(func.sum(left), 0)).where(left > 0)
    ).one()
    return int(row[0]), int(row[1])


def _locked(wanted: Select[Payer]) -> Select[Payer]:
    return wanted.with_for_update().execution_options(populate_existing=True)


def _early(
    year: Sequence[Obligation], debts: Sequence[Debt], days: Calendar, today: date
) -> EarlyYear | None:
    """Only where the whole year is known here: the discount is for who pays all of it."""
    term = days.days(year[0].kind, year[0].year)
    percent, until = term.discount_on(today), term.discount_until
    instalments = {one.instalment for one in year}
    is_whole = instalments in ({0}, set(range(1, len(term.due_on) + 1)))
    left = [debt for debt in debts if debt.obligation in year]
    if not (percent and until and is_whole and left) or any(one.forgiven_cents for one in year):
        return None
    whole = sum(one.cents for one in year)
    discount = min((whole * percent + 50) // 100, sum(d.obligation.left_cents for d in left) - 1)
    return EarlyYear(debts=left, percent=percent, discount_cents=discount, until=until)


def _chosen(owed: Owed, choice: str) -> list[Debt]:
    if choice == ALL:
        return owed.debts
    for year in owed.early:
        if year.choice == choice:
            return year.debts
    return [debt for debt in owed.debts if str(debt.obligation.id) == choice]


def _older_are_in(owed: Owed, debt: Debt, ids: set[UUID]) -> bool:
    """Whether everything older of the same kind is paid with it."""
    one = debt.obligation
    older = (d.obligation for d in owed.debts if d.obligation.kind == one.kind)
    return all(other.id in ids for other in older if other.year < one.year)


def _spread(year: EarlyYear) -> list[tuple[Debt, int]]:
    """The discount over the instalments, the last ones first: in each something is left to pay."""
    left, spread = year.discount_cents, list[tuple[Debt, int]]()
    for debt in reversed(year.debts):
        cents = min(left, debt.obligation.left_cents)
        spread.append((debt, cents))
        left -= cents
    return spread
