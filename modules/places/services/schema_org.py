"""A place as machines read it: schema.org, for search engines and assistants."""

from __future__ import annotations

from typing import Any

from obshto.modules.places.models import Place
from obshto.modules.places.services.kinds import SCHEMA, Feature, kind_named
from obshto.platform.opening_hours.hours import DAY, Hours, read

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def linked(place: Place, language: str, address: str) -> dict[str, Any]:
    """https://schema.org/Place in JSON-LD; `address` is the page's own. Nothing empty is said."""
    name, about, _ = place.told(language)
    kind = kind_named(place.kind)
    told = {
        "@context": "https://schema.org",
        "@type": SCHEMA[kind] if kind else "Place",
        "@id": address,
        "url": place.website or address,
        "name": name,
        "description": about,
        "telephone": place.phone,
        "email": place.email,
        "address": _address(place, language),
        "geo": _geo(place),
        "openingHoursSpecification": _hours(read(place.hours)),
        "amenityFeature": [
            {"@type": "LocationFeatureSpecification", "name": feature.value, "value": True}
            for feature in Feature
            if feature in place.features
        ],
    }
    return {key: value for key, value in told.items() if value}


def _address(place: Place, language: str) -> dict[str, str] | None:
    told = {"streetAddress": place.address, "addressLocality": place.settlement_in(language)}
    known = {key: value for key, value in told.items() if value}
    return {"@type": "PostalAddress", "addressCountry": "BG", **known} if known else None


def _geo(place: Place) -> dict[str, Any] | None:
    if place.latitude is None:
        return None
    point = {"latitude": place.latitude, "longitude": place.longitude}
    return {"@type": "GeoCoordinates", **point}


def _hours(hours: Hours | None) -> list[dict[str, str]]:
    if hours is None:
        return []
    return [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": day,
            "opens": _time(span.opens),
            "closes": _time(span.closes),
        }
        for day, spans in zip(DAYS, hours.week, strict=True)
        for span in spans
    ]


def _time(minute: int) -> str:
    """A whole day is 00:00 to 23:59 there."""
    if minute == DAY:
        return "23:59"
    return "{:02}:{:02}".format(*divmod(minute % DAY, 60))
