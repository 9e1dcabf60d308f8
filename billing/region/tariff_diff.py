"""What one version of the formula changes against another, line by line."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext

from obshto.billing.sharing.members import titles_of
from obshto.billing.sharing.tariff_terms import Metered, Terms
from obshto.platform.web.formats import euro

NONE = "–"
Change = tuple[str, str, str]


def lines(terms: Terms) -> Iterator[tuple[str, str]]:
    """All that it says of money: what, how much."""
    yield gettext("Делят поравно, за година"), euro(terms.base_cents)
    yield gettext("Делят според жителите, за година"), euro(terms.population_cents)
    for slug, cents in sorted(terms.modules.items()):
        [title] = titles_of(frozenset({slug}))
        yield gettext("Модул „%(title)s“ за месец", title=title), euro(cents)
    for metered in Metered:
        rate = terms.rate(metered)
        free = gettext("първите %(free)s за месец са безплатни", free=rate.free)
        price = f"{euro(rate.cents)}, {free}" if rate.free else euro(rate.cents)
        yield f"{metered.label}, {metered.unit}", price


def changes(before: Terms, after: Terms) -> list[Change]:
    """What, how it was, how it will be; only what differs."""
    old, new = dict(lines(before)), dict(lines(after))
    return [
        (what, old.get(what, NONE), new.get(what, NONE))
        for what in dict.fromkeys([*old, *new])
        if old.get(what) != new.get(what)
    ]
