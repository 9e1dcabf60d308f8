"""The region's pages of collecting: how a municipality is asked, whether both sides agree."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext

from obshto.billing.collecting.collection_choice import (
    bills_of,
    check_choice,
    choose,
    collection_of,
    first_of,
    terms_wanted,
)
from obshto.billing.collecting.models import By
from obshto.billing.gateways.collector import collector
from obshto.billing.permissions import CostPermission
from obshto.billing.region.desk import Answer, filled
from obshto.billing.region.forms.collection import CollectingForm
from obshto.billing.sharing.members import Sharer, sharer_named
from obshto.billing.sharing.tariffs import month_of
from obshto.platform.clock import today
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow

collecting = Blueprint("collecting", __name__)


@collecting.get("/<slug>/collecting")
@requires(CostPermission.SEE)
def show(slug: str) -> str:
    """Who asks, since when, what the last look has found, what is asked there."""
    uow, here = current_uow(), _here(slug)
    return render_template(
        "billing/region_collecting.html",
        here=here,
        found=collection_of(uow, slug),
        bills=bills_of(uow, slug),
        is_possible=collector() is not None,
    )


@collecting.route("/<slug>/collecting/choose", methods=["GET", "POST"])
@requires(CostPermission.RUN)
def choosing(slug: str) -> Answer:
    """First what will happen is shown; only who agrees to that has chosen."""
    uow, here = current_uow(), _here(slug)
    found = collection_of(uow, slug)
    data = (
        {"expected_version": str(found.choice_id), "by": found.by, "email": found.email}
        if found
        else {}
    )
    form = CollectingForm(data=data or {"by": By.BANK.value})
    if form.validate_on_submit():
        try:
            check_choice(uow, slug, By(form.by.data))
            if "agreed" not in request.form:
                return _what_happens(here, form)
            _chosen(here, form)
            return see_other(".show", slug=slug, said="billing.collecting-chosen")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    act, back = gettext("Вижте какво ще стане"), url_for(".show", slug=slug)
    return filled(form, heading=gettext("Как се събират фактурите"), act=act, back=back)


def _what_happens(here: Sharer, form: CollectingForm) -> str:
    uow, found = current_uow(), collection_of(current_uow(), here.slug)
    told: dict[str, Any] = {
        "here": here,
        "form": form,
        "is_stripe": form.by.data == By.STRIPE,
        "was_stripe": bool(found and found.by == By.STRIPE),
        "since": found.since if found and found.by == form.by.data else first_of(uow),
        "terms": terms_wanted(uow, here.slug),
        "number": sum(one.state in ("draft", "open") for one in bills_of(uow, here.slug)),
    }
    return render_template("billing/region_collecting_ask.html", **told)


def _chosen(here: Sharer, form: CollectingForm) -> None:
    choose(
        current_uow(),
        here,
        By(form.by.data),
        email=form.letter_box,
        choice_id=form.choice_id.data,
        expected_version=form.expected_version.data or "",
    )


def _here(slug: str) -> Sharer:
    return sharer_named(current_uow(), slug, month_of(today()))
