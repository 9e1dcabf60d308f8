"""What municipalities use, a day at a time; each cause is counted once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Date, cast, func, select, text
from sqlalchemy.dialects.postgresql import insert

from obshto.billing.sharing.formula import MODULE, Used
from obshto.billing.sharing.models import Use
from obshto.billing.sharing.tariff_terms import METERS, Metered
from obshto.billing.sharing.tariffs import next_month
from obshto.platform.clock import day_of
from obshto.platform.modularity.manifest import Job
from obshto.platform.scope import PRACTICE
from obshto.platform.unit_of_work import Principal, UnitOfWork, open_uow
from obshto.tenants.api import find_municipality

K = TypeVar("K")
Counts = dict[date, dict[str, dict[K, int]]]
MEGABYTE = 1024 * 1024
STORAGE = text("""
    SELECT coalesce(sum(pg_total_relation_size(oid)), 0)::bigint FROM pg_class
    WHERE relnamespace = CAST(:schema AS regnamespace) AND relkind IN ('r', 'm')
""")


def count(
    region: UnitOfWork, municipality: str, key: str, *, word: str, day: date, number: int
) -> None:
    """So many units on that day; what `key` names is counted once, however often it is told."""
    if municipality == PRACTICE:
        return  # nobody pays for practice
    row = {"municipality": municipality, "key": key, "word": word, "day": day, "number": number}
    region.session.execute(insert(Use).values(row).on_conflict_do_nothing())


def used_in(region: UnitOfWork, month: date) -> Mapping[str, Used]:
    """By municipality. What is measured each day (storage) is the mean of the days measured."""
    return used_over(region, month, next_month(month)).get(month, {})


def used_over(region: UnitOfWork, first: date, last: date) -> Mapping[date, Mapping[str, Used]]:
    """The same by month, from the first one to before the last. One query."""
    month = cast(func.date_trunc("month", Use.day), Date)
    kind = (month, Use.municipality, Use.word)
    rows = (
        select(*kind, func.sum(Use.number), func.count(Use.day.distinct()))
        .where(Use.day >= first, Use.day < last)
        .group_by(*kind)
    )
    modules: Counts[str] = defaultdict(lambda: defaultdict(dict))
    meters: Counts[Metered] = defaultdict(lambda: defaultdict(dict))
    for at, slug, word, number, days in region.session.execute(rows):
        if word.startswith(MODULE):
            modules[at][slug][word.removeprefix(MODULE)] = int(number)
        else:
            metered = METERS[word]
            divisor = days if metered is Metered.STORAGE else 1
            meters[at][slug][metered] = int(number) // divisor
    return {
        at: {
            slug: Used(modules=modules[at][slug], meters=meters[at][slug])
            for slug in {*modules[at], *meters[at]}
        }
        for at in {*modules, *meters}
    }


def count_the_day(uow: UnitOfWork) -> None:
    """Job: which modules are on today, how much room the data take."""
    slug, day = uow.scope.slug, day_of(uow.now)
    size = uow.session.scalar(STORAGE, {"schema": f'"{uow.scope.schema}"'}) or 0
    uow.commit()
    here = find_municipality(slug)
    with open_uow(None, Principal.system(DAILY.name)) as region:
        for module in sorted(here.modules if here else ()):
            word = f"{MODULE}{module}"
            count(region, slug, f"{word}:{day}", word=word, day=day, number=1)
        number = -(-size // MEGABYTE)
        count(region, slug, f"storage:{day}", word=Metered.STORAGE, day=day, number=number)


def count_messages(uow: UnitOfWork, *, payload: dict[str, Any]) -> None:
    """Reaction to „notify:sms.sent“: `subject_id` the message, `parts` how many were paid for.

    On the day that is told with it, as an ISO moment in `at`; else today.
    """
    slug, told = uow.scope.slug, payload.get("at")
    day = day_of(datetime.fromisoformat(told) if told else uow.now)
    uow.commit()
    with open_uow(None, Principal.system("billing:count-messages")) as region:
        key = f"{Metered.SMS}:{payload['subject_id']}"
        count(region, slug, key, word=Metered.SMS, day=day, number=int(payload["parts"]))


def count_help(region: UnitOfWork, municipality: str, entry: UUID, *, minutes: int) -> None:
    """So long was it helped today; `entry` is the answer that says so, and counts once."""
    day = day_of(region.now)
    key = f"{Metered.HELP}:{entry}"
    count(region, municipality, key, word=Metered.HELP, day=day, number=minutes)


DAILY = Job(name="billing:count-the-day", run=count_the_day, every="40 */4 * * *")
# Whoever sends short messages records this fact in the municipality.
REACTIONS = {"notify:sms.sent": Job(name="billing:count-messages", run=count_messages)}
