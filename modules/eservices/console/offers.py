"""How the municipality offers its services: online or not, the fee, who signs."""

from __future__ import annotations

from flask import render_template

from obshto.modules.eservices.console.blueprint import Answer, console
from obshto.modules.eservices.forms.prices import offer_form
from obshto.modules.eservices.permissions import ServicesPermission
from obshto.modules.eservices.services import offers
from obshto.modules.eservices.services.catalogue import object_id_of, service_of, services
from obshto.platform.web.access import requires
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow
from obshto.tenants.ports import cashier


@console.get("/offers")
@requires(ServicesPermission.OFFER)
def offered() -> str:
    said = offers.offers(current_uow())
    online = [service for service in services(current_uow()).values() if service.can_be_online]
    paper = [service for service in services(current_uow()).values() if not service.can_be_online]
    return render_template("eservices/offers.html", said=said, online=online, paper=paper)


@console.route("/offers/<key>", methods=["GET", "POST"])
@requires(ServicesPermission.OFFER)
def offer(key: str) -> Answer:
    uow, service = current_uow(), service_of(current_uow(), key)
    form = offer_form(offers.offer_of(uow, key))
    form.offer(cashier().kinds(uow))
    if form.validate_on_submit():
        offers.change_offer(uow, service, form.terms(), expected_version=form.expected_version.data)
        return see_other("eservices_console.offered", said="eservices.offer-saved")
    shown = {"form": form, "service": service, "object_id": object_id_of(service)}
    page = render_template("eservices/offer.html", **shown)
    return (page, 422) if form.errors else page
