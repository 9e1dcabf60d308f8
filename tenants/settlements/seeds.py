"""Demonstration profiles: two villages of each municipality, with invented people."""

from __future__ import annotations

from obshto.platform.opening_hours.hours import Hours, Span, stored
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.portal.territory import settlements_of
from obshto.tenants.settlements.services import (
    UNWRITTEN,
    SettlementEntry,
    profile_of,
    write_profile,
)

MORNING = (Span(8 * 60, 12 * 60),)
WEEK = (MORNING, (), MORNING, (), MORNING, (), ())
PEOPLE = ("Проба Примерова", "Пример Пробов")
FACTS = "Аптечен пункт има в общинския център.\nФелдшерът идва всяка сряда от 9 часа."


def seed(uow: UnitOfWork) -> None:
    """What somebody wrote since stays as it is."""
    villages = [place for place in settlements_of(uow.scope.slug) if not place.is_seat]
    for mayor, place in zip(PEOPLE, villages, strict=False):
        if profile_of(uow, place.ekatte) is None:
            hours = Hours(week=WEEK, holidays=None, changes=())
            said = SettlementEntry(
                mayor=mayor, phone="0938 12 345", hours=stored(hours), facts=FACTS
            )
            write_profile(uow, place.ekatte, said, expected_version=UNWRITTEN)
