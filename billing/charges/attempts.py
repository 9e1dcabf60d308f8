"""Try to pay through a gateway: one attempt at a time, begun once."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from obshto.billing.charges.fresh_rows import fresh
from obshto.billing.charges.lifecycle import attempts_of
from obshto.billing.charges.models import Attempt, Charge, Merchant, State, Step
from obshto.billing.errors import (
    AlreadyPaid,
    Cancelled,
    GatewayAway,
    GatewayDeclines,
    NotSetUp,
    TooSmall,
)
from obshto.billing.events import ChargeFailed
from obshto.billing.gateways.port import (
    Asked,
    Away,
    Capability,
    Declined,
    Gateway,
    PostForm,
    Started,
    gateways,
)
from obshto.platform.db.session import shared_session
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import euro

logger = logging.getLogger(__name__)
LIVES = timedelta(hours=23)  # a provider keeps an attempt for a day
OPEN = (Step.STARTED, Step.PENDING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Onward:
    """Where the person goes on: to an address, with a form, or with a code."""

    redirect: str = ""
    form: PostForm | None = None
    code: str = ""


def merchant_account(municipality: str, gateway: str) -> str | None:
    """How a provider calls the municipality; None where it does not. The region's own table."""
    with shared_session() as shared:
        found = shared.get(Merchant, (municipality, gateway))
        return found.account if found else None


def municipality_of(gateway: str, account: str) -> str | None:
    """The other way round: whose an account is."""
    wanted = select(Merchant).where(Merchant.gateway == gateway, Merchant.account == account)
    with shared_session() as shared:
        found = shared.scalar(wanted)
        return found.municipality if found else None


def ways_online(uow: UnitOfWork) -> list[Gateway]:
    """The gateways that can be used here and now. One query."""
    wanted = select(Merchant.gateway).where(Merchant.municipality == uow.scope.slug)
    with shared_session() as shared:
        here = set(shared.scalars(wanted))
    return [gateway for name, gateway in gateways().items() if name in here]


def begin_attempt(
    uow: UnitOfWork, charge: Charge, *, gateway: str, back_url: str, language: str
) -> Onward:
    """Send somebody to pay what is owed; who is under way already is sent there again.

    The charge is locked by the caller. Raises AlreadyPaid, Cancelled, NotSetUp, TooSmall,
    GatewayAway, GatewayDeclines.
    """
    if charge.state == State.CANCELLED:
        raise Cancelled
    if charge.owed_cents == 0:
        raise AlreadyPaid
    by, account = gateways().get(gateway), merchant_account(uow.scope.slug, gateway)
    if by is None or account is None:
        raise NotSetUp
    if charge.owed_cents < by.least_cents:
        raise TooSmall(sum=euro(by.least_cents))
    made = attempts_of(uow, charge)
    alive = next((one for one in made if _is_alive(uow, one, charge, by)), None)
    if alive:
        return _onward(by, alive)
    asked = Asked(
        municipality=uow.scope.slug,
        account=account,
        charge_id=charge.id,
        number=len(made) + 1,
        cents=charge.owed_cents,
        purpose=charge.purpose,
        code=charge.code,
        back_url=back_url,
        language=language,
    )
    started = _start(by, asked)
    return _onward(by, _kept(uow, asked, gateway, started), started.form)


def waiting(uow: UnitOfWork, charge: Charge) -> Attempt | None:
    """The attempt of which the bank has not said yet how it ended."""
    pending = (one for one in attempts_of(uow, charge) if one.step == Step.PENDING)
    return next(pending, None)


def attempt_named(uow: UnitOfWork, gateway: str, provider_id: str) -> Attempt | None:
    """As it is now: it may have been read before its charge was locked."""
    wanted = select(Attempt).where(Attempt.gateway == gateway, Attempt.provider_id == provider_id)
    return uow.session.scalar(fresh(wanted))


def turn_attempt(uow: UnitOfWork, charge: Charge, attempt: Attempt, step: Step) -> None:
    """How it goes on. What was paid stays so, whatever comes later."""
    if attempt.step in (Step.PAID, step) or (step is Step.PENDING and attempt.step not in OPEN):
        return
    attempt.step = step
    if step in (Step.FAILED, Step.EXPIRED) and not charge.is_paid:
        uow.emit(
            ChargeFailed(subject_id=charge.id, reference=charge.reference, cents=attempt.cents)
        )


def _is_alive(uow: UnitOfWork, attempt: Attempt, charge: Charge, by: Gateway) -> bool:
    """A form cannot be posted twice, so such an attempt is begun anew."""
    can_return = Capability.FORM_POST not in by.capabilities
    is_young = attempt.started_at > uow.now - LIVES
    is_same = attempt.gateway == by.slug and attempt.cents == charge.owed_cents
    return can_return and is_young and is_same and attempt.step in OPEN


def _onward(by: Gateway, attempt: Attempt, form: PostForm | None = None) -> Onward:
    if form:
        return Onward(form=form)
    if Capability.REDIRECT in by.capabilities:
        return Onward(redirect=attempt.address)
    return Onward(code=attempt.address)


def _start(by: Gateway, asked: Asked) -> Started:
    try:
        return by.start(asked)
    except Away as error:
        raise GatewayAway from error
    except Declined as error:
        logger.error("%s begins no payment: %s", by.slug, error)
        raise GatewayDeclines from error


def _kept(uow: UnitOfWork, asked: Asked, gateway: str, started: Started) -> Attempt:
    attempt = Attempt(
        charge_id=asked.charge_id,
        number=asked.number,
        gateway=gateway,
        provider_id=started.provider_id,
        address=started.redirect or started.code or "",
        cents=asked.cents,
        step=Step.STARTED,
        started_at=uow.now,
        person_id=uow.principal.person_id,
    )
    uow.session.add(attempt)
    uow.session.flush()
    return attempt
