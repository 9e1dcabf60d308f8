"""The home page of a municipality: what matters today, then a block from each part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from hashlib import sha256
from pathlib import Path

from flask import Response, abort
from markupsafe import Markup

from obshto.platform.modularity.manifest import Component, Errand, HomeBlock, Today
from obshto.platform.modularity.shared_blocks import is_shared_block
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.fragments import render_apart, render_once
from obshto.platform.web.request_uow import current_uow
from obshto.platform.web.validity import part_of_page
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


@dataclass(frozen=True, slots=True)
class DrawnBlock:
    """The HTML of a block, and whether it stands in the narrow column."""

    html: Markup
    is_aside: bool


def home_blocks(parts: Iterable[Component], first: Sequence[str]) -> list[DrawnBlock]:
    """The same as `blocks_of`, as HTML: shared blocks out of the fragment cache."""
    found = []
    for part in parts:
        if part.home is None:
            continue
        if is_shared_block(part.home):
            html = render_once(f"{part.slug}.home", partial(_block, part))
        else:
            with part_of_page():
                html = _block(part)
        found.append((part.slug, html))
    places = {slug: place for place, slug in enumerate(first)}

    def place(shown: tuple[str, Markup]) -> tuple[int, int]:
        slug, html = shown
        return places.get(slug, len(places)), int(html.partition("\n")[0].partition(" ")[0])

    return [_drawn_block(html) for _, html in sorted((it for it in found if it[1]), key=place)]


def _block(part: Component) -> Markup:
    """The weight of its block and its column, then its HTML; nothing where it has none now."""
    assert part.home
    block = part.home(current_uow())
    if block is None:
        return Markup()
    return Markup(f"{block.weight} {block.is_aside:d}\n") + render_apart(
        "tenants/home_block.html", block=block
    )


def _drawn_block(html: Markup) -> DrawnBlock:
    """`Markup.partition` gives Markup: what was escaped stays as it is."""
    head, _, body = html.partition("\n")
    return DrawnBlock(body, head.endswith(" 1"))


def errands_of(parts: Iterable[Component]) -> list[Errand]:
    """What people can do here, the lightest first."""
    return sorted((errand for part in parts for errand in part.errands), key=_weight)


def today_of(uow: UnitOfWork, parts: Iterable[Component]) -> list[Today]:
    """Today's line: what each part has to say of this day, the lightest first.

    Each says by `keep_until` how long that holds; where one does not, it is until the minute ends.
    """
    found = []
    for part in parts:
        if part.today:
            with part_of_page():
                said = part.today(uow)
            found += [said] if said else []
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
