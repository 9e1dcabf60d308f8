"""An event as machines read it: schema.org, for search engines and assistants."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from obshto.modules.events.models import Event
from obshto.modules.events.services.occurrences import Occurrence, State
from obshto.platform.clock import SOFIA

STATUS = {
    State.PLANNED: "EventScheduled",
    State.MOVED: "EventRescheduled",
    State.CANCELLED: "EventCancelled",
}


def linked(
    one: Occurrence[Event], shown: Event, *, address: str, place: str, publisher: str, image: str
) -> dict[str, Any]:
    """https://schema.org/Event in JSON-LD of one of its times. Nothing empty is said."""
    event = one.event
    told = {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": address,
        "url": address,
        "name": shown.title,
        "description": shown.summary,
        "inLanguage": shown.language,
        "startDate": _time(one.starts_at, event.is_all_day),
        "endDate": _day(one) if event.is_all_day else _time(one.ends_at, False),
        "previousStartDate": _time(one.moved_from, False) if one.moved_from else None,
        "eventStatus": f"https://schema.org/{STATUS[one.state]}",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "isAccessibleForFree": True if event.is_free else None,
        "image": image,
        "location": _location(event, place or publisher),
        "organizer": {"@type": "Organization", "name": event.organizer or publisher},
    }
    return {key: value for key, value in told.items() if value}


def _time(moment: datetime, is_day: bool) -> str:
    local = moment.astimezone(SOFIA)
    return local.date().isoformat() if is_day else local.isoformat(timespec="seconds")


def _day(one: Occurrence[Event]) -> str:
    return one.last_day.isoformat()


def _location(event: Event, place: str) -> dict[str, Any]:
    address = {"streetAddress": event.address, "addressLocality": place, "addressCountry": "BG"}
    told: dict[str, Any] = {
        "@type": "Place",
        "name": event.address or place,
        "address": {"@type": "PostalAddress"}
        | {key: value for key, value in address.items() if value},
    }
    if event.latitude is not None:
        point = {"latitude": event.latitude, "longitude": event.longitude}
        told["geo"] = {"@type": "GeoCoordinates", **point}
    return told
