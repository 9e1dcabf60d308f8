"""A service as machines read it: schema.org, for search engines and assistants."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import request, url_for

from obshto.modules.eservices.services.catalogue import Service
from obshto.modules.eservices.services.prices import Price
from obshto.platform.web.language import SOURCE
from obshto.tenants.api import Municipality


def linked_service(
    service: Service, prices: Sequence[Price], *, is_online: bool, here: Municipality
) -> dict[str, Any]:
    """https://schema.org/GovernmentService in JSON-LD. Nothing empty is said."""
    told = {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "@id": request.base_url,
        "name": service.title,
        "identifier": service.number,
        "url": request.base_url,
        "inLanguage": SOURCE,
        "areaServed": {"@type": "AdministrativeArea", "name": here.title()},
        "provider": {"@type": "GovernmentOrganization", "name": here.title()},
        "audience": {"@type": "Audience", "audienceType": service.who} if service.who else None,
        "offers": [_offer(price) for price in prices if price.cents is not None],
        "availableChannel": [_channel(here), *([_online(service)] if is_online else [])],
    }
    return {name: value for name, value in told.items() if value}


def _offer(price: Price) -> dict[str, str]:
    whole, rest = divmod(price.cents or 0, 100)
    return {"@type": "Offer", "price": f"{whole}.{rest:02}", "priceCurrency": "EUR"}


def _online(service: Service) -> dict[str, str]:
    """The portal itself."""
    url = url_for("eservices_citizen.start", key=service.key, _external=True)
    return {"@type": "ServiceChannel", "serviceUrl": url}


def _channel(here: Municipality) -> dict[str, Any]:
    """The counter, with the phone and the address that the municipality has given."""
    told: dict[str, Any] = {"@type": "ServiceChannel"}
    if phone := here.contact.get("phone"):
        told["servicePhone"] = {"@type": "ContactPoint", "telephone": phone}
    if address := here.contact.get("address"):
        told["serviceLocation"] = {"@type": "Place", "address": address}
    return told
