"""Demonstration money: invented, enough of it that every page has something to show."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import select
from stdnum import iban as ibans

from obshto.billing.charges.kinds import add_kind
from obshto.billing.charges.lifecycle import Wanted, charge_of, make_charge
from obshto.billing.charges.models import Charge, Kind, PaymentMethod
from obshto.billing.charges.settlement import Money, receive
from obshto.billing.counter.services import close_day, drawer_of, take
from obshto.billing.refunds.models import RefundState
from obshto.billing.refunds.services import approve_refund, ask_refund, payment_of
from obshto.billing.settings import SLUG, BillingSettings, billing_settings
from obshto.billing.statements.seeds import seed_statements
from obshto.platform.clock import today
from obshto.platform.settings.services import save_settings, version_of
from obshto.platform.unit_of_work import Principal, UnitOfWork

KINDS = (
    ("442100", "Данък върху недвижимите имоти"),
    ("442400", "Такса за битови отпадъци"),
    ("448001", "Такса за технически услуги"),
    ("448007", "Такса за административни услуги"),
    ("448008", "Такса за ползване на място"),
    ("442300", "Данък върху превозните средства"),
    ("448013", "Такса за притежаване на куче"),
    ("448014", "Такса за курсове"),
)
COLLEAGUE = "Снежана Илчева"
# Invented: the check digits fit, so that the square code can be tried; no bank has this account.
IBAN_BODY = "DEMO96611020345678"
_STATEMENT = {"asked": "900001", "approved": "900002"}  # numbers of lines


def seed(uow: UnitOfWork) -> None:
    """Their request ids are made of their keys, so seeding twice is harmless."""
    kinds = [_kind(uow, code, title) for code, title in KINDS]
    _account(uow)
    if not _is_first(uow):
        return
    _closed_yesterday(uow, kinds[3])
    _charge(uow, kinds[3], "waiting", 1250, "Скица на имот, издаване до 7 дни")
    _charge(uow, kinds[1], "waste", 4860, "Такса за битови отпадъци за 2026 г.")
    _take(uow, _charge(uow, kinds[4], "fair", 3000, "Място на есенния панаир"), PaymentMethod.POS)
    _refunds(uow, kinds[2])
    _overpaid(uow, kinds[0])
    seed_statements(uow, kinds[4])
    _take(uow, _charge(uow, kinds[3], "copy", 530, "Препис от акт за раждане"), PaymentMethod.CASH)


def _kind(uow: UnitOfWork, code: str, title: str) -> Kind:
    return add_kind(uow, code=code, title=title, request_id=_id(f"kind/{code}"))


def _account(uow: UnitOfWork) -> None:
    if billing_settings(uow).iban:
        return
    settings = BillingSettings(
        holder=uow.scope.title,
        iban=_iban(IBAN_BODY),
        bic="DEMOBGSF",
        bank="Демонстрационна банка",
        counter="Стая 3, от понеделник до петък, от 8:30 до 16:00 ч.",
    )
    save_settings(uow, SLUG, settings, expected_version=version_of(uow, SLUG))


def _iban(body: str) -> str:
    return f"BG{ibans.calc_check_digits(f'BG00{body}')}{body}"


def _is_first(uow: UnitOfWork) -> bool:
    """Whether nothing was charged yet: money is never seeded among money that is real."""
    return uow.session.query(Charge).first() is None


def _charge(uow: UnitOfWork, kind: Kind, key: str, cents: int, purpose: str) -> Charge:
    wanted = Wanted(
        reference=f"demo:{key}", kind=kind, cents=cents, purpose=purpose, payer="Проба Пробова"
    )
    return charge_of(uow, make_charge(uow, wanted).id, to_change=True)


def _take(uow: UnitOfWork, charge: Charge, way: PaymentMethod) -> UUID:
    given = charge.owed_cents + (-charge.owed_cents) % 1000
    paid = take(
        uow,
        charge,
        way=way,
        given_cents=given,
        expected_version=charge.version,
        request_id=_id(charge.reference),
    )
    uow.session.flush()
    return paid.id


def _closed_yesterday(uow: UnitOfWork, kind: Kind) -> None:
    """By a colleague: the day of whoever seeds stays open."""
    other = _as_colleague(replace(uow, now=uow.now - timedelta(days=1)))
    _take(
        other,
        _charge(other, kind, "closed", 770, "Удостоверение за наследници"),
        PaymentMethod.CASH,
    )
    expected = drawer_of(other).cash_cents
    close_day(
        other,
        counted_cents=expected - 20,
        expected_cents=expected,
        note="Липсва монета при връщане на ресто",
        request_id=_id("close"),
    )


def _refunds(uow: UnitOfWork, kind: Kind) -> None:
    """One that waits for a second pair of eyes, one that waits for its money."""
    other = _as_colleague(uow)
    purpose = "Такса за техническа услуга, платена два пъти"
    for key, state in (("asked", RefundState.ASKED), ("approved", RefundState.APPROVED)):
        charge = _charge(uow, kind, key, 2600, purpose)
        money = Money(
            way=PaymentMethod.BANK, provider_id=_STATEMENT[key], cents=2600, received_on=today()
        )
        payment = payment_of(uow, receive(uow, charge, money).id)
        refund = ask_refund(
            other, payment, cents=1300, reason="Платено е два пъти", request_id=_id(key)
        )
        uow.session.flush()
        if state is RefundState.APPROVED:
            approve_refund(other, refund, expected_version=refund.version)


def _overpaid(uow: UnitOfWork, kind: Kind) -> None:
    charge = _charge(uow, kind, "overpaid", 6120, "Данък върху имот, втора вноска за 2026 г.")
    money = Money(way=PaymentMethod.BANK, provider_id="900003", cents=6200, received_on=today())
    receive(uow, charge, money)
    uow.session.flush()


def _as_colleague(uow: UnitOfWork) -> UnitOfWork:
    """The same work by somebody else, who has no profile: what they ask, others may approve."""
    return replace(uow, principal=Principal(name=COLLEAGUE))


def _id(key: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"billing/{key}")


def plant(uow: UnitOfWork, mark: str) -> None:
    """A kind of income with that number, under which nothing can be charged."""
    request_id = uuid5(NAMESPACE_URL, mark)
    if uow.session.scalar(select(Kind.id).where(Kind.request_id == request_id)) is None:
        title = f"Контролен вид {mark}"
        planted = Kind(request_id=request_id, code=f"99{mark}", title=title, is_active=False)
        uow.session.add(planted)
