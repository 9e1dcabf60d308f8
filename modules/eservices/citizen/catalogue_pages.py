"""The catalogue and the page of each service."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from flask import abort, render_template, request, url_for
from flask_babel import gettext as _

from obshto.modules.eservices.citizen.blueprint import citizen
from obshto.modules.eservices.models import Offer
from obshto.modules.eservices.services.catalogue import (
    ASKERS,
    EVENTS,
    OtherWay,
    Service,
    by_need,
    grouped,
    named,
    object_id_of,
    service_of,
    services,
)
from obshto.modules.eservices.services.offers import is_online, offer_of, offers
from obshto.modules.eservices.services.paper import blank_form
from obshto.modules.eservices.services.plain_words import grounds_in, in_words
from obshto.modules.eservices.services.prices import SPEEDS, Price, prices_of
from obshto.modules.eservices.services.published_acts import columns_of
from obshto.modules.eservices.services.schema_org import linked_service
from obshto.modules.eservices.settings import ServicesSettings
from obshto.platform.cases.channels import COUNTER, PORTAL
from obshto.platform.legal.terms import rule_of
from obshto.platform.settings.services import settings_of
from obshto.platform.web.access import open_to_all
from obshto.platform.web.language import current_language
from obshto.platform.web.request_uow import current_uow
from obshto.platform.web.validity import keep_until
from obshto.tenants.api import municipality_here


@citizen.get("/")
@open_to_all
def index() -> str:
    """All services; of what was typed, or of what happened and who asks, these alone."""
    uow = current_uow()
    keep_until(None)  # nothing in the catalogue depends on the clock
    words = request.args.get("q", "")[:200].strip()
    group = request.args.get("for", "")
    group = group if group in EVENTS or group in ASKERS else ""
    return render_template(
        "eservices/index.html",
        needs=lambda: by_need(uow),
        found=lambda: _found(words, group),
        words=words,
        group=group,
        online=_online,
        first=_first,
        choices=((_("Какво се случи?"), EVENTS), (_("Кой пита?"), ASKERS)),
    )


def _found(words: str, group: str) -> list[Service]:
    """What was looked for, of what takes applications."""
    uow = current_uow()
    found = named(uow, words) if words else grouped(uow, group)
    return [service for service in found if service.is_listed]


def _online() -> set[str]:
    """The services that one can apply for here by the portal. One query."""
    said = offers(current_uow())
    return {s.key for s in services(current_uow()).values() if is_online(s, said.get(s.key))}


def _first(online: Collection[str], rows: Iterable[Service]) -> list[Service]:
    """What can be done online first."""
    return sorted(rows, key=lambda service: service.key not in online)


@citizen.get("/<key>")
@open_to_all
def service(key: str) -> str:
    uow, service = current_uow(), service_of(current_uow(), key)
    offer = offer_of(uow, key)
    online = is_online(service, offer)
    prices = prices_of(offer, PORTAL if online else COUNTER)
    return render_template(
        "eservices/service.html",
        service=service,
        prices=prices,
        speeds=SPEEDS,
        bring=_bring(service),
        more=offer.bring.splitlines() if offer else [],
        in_words=in_words,
        grounds_in=grounds_in,
        rules=_rules(service),
        object_id=object_id_of(service),
        is_online=online,
        settings=settings_of(uow, "eservices", ServicesSettings),
        linked=_linked(service, prices, is_online=online),
        **_beside(service, offer),
    )


def _beside(service: Service, offer: Offer | None) -> dict[str, Any]:
    """Where else it leads, how long it is kept by which law, whether it has an open register."""
    return {
        "other_way": _other_way(service),
        "keep_years": offer.keep_years if offer else None,
        "keep_law": offer.keep_law if offer else "",
        "has_register": bool(columns_of(service)),
    }


def _bring(service: Service) -> Sequence[str]:
    """What is needed, as the definition has it in the language of the page, else the catalogue."""
    if service.definition is None:
        return service.bring
    return [item["text"][current_language()] for item in service.definition.bring]


def _rules(service: Service) -> list[Mapping[str, Any]]:
    """By which its term runs, for whichever answers."""
    return [rule_of(term.rule) for term in (service.definition.terms if service.definition else ())]


def _other_way(service: Service) -> OtherWay | None:
    """Where it leads; a part of the portal only where that is switched on."""
    way = service.other_way
    if way and way.part:
        if way.part not in municipality_here(current_uow()).modules:
            return None
        return replace(way, url=request.script_root + way.url)
    return way


def _linked(service: Service, prices: Sequence[Price], *, is_online: bool) -> dict[str, Any]:
    start = url_for(".start", key=service.key, _external=True) if is_online else ""
    here = municipality_here(current_uow())
    return linked_service(service, prices, address=request.base_url, online_at=start, here=here)


@citizen.get("/<key>/form")
@open_to_all
def paper_form(key: str) -> str:
    service = service_of(current_uow(), key)
    if service.only_in_person:  # the clerk writes it down
        abort(404)
    lines = blank_form(current_uow(), service)
    return render_template("eservices/paper.html", service=service, lines=lines)
