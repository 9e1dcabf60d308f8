"""Where people pay: by the code of a notice, signed in or not."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from markupsafe import Markup
from sqlalchemy import Select, or_, select
from sqlalchemy.orm import contains_eager
from werkzeug.wrappers import Response

from obshto.billing.arrivals.services import look_soon
from obshto.billing.charges.attempts import begin_attempt, waiting, ways_online
from obshto.billing.charges.lifecycle import charge_with_code
from obshto.billing.charges.models import Charge, Payment, State
from obshto.billing.errors import NotSetUp, StaleVersion, WrongCode
from obshto.billing.finance.services import payments_of
from obshto.billing.settings import BillingSettings, billing_settings
from obshto.platform.codes import written_code
from obshto.platform.content.qr import transfer_code
from obshto.platform.web.access import open_to_all, signed_in
from obshto.platform.web.forms import seen_here
from obshto.platform.web.language import current_language
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow

citizen = Blueprint("billing_front", __name__)
Answer = str | tuple[str, int] | Response


@citizen.get("/pay/")
@open_to_all
def index() -> Answer:
    typed, error = request.args.get("code", "").strip()[:40], ""
    if typed:
        g.is_personal = True
        try:
            return see_other(".show", code=charge_with_code(current_uow(), typed).code)
        except WrongCode as refusal:
            error = str(refusal)
    page = render_template("billing/pay.html", typed=typed, error=error)
    return (page, 422) if error else page


@citizen.get("/account/payments")
@signed_in
def mine() -> str:
    uow, me = current_uow(), current_principal().person_id or abort(403)
    owed = list(uow.session.scalars(_owed_by(me)))
    page = paginate(uow.session, _paid_by(me), page_number())
    return render_template("billing/pay_mine.html", owed=owed, page=page)


@citizen.get("/pay/<code>")
@open_to_all
def show(code: str) -> str:
    """What it is for, how it can be paid; who comes back from a provider is looked after soon."""
    uow, charge = current_uow(), _charge(code)
    if "back" in request.args:
        look_soon(uow, charge)
    return render_template(
        "billing/pay_show.html",
        charge=charge,
        payments=payments_of(uow, charge),
        waiting=waiting(uow, charge),
        is_back="back" in request.args,
        online=ways_online(uow),
        settings=billing_settings(uow),
    )


@citizen.post("/pay/<code>/online/<gateway>")
@open_to_all
def start(code: str, gateway: str) -> Answer:
    """On to the provider's page. Coming back from there proves nothing."""
    uow, charge = current_uow(), _charge(code, to_change=True)
    if charge.version != seen_here():
        raise StaleVersion
    onward = begin_attempt(
        uow,
        charge,
        gateway=gateway,
        back_url=f"{uow.scope.address}{url_for('.show', code=charge.code, back=1)}",
        language=current_language(),
    )
    if onward.redirect:
        return redirect(onward.redirect, 303)
    return render_template("billing/pay_onward.html", charge=charge, onward=onward)


@citizen.get("/pay/<code>/transfer")
@open_to_all
def transfer(code: str) -> str:
    uow, charge = current_uow(), _charge(code)
    settings = billing_settings(uow)
    if charge.owed_cents == 0 or not settings.takes_transfers:
        raise NotSetUp
    papers = _papers(charge, settings)
    return render_template(
        "billing/pay_transfer.html", charge=charge, settings=settings, papers=papers
    )


@citizen.get("/pay/<code>/slip")
@open_to_all
def slip(code: str) -> str:
    """For the post office or a bank's desk: to be printed, filled in and signed by who pays."""
    uow, charge = current_uow(), _charge(code)
    settings = billing_settings(uow)
    if charge.owed_cents == 0 or not settings.takes_transfers:
        raise NotSetUp
    papers = _papers(charge, settings)
    return render_template("billing/pay_slip.html", charge=charge, settings=settings, papers=papers)


@citizen.get("/pay/<code>/receipt")
@open_to_all
def receipt(code: str) -> str:
    uow, charge = current_uow(), _charge(code)
    paid = [one for one in payments_of(uow, charge) if one.reversed_at is None]
    if not paid:
        abort(404)
    return render_template("billing/pay_receipt.html", charge=charge, payments=paid)


def _charge(code: str, *, to_change: bool = False) -> Charge:
    """Kept by no cache: it changes without anybody publishing it."""
    g.is_personal = True
    try:
        return charge_with_code(current_uow(), code, to_change=to_change)
    except WrongCode:
        abort(404)


def _papers(charge: Charge, settings: BillingSettings) -> list[tuple[str, int, Markup]]:
    """For each kind of income its code, its sum and both as a square code."""
    owed = charge.owed_by_kind.items()
    return [(kind, cents, _drawn(charge, settings, cents)) for kind, cents in owed]


def _drawn(charge: Charge, settings: BillingSettings, cents: int) -> Markup:
    return transfer_code(
        holder=settings.holder,
        iban=settings.iban,
        bic=settings.bic,
        cents=cents,
        reason=written_code(charge.code),
    )


def _owed_by(person_id: UUID) -> Select[Charge]:
    wanted = select(Charge).where(Charge.person_id == person_id, Charge.state == State.OPEN)
    return wanted.order_by(Charge.id.desc()).limit(50)


def _paid_by(person_id: UUID) -> Select[Payment]:
    """What they paid, and what was paid for them, at the counter too."""
    return (
        select(Payment)
        .join(Payment.charge)
        .options(contains_eager(Payment.charge))
        .where(or_(Payment.person_id == person_id, Charge.person_id == person_id))
        .where(Payment.reversed_at.is_(None))
        .order_by(Payment.number.desc())
    )
