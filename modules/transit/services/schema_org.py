"""Stops and trips as machines read them: schema.org, for search engines and assistants."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any

from obshto.modules.transit.services.network import BusStop, Network, Run
from obshto.modules.transit.services.service_time import moment_of
from obshto.platform.clock import SOFIA

MOST = 20  # trips of one page


def linked_stop(stop: BusStop, language: str, address: str) -> dict[str, Any]:
    """https://schema.org/BusStop in JSON-LD; `address` is the page's own."""
    place = stop.place_in(language)
    told = {
        "@context": "https://schema.org",
        "@type": "BusStop",
        "@id": address,
        "url": address,
        "name": stop.name,
        "geo": {
            "@type": "GeoCoordinates",
            "latitude": stop.latitude,
            "longitude": stop.longitude,
        },
    }
    if place:
        told["address"] = {
            "@type": "PostalAddress",
            "addressLocality": place,
            "addressCountry": "BG",
        }
    return told


def linked_trips(network: Network, runs: Iterable[Run], address: str) -> list[dict[str, Any]]:
    """https://schema.org/BusTrip of each run."""
    return [_trip(network, run, address) for run in islice(runs, MOST)]


def _trip(network: Network, run: Run, address: str) -> dict[str, Any]:
    (first, leaves), (last, arrives) = run.trip.served[0], run.trip.served[-1]
    told = {
        "@context": "https://schema.org",
        "@type": "BusTrip",
        "url": address,
        "busNumber": run.line.number,
        "busName": run.line.name,
        "departureBusStop": _stop(network, run.stops[first]),
        "departureTime": _time(run, leaves),
        "arrivalBusStop": _stop(network, run.stops[last]),
        "arrivalTime": _time(run, arrives),
    }
    if run.line.carrier:
        told["provider"] = {"@type": "Organization", "name": run.line.carrier}
    return told


def _stop(network: Network, key: str) -> dict[str, str]:
    return {"@type": "BusStop", "name": network.stops[key].label}


def _time(run: Run, seconds: int) -> str:
    return moment_of(run.day, seconds).astimezone(SOFIA).isoformat(timespec="seconds")
