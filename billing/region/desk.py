"""The region's pages of money: who shares, what each pays and owes."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from obshto.billing.collecting.collection_choice import collection_of
from obshto.billing.invoices.parties import customers, issuer, set_customer, set_issuer
from obshto.billing.invoices.remittances import (
    book_remittance,
    remittances,
    standing_of,
    standings,
    take_back,
)
from obshto.billing.permissions import CostPermission
from obshto.billing.region.forms.plain import IssuerForm, PartyForm, PaymentForm, PlanForm
from obshto.billing.sharing.formula import costs_of_month, total
from obshto.billing.sharing.members import (
    Sharer,
    as_they_are,
    choose_plan,
    everyone,
    sharer_named,
)
from obshto.billing.sharing.tariff_terms import Terms
from obshto.billing.sharing.tariffs import month_of, tariff_in_force
from obshto.billing.sharing.usage import used_in
from obshto.platform.clock import today
from obshto.platform.errors import Conflict, DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.forms import FlaskForm
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow

desk = Blueprint("billing_region", __name__)
Answer = str | tuple[str, int] | Response


def filled(form: FlaskForm, *, heading: str, act: str, back: str, **more: object) -> Answer:
    """A page of one form; with its complaints where there are any."""
    shown = {"form": form, "heading": heading, "act": act, "back_to": back, **more}
    page = render_template("billing/region_form.html", **shown)
    return (page, 422) if form.errors or form.form_errors else page


def request_here() -> UUID:
    """The id that came with a form of one button. Raises Conflict for a broken one."""
    try:
        return UUID(request.form.get("request_id", ""))
    except ValueError:
        raise Conflict from None


def terms_now() -> Terms:
    """Those in force this month; empty ones while there are none."""
    tariff = tariff_in_force(current_uow(), month_of(today()))
    return tariff.said if tariff else Terms()


@desk.get("/costs/")
@requires(CostPermission.SEE)
def index() -> str:
    """Everybody with their plan, this month's cost, what they owe."""
    uow, month = current_uow(), month_of(today())
    all_of_them = everyone(uow, month)
    sharing = [one for one in all_of_them if one.plan]
    terms = terms_now()
    costs = costs_of_month(terms, as_they_are(sharing, used_in(uow, month), month), month)
    return render_template(
        "billing/region.html",
        everyone=all_of_them,
        costs={slug: total(items) for slug, items in costs.items()},
        plans={plan.code: plan.title for plan in terms.plans},
        standings=standings(uow),
        issuer=issuer(uow),
        today=today(),
        month=month,
    )


@desk.get("/costs/municipalities/<slug>")
@requires(CostPermission.SEE)
def municipality(slug: str) -> str:
    uow, here = current_uow(), _here(slug)
    return render_template(
        "billing/region_municipality.html",
        here=here,
        plan=terms_now().plan(here.plan),
        buyer=customers(uow).get(slug),
        standing=standing_of(uow, slug),
        collection=collection_of(uow, slug),
        payments=uow.session.scalars(remittances(municipality=slug)).all(),
        today=today(),
        request_id=uuid4(),
    )


@desk.route("/costs/municipalities/<slug>/plan", methods=["GET", "POST"])
@requires(CostPermission.RUN)
def plan(slug: str) -> Answer:
    here, form = _here(slug), PlanForm()
    form.offer(terms_now(), month_of(today()))
    if form.validate_on_submit():
        try:
            _choose(here, form)
            return see_other(".municipality", slug=slug, said="billing.plan-chosen")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    act = gettext("Запишете плана")
    return filled(form, heading=gettext("План на общината"), act=act, back=_way(slug))


@desk.route("/costs/municipalities/<slug>/requisites", methods=["GET", "POST"])
@requires(CostPermission.RUN)
def requisites(slug: str) -> Answer:
    here, found = _here(slug), customers(current_uow()).get(slug)
    data = {"expected_version": found.version, **found.requisites} if found else _first(here)
    form = PartyForm(data=data)
    if form.validate_on_submit():
        try:
            set_customer(
                current_uow(), slug, form.party(), expected_version=form.expected_version.data
            )
            return see_other(".municipality", slug=slug, said="billing.requisites-set")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
            form.expected_version.data = found.version if found else 0
    act = gettext("Запишете данните")
    return filled(form, heading=gettext("Данни за фактура"), act=act, back=_way(slug))


@desk.route("/costs/municipalities/<slug>/payment", methods=["GET", "POST"])
@requires(CostPermission.RUN)
def payment(slug: str) -> Answer:
    here, form = _here(slug), PaymentForm()
    if form.validate_on_submit():
        _booked(here, form)
        return see_other(".municipality", slug=slug, said="billing.remittance-booked")
    act = gettext("Впишете плащането")
    return filled(form, heading=gettext("Плащане от общината"), act=act, back=_way(slug))


@desk.post("/costs/payments/<uuid:remittance_id>/back")
@requires(CostPermission.RUN)
def payment_back(remittance_id: UUID) -> Response:
    take_back(current_uow(), remittance_id, request_id=request_here())
    return see_other(".index", said="billing.taken-back")


@desk.route("/costs/issuer", methods=["GET", "POST"])
@requires(CostPermission.RUN)
def issuing() -> Answer:
    found = issuer(current_uow())
    form = IssuerForm(obj=found, data={"expected_version": found.version if found else 0})
    if form.validate_on_submit():
        try:
            told = form.party(), form.issuing()
            set_issuer(current_uow(), *told, expected_version=form.expected_version.data)
            return see_other(".index", said="billing.requisites-set")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
            form.expected_version.data = found.version if found else 0
    act = gettext("Запишете данните")
    return filled(form, heading=gettext("Кой издава фактурите"), act=act, back=url_for(".index"))


def _booked(here: Sharer, form: PaymentForm) -> None:
    assert form.received_on.data
    book_remittance(
        current_uow(),
        here.slug,
        cents=form.cents.data,
        received_on=form.received_on.data,
        reference=form.reference.data.strip(),
        request_id=form.request_id.data,
    )


def _choose(here: Sharer, form: PlanForm) -> None:
    choose_plan(
        current_uow(),
        here,
        form.plan.data,
        since=date.fromisoformat(form.since.data),
        request_id=form.request_id.data,
    )


def _first(here: Sharer) -> dict[str, object]:
    """What is known of a municipality before anybody has written anything."""
    return {"expected_version": 0, "name": here.titles["bg"]}


def _here(slug: str) -> Sharer:
    return sharer_named(current_uow(), slug, month_of(today()))


def _way(slug: str) -> str:
    return url_for(".municipality", slug=slug)
