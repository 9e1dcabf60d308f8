"""The yearly fee of a dog: who owes it, how much, when it is asked for (ЗМДТ чл. 116-118)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select

from obshto.modules.eservices.models import Dog, Keeping, Offer
from obshto.modules.eservices.services.dogs.queries import DOG, HERE
from obshto.modules.eservices.services.offers import offer_of
from obshto.modules.eservices.services.prices import LAW
from obshto.platform.clock import day_of
from obshto.platform.errors import Conflict
from obshto.platform.legal.terms import months_later, roll
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.ports import Bill, Line, Payer, cashier

AT_ONCE = 200  # dogs that the job looks at in one transaction


def due_cents(dog: Dog, keeping: Keeping, year: int, yearly: int) -> int:
    """What is owed for a year, in cents of the yearly fee that the council set.

    Nothing of a neutered or exempt dog (ЗВМД чл. 175, ал. 2), nothing in the year in which a dog
    with a chip is entered (ЗЗЖ чл. 39). Who gets a dog during the year owes a twelfth of the fee
    for each month, that of the change included (ЗМДТ чл. 118).
    """
    if dog.is_neutered or keeping.exempt or year == dog.entered_on.year:
        return 0
    if keeping.since.year > year or (keeping.until and keeping.until.year < year):
        return 0
    months = 13 - keeping.since.month if keeping.since.year == year else 12
    return (yearly * months + 6) // 12


def due_on(keeping: Keeping, year: int) -> date:
    """The last day of March; who gets a dog after it, a month from that day (ЗМДТ чл. 117)."""
    law = LAW["dog"]
    ordinary = date(year, *law["due"])
    if keeping.since > ordinary:
        return roll(months_later(keeping.since, law["months_after"]))
    return roll(ordinary)


def ask_duty(uow: UnitOfWork, dog: Dog, keeping: Keeping, offer: Offer | None) -> None:
    """Ask for the fee of this year, once; without a price or a kind of income later, by the job."""
    if offer and _is_priced(uow, offer):
        _ask(uow, dog, keeping, offer)


def _is_priced(uow: UnitOfWork, offer: Offer) -> bool:
    return bool(offer.fee_cents) and offer.fee_kind in cashier().kinds(uow)


def _ask(uow: UnitOfWork, dog: Dog, keeping: Keeping, offer: Offer) -> None:
    year = day_of(uow.now).year
    if keeping.charged_year == year:
        return
    keeping.charged_year = year
    assert offer.fee_cents and offer.fee_kind
    cents = due_cents(dog, keeping, year, offer.fee_cents)
    if not cents:
        return
    text = f"Такса за притежаване на куче за {year} г., № в регистъра {dog.register_no}"
    cashier().charge(
        uow,
        reference(keeping.id, year),
        cents=cents,
        payer=Payer(name=keeping.read().get("name", ""), person_id=keeping.person_id),
        purpose=text,
        kind=offer.fee_kind,
        lines=[Line(text=text, cents=cents)],
        due_on=due_on(keeping, year),
    )


def charge_dogs(uow: UnitOfWork) -> None:
    """Job: whoever keeps a dog this year is asked for its fee, once."""
    offer, year = offer_of(uow, DOG), day_of(uow.now).year
    if offer is None or not _is_priced(uow, offer):
        return
    not_yet = or_(Keeping.charged_year.is_(None), Keeping.charged_year < year)
    wanted = select(Keeping, Dog).join(Dog, Dog.id == Keeping.dog_id)
    wanted = wanted.where(Keeping.until.is_(None), Dog.state.in_(HERE), not_yet)
    # The dog too: a decision that frees it or ends its keeping comes before or after, not between.
    locked = wanted.order_by(Keeping.id).limit(AT_ONCE).with_for_update(skip_locked=True)
    for keeping, dog in uow.session.execute(locked).all():
        _ask(uow, dog, keeping, offer)


def let_go_of(uow: UnitOfWork, keeping: Keeping) -> None:
    """Of this year nothing is owed any more; where something came, it stays for the finance."""
    year = day_of(uow.now).year
    bill = cashier().find(uow, [reference(keeping.id, year)]).get(reference(keeping.id, year))
    keeping.charged_year = year
    if bill is None or bill.is_paid:
        return
    try:
        with uow.session.begin_nested():
            cashier().cancel(uow, bill.charge_id)
    except Conflict:
        return


def bills_of(uow: UnitOfWork, keepings: Sequence[Keeping]) -> Mapping[UUID, list[tuple[int, Bill]]]:
    """What was asked of each keeper by year, the newest first. Two queries."""
    years = {
        reference(keeping.id, year): (keeping.id, year)
        for keeping in keepings
        for year in range(keeping.charged_year or 0, keeping.since.year - 1, -1)
    }
    found: dict[UUID, list[tuple[int, Bill]]] = {}
    bills = cashier().find(uow, list(years)) if years else {}
    for name, (keeping_id, year) in years.items():
        if name in bills and (bills[name].is_paid or bills[name].owed_cents):
            found.setdefault(keeping_id, []).append((year, bills[name]))
    return found


def reference(keeping_id: UUID, year: int) -> str:
    """How the charge of one keeper and year is called."""
    return f"eservices:dog:{keeping_id}:{year}"
