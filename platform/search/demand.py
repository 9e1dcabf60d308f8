"""How often people search, how often in vain, and for what of it there is a module: no words.

What they ask staff for, who note it, is counted beside it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert

from obshto.platform.clock import day_of
from obshto.platform.modularity.manifest import ModuleManifest
from obshto.platform.search.models import SearchDay, SearchWish
from obshto.platform.search.query_parser import ParsedQuery
from obshto.platform.search.wordforms import words_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE

SPAN = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Demand:
    """Of the last ninety days: searches without an answer, those of them that named the module,
    and how often staff noted that somebody asked for it.
    """

    in_vain: int
    for_this: int
    at_counter: int


def count_search(uow: UnitOfWork, *, in_vain: bool, wished: Collection[str] = ()) -> None:
    """One more search of today, as the day is in Bulgaria; `wished` are modules it asked for."""
    day = day_of(uow.now)
    first = insert(SearchDay).values(day=day, asked=1, in_vain=int(in_vain))
    counted = {"asked": SearchDay.asked + 1, "in_vain": SearchDay.in_vain + int(in_vain)}
    uow.session.execute(first.on_conflict_do_update(index_elements=["day"], set_=counted))
    if wished:
        wish = insert(SearchWish).values([_one(day, part) for part in sorted(wished)])
        more = {"in_vain": SearchWish.in_vain + 1}
        keys = ["day", "part"]
        uow.session.execute(wish.on_conflict_do_update(index_elements=keys, set_=more))


def wished_for(question: ParsedQuery, modules: Collection[ModuleManifest]) -> set[str]:
    """The modules that a question names by one of the words they are called by."""
    return {
        module.slug
        for module in modules
        if any(question.says(word[0], SOURCE) for word in words_of(module.called))
    }


def demand_for(uow: UnitOfWork, part: str) -> Demand:
    """What staff may know before they switch it on. Two queries."""
    since = day_of(uow.now - SPAN)
    vain = select(func.sum(SearchDay.in_vain)).where(SearchDay.day > since)
    this = select(func.sum(SearchWish.in_vain), func.sum(SearchWish.at_counter))
    this = this.where(SearchWish.day > since, SearchWish.part == part)
    for_this, at_counter = uow.session.execute(this).one()
    return Demand(uow.session.scalar(vain) or 0, for_this or 0, at_counter or 0)


def noted_today(uow: UnitOfWork) -> dict[str, int]:
    """How often each module was asked for at the counter today. One query."""
    rows = select(SearchWish.part, SearchWish.at_counter).where(
        SearchWish.day == day_of(uow.now), SearchWish.at_counter > 0
    )
    return {part: number for part, number in uow.session.execute(rows)}


def note_at_counter(uow: UnitOfWork, part: str, *, expected_version: int, by: int) -> bool:
    """One more today (`by` 1), or one fewer where it was a slip (-1); never below none.

    `expected_version` is the number that its author had before their eyes: where it is another
    one nothing is done, and False is answered. So a form that comes twice counts once.
    """
    day, number = day_of(uow.now), expected_version + by
    if number < 0:
        return False
    if expected_version == 0:
        first = insert(SearchWish).values(day=day, part=part)
        uow.session.execute(first.on_conflict_do_nothing())
    noted = update(SearchWish).where(
        SearchWish.day == day, SearchWish.part == part, SearchWish.at_counter == expected_version
    )
    done = uow.session.execute(noted.values(at_counter=number).returning(SearchWish.part))
    return done.first() is not None


def _one(day: Any, part: str) -> dict[str, Any]:
    return {"day": day, "part": part, "in_vain": 1}
