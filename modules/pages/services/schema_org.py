"""JSON-LD of a page, in the words of schema.org.

The page is a WebPage; what it tells of, a service, an office, a place, a document, is its
`mainEntity`. Only properties that the type has there, with values of the type that they ask for:
opening hours and days that are told in prose are left out, and so is an Event, which is none
without a `startDate`. Events with times are told by their own module.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from obshto.modules.pages.models import Kind, Page

Told = tuple[str, Callable[[str], Any]]  # the property, what its value is made of


def _organisation(name: str) -> dict[str, str]:
    return {"@type": "Organization", "name": name}


def _person(name: str) -> dict[str, str]:
    return {"@type": "Person", "name": name}


def _audience(words: str) -> dict[str, str]:
    return {"@type": "Audience", "audienceType": words}


def _channel(where: str) -> dict[str, Any]:
    place = {"@type": "Place", "name": where}
    return {"@type": "ServiceChannel", "serviceLocation": place}


# Our short answers by the property that says the same there.
PROPERTIES: Mapping[Kind, Mapping[str, Told]] = {
    Kind.SERVICE: {
        "audience": ("audience", _audience),
        "where": ("availableChannel", _channel),
    },
    Kind.OFFICE: {
        "phone": ("telephone", str),
        "email": ("email", str),
        "address": ("address", str),
        "head": ("employee", _person),
    },
    Kind.PLACE: {"phone": ("telephone", str), "address": ("address", str)},
    Kind.DOCUMENT: {"number": ("identifier", str), "issuer": ("publisher", _organisation)},
}


def described(page: Page, shown: Page, *, address: str, municipality: str) -> dict[str, Any]:
    """A JSON-LD object for the text that is shown; https://schema.org/WebPage."""
    assert page.published_at
    office = {"@type": "GovernmentOrganization", "name": municipality}
    told = {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "name": shown.title,
        "description": shown.summary,
        "url": address,
        "inLanguage": shown.language,
        "datePublished": page.published_at.isoformat(timespec="seconds"),
        "dateModified": shown.changed_at.isoformat(timespec="seconds"),
        "publisher": office,
    }
    if page.kind in PROPERTIES:
        told["mainEntity"] = _main(page.kind, shown, office)
    return told


def _main(kind: Kind, shown: Page, office: dict[str, str]) -> dict[str, Any]:
    provider = {"provider": office} if kind is Kind.SERVICE else {}
    return {
        "@type": kind.schema,
        "name": shown.title,
        "description": shown.summary,
        **provider,
        **{
            name: value(shown.details[ours])
            for ours, (name, value) in PROPERTIES[kind].items()
            if shown.details.get(ours)
        },
    }
