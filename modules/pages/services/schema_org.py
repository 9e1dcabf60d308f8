"""What a page tells machines of itself, in the words of schema.org."""

from __future__ import annotations

from typing import Any

from obshto.modules.pages.models import Kind, Page

# Our short answers by the property that says the same there.
PROPERTIES = {
    Kind.SERVICE: {"audience": "audience", "term": "processingTime", "where": "availableChannel"},
    Kind.OFFICE: {
        "phone": "telephone",
        "email": "email",
        "address": "address",
        "hours": "openingHours",
        "head": "employee",
    },
    Kind.PLACE: {"phone": "telephone", "address": "address", "hours": "openingHours"},
    Kind.DOCUMENT: {"number": "identifier", "issuer": "publisher"},
    Kind.EVENT: {"venue": "location", "organiser": "organizer", "when": "temporalCoverage"},
    Kind.PLAIN: {},
}


def described(page: Page, shown: Page, *, address: str, municipality: str) -> dict[str, Any]:
    """A JSON-LD object for the text that is shown; https://schema.org."""
    assert page.published_at
    told = {
        name: shown.details[ours]
        for ours, name in PROPERTIES[page.kind].items()
        if shown.details.get(ours)
    }
    return {
        "@context": "https://schema.org",
        "@type": page.kind.schema,
        "name": shown.title,
        "description": shown.summary,
        "url": address,
        "inLanguage": shown.language,
        "datePublished": page.published_at.isoformat(timespec="seconds"),
        "dateModified": shown.changed_at.isoformat(timespec="seconds"),
        "provider": {"@type": "GovernmentOrganization", "name": municipality},
        **told,
    }
