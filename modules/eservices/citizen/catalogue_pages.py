"""The catalogue and the page of each service."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from flask import abort, render_template, request
from flask_babel import gettext as _

from obshto.modules.eservices.citizen.blueprint import citizen
from obshto.modules.eservices.services.catalogue import (
    ASKERS,
    EVENTS,
    Service,
    by_need,
    grouped,
    named,
    service_of,
    services,
)
from obshto.modules.eservices.services.offers import is_online, offer_of, offers
from obshto.modules.eservices.services.paper import blank_form
from obshto.modules.eservices.services.prices import SPEEDS, prices_of
from obshto.modules.eservices.settings import ServicesSettings
from obshto.platform.cases.channels import COUNTER, PORTAL
from obshto.platform.legal.terms import rule_of
from obshto.platform.settings.services import settings_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.access import open_to_all
from obshto.platform.web.language import SOURCE
from obshto.platform.web.request_uow import current_uow
from obshto.platform.web.validity import keep_until


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
    definition = service.definition
    return render_template(
        "eservices/service.html",
        service=service,
        prices=prices_of(offer, PORTAL if is_online(service, offer) else COUNTER),
        speeds=SPEEDS,
        more=offer.bring.splitlines() if offer else [],
        definition=definition,
        rules=[rule_of(term.rule) for term in definition.terms] if definition else [],
        is_online=is_online(service, offer),
        settings=settings_of(uow, "eservices", ServicesSettings),
        linked=_linked(service, uow),
    )


def _linked(service: Service, uow: UnitOfWork) -> dict[str, Any]:
    """What machines are told of it: https://schema.org/GovernmentService in JSON-LD."""
    assert uow.scope
    told = {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "@id": request.base_url,
        "name": service.title,
        "identifier": service.number,
        "url": request.base_url,
        "inLanguage": SOURCE,
        "areaServed": {"@type": "AdministrativeArea", "name": uow.scope.title},
        "provider": {"@type": "GovernmentOrganization", "name": uow.scope.title},
    }
    return {name: value for name, value in told.items() if value}


@citizen.get("/<key>/form")
@open_to_all
def paper_form(key: str) -> str:
    service = service_of(current_uow(), key)
    if service.only_in_person:  # the clerk writes it down
        abort(404)
    lines = blank_form(current_uow(), service)
    return render_template("eservices/paper.html", service=service, lines=lines)
