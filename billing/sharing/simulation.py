"""What each would pay for a year, against the year before it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from obshto.billing.sharing.formula import BASE, MODULE, POPULATION, Used, costs_of_month
from obshto.billing.sharing.members import Sharer, as_they_are, everyone, sharers_over
from obshto.billing.sharing.models import Tariff
from obshto.billing.sharing.rounding import MONTHS
from obshto.billing.sharing.tariff_terms import Metered, Terms
from obshto.billing.sharing.tariffs import in_force, month_of, tariffs
from obshto.billing.sharing.usage import used_in, used_over
from obshto.platform.clock import day_of
from obshto.platform.unit_of_work import UnitOfWork

LOOKED_BACK = 3  # months of which the mean stands for what is used in a month


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """Of one municipality: cents of a year by the word of the line, and of the year before."""

    sharer: Sharer
    lines: Mapping[str, int]
    before: Mapping[str, int]

    @property
    def cents(self) -> int:
        return sum(self.lines.values())

    @property
    def before_cents(self) -> int:
        return sum(self.before.values())

    @property
    def change_cents(self) -> int:
        return self.cents - self.before_cents

    def part(self, kind: str) -> int:
        """Of one of `KINDS`."""
        return sum(cents for word, cents in self.lines.items() if kind_of(word) == kind)


KINDS = (BASE, POPULATION, "modules", "meters")


def kind_of(word: str) -> str:
    """In which column a line stands."""
    if word in (BASE, POPULATION):
        return word
    return "modules" if word.startswith(MODULE) else "meters"


def outlook(region: UnitOfWork, year: int, *, tried: Terms | None = None) -> list[Outlook]:
    """That year against the one before it, with the modules and the use of today in both.

    So only the formula differs. `tried` holds from January, in the place of what is in force. A
    month before the first version is reckoned by the first. All municipalities, as if the ones
    that do not share yet did.
    """
    versions = tariffs(region)
    sharing, used = everyone(region, month_of(day_of(region.now))), mean_use(region)
    there = _year(versions, year, sharing, used, tried)
    before = _year(versions, year - 1, sharing, used, None)
    return [Outlook(sharer=one, lines=there[one.slug], before=before[one.slug]) for one in sharing]


def of_year(region: UnitOfWork, year: int) -> list[Outlook]:
    """What each pays for that year, of those who share any of its months.

    A month that is over is reckoned by what held then: its formula, who shared, which modules were
    on, what was used. This month and those to come are as the modules and the use of today.
    """
    now, versions = month_of(day_of(region.now)), tariffs(region)
    months = [date(year, number, 1) for number in range(1, MONTHS + 1)]
    then = used_over(region, months[0], date(year + 1, 1, 1))
    sharing, mean = sharers_over(region, months), mean_use(region)
    sums: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    known: dict[str, Sharer] = {}
    for month in months:
        version = in_force(versions, month)
        if version is None:
            continue  # nobody paid yet
        here = sharing[month]
        members = (
            [one.member(then.get(month, {}).get(one.slug, Used())) for one in here]
            if month < now
            else as_they_are(here, mean, month)
        )
        known |= {one.slug: one for one in here}
        for slug, items in costs_of_month(version.said, members, month).items():
            for item in items:
                sums[slug][item.word] += item.cents
    by_name = sorted(known.values(), key=lambda one: one.name("bg"))
    return [Outlook(sharer=one, lines=sums[one.slug], before={}) for one in by_name]


def mean_use(region: UnitOfWork) -> Mapping[str, Used]:
    """What each uses in a month, of the last months in which anything was counted."""
    month, found = month_of(day_of(region.now)), []
    for _ in range(LOOKED_BACK):
        month = month_of(date.fromordinal(month.toordinal() - 1))
        if used := used_in(region, month):
            found.append(used)
    sums: dict[str, dict[Metered, int]] = defaultdict(lambda: defaultdict(int))
    for used in found:
        for slug, one in used.items():
            for metered, number in one.meters.items():
                sums[slug][metered] += number
    return {
        slug: Used(meters={metered: number // len(found) for metered, number in meters.items()})
        for slug, meters in sums.items()
    }


def _year(
    versions: Sequence[Tariff],
    year: int,
    sharing: Sequence[Sharer],
    used: Mapping[str, Used],
    tried: Terms | None,
) -> dict[str, dict[str, int]]:
    sums: dict[str, dict[str, int]] = {one.slug: defaultdict(int) for one in sharing}
    for number in range(1, MONTHS + 1):
        month = date(year, number, 1)
        version = in_force(versions, month) or (versions[-1] if versions else None)
        terms = tried or (version.said if version else Terms())
        costs = costs_of_month(terms, as_they_are(sharing, used, month), month)
        for slug, items in costs.items():
            for item in items:
                sums[slug][item.word] += item.cents
    return sums
