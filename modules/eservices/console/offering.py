"""How the municipality offers its services: online or not, the fee, who signs."""

from __future__ import annotations

from flask import render_template

from obshto.modules.eservices.console.blueprint import Answer, console
from obshto.modules.eservices.forms.acts import OfferForm
from obshto.modules.eservices.models import Offer
from obshto.modules.eservices.permissions import ServicesPermission
from obshto.modules.eservices.services import offers
from obshto.modules.eservices.services.catalogue import service_of, services
from obshto.platform.web.access import requires
from obshto.platform.web.edge import current_work
from obshto.platform.web.moves import see_other


@console.get("/offers")
@requires(ServicesPermission.OFFER)
def offered() -> str:
    said = offers.offers(current_work())
    online = [service for service in services().values() if service.can_be_online]
    paper = [service for service in services().values() if not service.can_be_online]
    return render_template("eservices/offers.html", said=said, online=online, paper=paper)


@console.route("/offers/<key>", methods=["GET", "POST"])
@requires(ServicesPermission.OFFER)
def offer(key: str) -> Answer:
    work, service = current_work(), service_of(key)
    form = _form(offers.offer_of(work, key))
    if form.validate_on_submit():
        terms = offers.Terms(
            is_online=form.is_online.data and service.can_be_online,
            fee_cents=form.fee_cents(),
            official=(form.official.data or "").strip(),
        )
        offers.change_offer(work, service, terms, seen=form.seen.data)
        return see_other("eservices_console.offered", said="eservices.offer-saved")
    page = render_template("eservices/offer.html", form=form, service=service)
    return (page, 422) if form.errors else page


def _form(said: Offer | None) -> OfferForm:
    if said is None:
        return OfferForm(data={"seen": offers.UNWRITTEN})
    fee = "" if said.fee_cents is None else f"{said.fee_cents // 100},{said.fee_cents % 100:02d}"
    typed = {"is_online": said.is_online, "fee": fee, "official": said.official}
    return OfferForm(data={"seen": said.version, **typed})
