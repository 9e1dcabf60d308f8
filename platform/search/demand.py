"""How often people search, how often in vain: numbers of a day, no words."""

from __future__ import annotations

from sqlalchemy.dialects.postgresql import insert

from obshto.platform.clock import day_of
from obshto.platform.search.models import SearchDay
from obshto.platform.work import Work


def count_search(work: Work, *, in_vain: bool) -> None:
    """One more search of today, as the day is in Bulgaria."""
    day = day_of(work.now)
    first = insert(SearchDay).values(day=day, asked=1, in_vain=int(in_vain))
    counted = {"asked": SearchDay.asked + 1, "in_vain": SearchDay.in_vain + int(in_vain)}
    work.session.execute(first.on_conflict_do_update(index_elements=["day"], set_=counted))
