"""The home page of a municipality: a block from each part that has something to show."""

from __future__ import annotations

from collections.abc import Iterable

from obshto.platform.modularity.manifest import HomeBlock, Part
from obshto.platform.work import Work


def blocks_of(work: Work, parts: Iterable[Part]) -> list[HomeBlock]:
    """The blocks of these parts, the lightest first."""
    blocks = [block for part in parts if part.home for block in [part.home(work)] if block]
    return sorted(blocks, key=lambda block: block.weight)
