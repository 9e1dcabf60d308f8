"""The books: what is posted stays, once, and fits together whatever comes in which order."""

from dataclasses import dataclass, field
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from obshto.billing.arrivals.services import observe
from obshto.billing.charges.kinds import add_kind
from obshto.billing.charges.lifecycle import Wanted, charge_of, make_charge
from obshto.billing.gateways.port import Observed, What
from obshto.billing.ledger.accounts import Account
from obshto.billing.ledger.services import PostedOtherwise, post, turnovers

VILLAGE = "gorno-selo"
GATEWAY = "stripe"


def move(uow, key, cents=500, debit=Account.CASH, credit=Account.INCOME):
    return post(uow, key, debit=debit, credit=credit, cents=cents, charge_id=None)


def test_a_cause_is_posted_once(uow_in):
    with uow_in(VILLAGE) as uow:
        assert move(uow, "a") is True
        assert move(uow, "a") is False
        assert {t.account: t.balance for t in turnovers(uow) if t.balance} == {
            Account.CASH: 500,
            Account.INCOME: -500,
        }


def test_a_cause_that_comes_again_with_another_sum_is_a_fault(uow_in):
    with uow_in(VILLAGE) as uow:
        move(uow, "a")
        with pytest.raises(PostedOtherwise):
            move(uow, "a", cents=501)


def test_nothing_is_posted_for_no_cents(uow_in):
    with uow_in(VILLAGE) as uow:
        assert move(uow, "a", cents=0) is False


@pytest.mark.parametrize(
    "act",
    [
        "UPDATE {schema}.billing_posting SET cents = cents + 1",
        "DELETE FROM {schema}.billing_posting",
        "TRUNCATE {schema}.billing_posting",
    ],
)
def test_what_was_posted_can_be_neither_changed_nor_deleted(uow_in, act):
    with uow_in(VILLAGE) as uow:
        move(uow, "a")
        with pytest.raises(DBAPIError, match="permission denied"):
            uow.session.execute(text(act.format(schema=uow.scope.schema)))


@pytest.mark.parametrize(
    "moved",
    [
        {"cents": 0},
        {"cents": -5},
        {"debit": "cash", "credit": "cash"},
    ],
)
def test_no_row_can_be_written_that_does_not_balance(uow_in, moved):
    """One row is both sides: whatever is written by hand, the sum over all accounts stays 0."""
    row = {"id": uuid4(), "key": "x", "debit": "cash", "credit": "income", "cents": 5} | moved
    with uow_in(VILLAGE) as uow:
        statement = text(
            f"INSERT INTO {uow.scope.schema}.billing_posting (id, key, at, debit, credit, cents)"
            " VALUES (:id, :key, now(), :debit, :credit, :cents)"
        )
        with pytest.raises(IntegrityError):
            uow.session.execute(statement, row)


# -- any sequence of what providers show -----------------------------------------------------
#
# A thing at the provider has a history; a look shows some moment of it, perhaps an old one, since
# two looks may overtake each other. Every thing is looked at when its history has ended, at least
# once, anywhere in the sequence.


@dataclass(frozen=True)
class World:
    """What is true at the provider, with the looks that we have taken, in their order."""

    cents: int
    payments: tuple = ()
    refunds: dict = field(default_factory=dict)
    disputes: dict = field(default_factory=dict)
    looks: tuple = ()

    def returned(self, found):
        """What went back before it was income: any part, unless only one payment came.

        Whether a refund is of income depends on what had come by then, so it is the one thing
        that the order of looks decides.
        """
        back = sum(self.refunds.values())
        returned = back - found.get("refunds", 0)
        assert 0 <= returned <= back
        if sum(self.payments) < self.cents:
            assert returned == back
        if len(self.payments) == 1 and self.payments[0] >= self.cents:
            assert returned == min(back, self.payments[0] - self.cents)
        return returned

    def expected(self, returned):
        """The balances that follow from the truth alone."""
        came, fees = sum(self.payments), sum(fee(c) for c in self.payments)
        back = sum(self.refunds.values())
        held, lost = (
            sum(self.payments[n] for n, end in self.disputes.items() if end is wanted)
            for wanted in (None, What.DISPUTE_LOST)
        )
        stayed = came - lost - returned
        settled = min(self.cents, stayed)
        books = {
            "gateway": came - fees - back - held - lost,
            "fees": fees,
            "refunds": back - returned,
            "disputed": held,
            "receivable": self.cents - settled,
            "overpaid": settled - stayed,
            "income": -self.cents,
        }
        return {account: cents for account, cents in books.items() if cents}


def fee(cents):
    return cents // 50


def history(kind, n, world_payments, ends):
    """The moments of one thing, each as a look shows it: causes before effects."""
    cents = world_payments[n]
    paid = (What.PAID, f"cs{n}", cents, fee(cents))
    if kind == "session":
        return [
            [],
            [(What.PENDING, f"cs{n}", cents, 0)],
            [(What.FAILED, f"cs{n}", cents, 0)],
            [paid],
        ]
    if kind == "refund":
        return [[paid], [paid, (What.REFUNDED, f"re{n}", ends, 0)]]
    opened = [paid, (What.DISPUTED, f"dp{n}", cents, 0)]
    return [opened] if ends is None else [opened, [*opened, (ends, f"dp{n}", cents, 0)]]


@st.composite
def worlds(draw):
    cents = draw(st.integers(100, 500))
    payments = tuple(draw(st.lists(st.integers(50, 700), min_size=1, max_size=3)))
    fate = {n: draw(st.sampled_from(["stays", "refund", "dispute"])) for n in range(len(payments))}
    refunds = {n: draw(st.integers(1, payments[n])) for n, what in fate.items() if what == "refund"}
    outcomes = st.sampled_from([None, What.DISPUTE_WON, What.DISPUTE_LOST])
    disputes = {n: draw(outcomes) for n, what in fate.items() if what == "dispute"}
    things = [("session", n, None) for n in range(len(payments))]
    things += [("refund", n, part) for n, part in refunds.items()]
    things += [("dispute", n, end) for n, end in disputes.items()]
    looks = []
    for kind, n, ends in things:
        moments = history(kind, n, payments, ends)
        looks.append((n, moments[-1]))
        looks += [(n, draw(st.sampled_from(moments))) for _ in range(draw(st.integers(0, 2)))]
    return World(cents, payments, refunds, disputes, tuple(draw(st.permutations(looks))))


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(world=worlds())
def test_any_sequence_of_looks_ends_in_the_same_books(uow_in, world):
    with uow_in(VILLAGE) as uow:
        kind = add_kind(uow, code="448007", title="Услуги", request_id=uuid4())
        wanted = Wanted(reference=f"test:{uuid4()}", kind=kind, cents=world.cents, purpose="Скица")
        charge = make_charge(uow, wanted)
        for n, moment in world.looks:
            for what, name, cents, kept in moment:
                expected_version = Observed(
                    what=what,
                    municipality=VILLAGE,
                    charge_id=charge.id,
                    provider_id=name,
                    payment_id=f"pi{n}",
                    cents=cents,
                    fee_cents=kept,
                )
                observe(uow, GATEWAY, expected_version)
                uow.session.flush()
        found = {t.account.value: t.balance for t in turnovers(uow) if t.balance}
        assert found == world.expected(world.returned(found))
        now = charge_of(uow, charge.id, to_change=True)
        assert now.is_paid == (found.get("receivable", 0) == 0)
        assert now.owed_cents == found.get("receivable", 0)
        assert now.overpaid_cents == -found.get("overpaid", 0)
