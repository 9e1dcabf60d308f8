"""Demonstration money: invented, enough of it that every page has something to show."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import select
from stdnum import iban as ibans

from obshto.billing.charges.kinds import add_kind
from obshto.billing.charges.making import Wanted, charge_of, make_charge
from obshto.billing.charges.models import Charge, Kind, Way
from obshto.billing.charges.settling import Money, receive
from obshto.billing.counter.services import close_day, drawer_of, take
from obshto.billing.refunds.models import RefundState
from obshto.billing.refunds.services import approve_refund, ask_refund, payment_of
from obshto.billing.settings import SLUG, BillingSettings, billing_settings
from obshto.platform.clock import today
from obshto.platform.settings.services import save_settings, version_of
from obshto.platform.work import Principal, Work

KINDS = (
    ("442100", "Данък върху недвижимите имоти"),
    ("442400", "Такса за битови отпадъци"),
    ("448001", "Такса за технически услуги"),
    ("448007", "Такса за административни услуги"),
    ("448008", "Такса за ползване на място"),
    ("442300", "Данък върху превозните средства"),
    ("448013", "Такса за притежаване на куче"),
)
COLLEAGUE = "Снежана Илчева"
# Invented: the check digits fit, so that the square code can be tried; no bank has this account.
IBAN_BODY = "DEMO96611020345678"
_STATEMENT = {"asked": "900001", "approved": "900002"}  # numbers of lines


def seed(work: Work) -> None:
    """Their request ids are made of their keys, so seeding twice is harmless."""
    kinds = [_kind(work, code, title) for code, title in KINDS]
    _account(work)
    if not _is_first(work):
        return
    _closed_yesterday(work, kinds[3])
    _charge(work, kinds[3], "waiting", 1250, "Скица на имот, издаване до 7 дни")
    _charge(work, kinds[1], "waste", 4860, "Такса за битови отпадъци за 2026 г.")
    _take(work, _charge(work, kinds[4], "fair", 3000, "Място на есенния панаир"), Way.POS)
    _refunds(work, kinds[2])
    _overpaid(work, kinds[0])
    _take(work, _charge(work, kinds[3], "copy", 530, "Препис от акт за раждане"), Way.CASH)


def _kind(work: Work, code: str, title: str) -> Kind:
    return add_kind(work, code=code, title=title, request_id=_id(f"kind/{code}"))


def _account(work: Work) -> None:
    assert work.scope
    if billing_settings(work).iban:
        return
    settings = BillingSettings(
        holder=work.scope.title,
        iban=_iban(IBAN_BODY),
        bic="DEMOBGSF",
        bank="Демонстрационна банка",
        counter="Стая 3, от понеделник до петък, от 8:30 до 16:00 ч.",
    )
    save_settings(work, SLUG, settings, seen=version_of(work, SLUG))


def _iban(body: str) -> str:
    return f"BG{ibans.calc_check_digits(f'BG00{body}')}{body}"


def _is_first(work: Work) -> bool:
    """Whether nothing was charged yet: money is never seeded among money that is real."""
    return work.session.query(Charge).first() is None


def _charge(work: Work, kind: Kind, key: str, cents: int, purpose: str) -> Charge:
    wanted = Wanted(
        reference=f"demo:{key}", kind=kind, cents=cents, purpose=purpose, payer="Проба Пробова"
    )
    return charge_of(work, make_charge(work, wanted).id, to_change=True)


def _take(work: Work, charge: Charge, way: Way) -> UUID:
    given = charge.owed_cents + (-charge.owed_cents) % 1000
    paid = take(
        work,
        charge,
        way=way,
        given_cents=given,
        seen=charge.version,
        request_id=_id(charge.reference),
    )
    work.session.flush()
    return paid.id


def _closed_yesterday(work: Work, kind: Kind) -> None:
    """By a colleague: the day of whoever seeds stays open."""
    other = _as_colleague(replace(work, now=work.now - timedelta(days=1)))
    _take(other, _charge(other, kind, "closed", 770, "Удостоверение за наследници"), Way.CASH)
    expected = drawer_of(other).cash_cents
    close_day(
        other,
        counted_cents=expected - 20,
        expected_cents=expected,
        note="Липсва монета при връщане на ресто",
        request_id=_id("close"),
    )


def _refunds(work: Work, kind: Kind) -> None:
    """One that waits for a second pair of eyes, one that waits for its money."""
    other = _as_colleague(work)
    purpose = "Такса за техническа услуга, платена два пъти"
    for key, state in (("asked", RefundState.ASKED), ("approved", RefundState.APPROVED)):
        charge = _charge(work, kind, key, 2600, purpose)
        money = Money(way=Way.BANK, provider_id=_STATEMENT[key], cents=2600, received_on=today())
        payment = payment_of(work, receive(work, charge, money).id)
        refund = ask_refund(
            other, payment, cents=1300, reason="Платено е два пъти", request_id=_id(key)
        )
        work.session.flush()
        if state is RefundState.APPROVED:
            approve_refund(other, refund, seen=refund.version)


def _overpaid(work: Work, kind: Kind) -> None:
    charge = _charge(work, kind, "overpaid", 6120, "Данък върху имот, втора вноска за 2026 г.")
    money = Money(way=Way.BANK, provider_id="900003", cents=6200, received_on=today())
    receive(work, charge, money)
    work.session.flush()


def _as_colleague(work: Work) -> Work:
    """The same work by somebody else, who has no profile: what they ask, others may approve."""
    return replace(work, principal=Principal(name=COLLEAGUE))


def _id(key: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"billing/{key}")


def plant(work: Work, mark: str) -> None:
    """A kind of income with that number, under which nothing can be charged."""
    request_id = uuid5(NAMESPACE_URL, mark)
    if work.session.scalar(select(Kind.id).where(Kind.request_id == request_id)) is None:
        title = f"Контролен вид {mark}"
        planted = Kind(request_id=request_id, code=f"99{mark}", title=title, is_active=False)
        work.session.add(planted)
