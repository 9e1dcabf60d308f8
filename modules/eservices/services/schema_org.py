"""A service as machines read it: schema.org, for search engines and assistants."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from obshto.modules.eservices.services.catalogue import Service
from obshto.modules.eservices.services.prices import Price
from obshto.platform.web.language import SOURCE
from obshto.tenants.api import Municipality


def linked_service(
    service: Service, prices: Sequence[Price], *, address: str, online_at: str, here: Municipality
) -> dict[str, Any]:
    """https://schema.org/GovernmentService in JSON-LD; `address` is the page's own, `online_at`
    where one applies by the portal. Nothing empty is said.
    """
    told = {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "@id": address,
        "name": service.title,
        "identifier": service.number,
        "url": address,
        "inLanguage": SOURCE,
        "areaServed": {"@type": "AdministrativeArea", "name": here.title()},
        "provider": {"@type": "GovernmentOrganization", "name": here.title()},
        "audience": {"@type": "Audience", "audienceType": service.who} if service.who else None,
        "offers": [_offer(price) for price in prices if price.cents is not None],
        "availableChannel": _channels(here, online_at),
    }
    return {name: value for name, value in told.items() if value}


def _offer(price: Price) -> dict[str, str]:
    whole, rest = divmod(price.cents or 0, 100)
    return {"@type": "Offer", "price": f"{whole}.{rest:02}", "priceCurrency": "EUR"}


def _channels(here: Municipality, online_at: str) -> list[dict[str, Any]]:
    """The counter, and the portal where it takes the application."""
    portal = {"@type": "ServiceChannel", "serviceUrl": online_at}
    return [_counter(here), *([portal] if online_at else [])]


def _counter(here: Municipality) -> dict[str, Any]:
    """With the phone and the address that the municipality has given."""
    told: dict[str, Any] = {"@type": "ServiceChannel"}
    if phone := here.contact.get("phone"):
        told["servicePhone"] = {"@type": "ContactPoint", "telephone": phone}
    if address := here.contact.get("address"):
        told["serviceLocation"] = {"@type": "Place", "address": address}
    return told
