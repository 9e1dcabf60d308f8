"""Demonstration report of the year before: invented figures, spread over the settlements.

The larger ones share the voices by how many live there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import select

from obshto.modules.participation import __file__ as here
from obshto.modules.participation.models import ParticipationReport
from obshto.modules.participation.services.reports import publish_report
from obshto.platform.clock import day_of
from obshto.platform.participation.figures import held_back
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.api import population_of_settlements, settlements_here

PLACES = 6


def seed(uow: UnitOfWork) -> None:
    """There is one report a year, so seeding twice is harmless."""
    year = day_of(uow.now).year - 1
    if uow.session.scalar(select(ParticipationReport.id).where(ParticipationReport.year == year)):
        return
    demo: Mapping[str, Any] = json.loads(
        (Path(here).parent / "data" / "demo.json").read_text("utf-8")
    )
    shares = _shares(uow)
    ways = {word: way | _placed(way, shares) for word, way in demo["ways"].items()}
    report = ParticipationReport(
        request_id=uuid5(NAMESPACE_URL, f"participation/{uow.scope.slug}/{year}"),
        year=year,
        foreword=demo["foreword"],
        figures={"ways": ways, "promises": demo["promises"]},
        counted_at=uow.now,
    )
    uow.session.add(report)
    uow.session.flush()
    publish_report(uow, report, expected_version=report.version)


def _shares(uow: UnitOfWork) -> Mapping[str, float]:
    population = population_of_settlements()
    known = {code: population[code] for code in settlements_here(uow) if code in population}
    largest = sorted(known, key=lambda code: (-known[code], code))[:PLACES]
    whole = sum(known.values())
    return {code: known[code] / whole for code in largest}


def _placed(way: Mapping[str, Any], shares: Mapping[str, float]) -> dict[str, Any]:
    if way["by_place"] is None:
        return {}
    numbers = {code: round(way["voices"] * share) for code, share in shares.items()}
    return {"by_place": held_back(numbers)}
