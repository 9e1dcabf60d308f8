"""The home page of a municipality: what matters today, then a block from each part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import Response, abort

from obshto.platform.modularity.manifest import Component, Errand, HomeBlock, Today
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.municipalities.lookup import Municipality

Shown = tuple[Component, HomeBlock]
MOST = 4  # things of any list of the page
ERRANDS, EXAMPLES = 6, 3
DRAWINGS = Path(__file__).parent / "data" / "drawings"
HILLS = "hills"  # where nobody has drawn the place
FOREVER = "public, max-age=31536000, immutable"


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


def today_of(uow: UnitOfWork, parts: Iterable[Component]) -> list[Today]:
    """Today's line: what each part has to say of this day, the lightest first."""
    found = [said for part in parts if part.today for said in [part.today(uow)] if said]
    return sorted(found, key=_weight)[:MOST]


def examples_of(parts: Iterable[Component], here: Municipality, language: str) -> list[str]:
    """Words worth searching for in this municipality, in turn from each part that knows some."""
    place = here.names.get(language) or here.names["bg"]
    known = [part.examples for part in parts if part.examples]
    deepest = max(map(len, known), default=0)
    turns = [words[turn] for turn in range(deepest) for words in known if turn < len(words)]
    return [str(words).replace("{place}", place) for words in turns[:EXAMPLES]]


def drawing_address(here: Municipality) -> str:
    """Where the drawing of the place lies; the address carries its content."""
    return f"/drawing.{_tag(_drawn(here.slug))}.svg"


def drawing_of(here: Municipality, tag: str) -> Response:
    """The drawing of the place, under its own address alone."""
    name = _drawn(here.slug)
    if tag != _tag(name):
        abort(404)
    headers = {"Cache-Control": FOREVER}
    return Response(_content(name), mimetype="image/svg+xml", headers=headers)


def _drawn(slug: str) -> str:
    return slug if (DRAWINGS / f"{slug}.svg").is_file() else HILLS


@cache
def _content(name: str) -> bytes:
    return (DRAWINGS / f"{name}.svg").read_bytes()


@cache
def _tag(name: str) -> str:
    return sha256(_content(name)).hexdigest()[:10]


def _weight(thing: Errand | Today) -> int:
    return thing.weight


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
