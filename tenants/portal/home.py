"""The home page of a municipality: a block from each part that has something to show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from obshto.platform.modularity.manifest import Component, Errand, HomeBlock
from obshto.platform.unit_of_work import UnitOfWork

Shown = tuple[Component, HomeBlock]


def blocks_of(uow: UnitOfWork, parts: Iterable[Component], first: Sequence[str]) -> list[Shown]:
    """Each part that has a block, with it: those in `first` in that order, then the lightest."""
    found = [(part, block) for part in parts if part.home for block in [part.home(uow)] if block]
    places = {slug: place for place, slug in enumerate(first)}

    def place(shown: Shown) -> tuple[int, int]:
        part, block = shown
        return places.get(part.slug, len(places)), block.weight

    return sorted(found, key=place)


def errands_of(parts: Iterable[Component]) -> list[Errand]:
    """What people can do here, the lightest first."""
    return sorted((errand for part in parts for errand in part.errands), key=_weight)


def _weight(errand: Errand) -> int:
    return errand.weight


def with_first(slug: str, shown: Sequence[str], before: Sequence[str]) -> list[str]:
    """The order with `slug` first; `shown` are the parts that have a block now, from the top.

    Parts that have none just now stay behind the one that they stood behind `before`.
    """
    order = [part for part in shown if part != slug]
    for place, part in enumerate(before):
        if part not in shown:
            leaders = [other for other in before[:place] if other in order]
            order.insert(order.index(leaders[-1]) + 1 if leaders else 0, part)
    return [slug, *order]
