"""Blocks of the home page that are the same for everybody."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from obshto.platform.modularity.manifest import HomeBlock

if TYPE_CHECKING:
    from obshto.platform.unit_of_work import UnitOfWork

Home = Callable[["UnitOfWork"], HomeBlock | None]
_SHARED_BLOCKS: set[Home] = set()


def shared_block(home: Home) -> Home:
    """Mark a `Part.home` whose block is the same for everybody: its HTML is a fragment.

    It must say by `keep_until` how long it holds by the clock. Not for a block with a form of its
    own, nor for one that says anything of who looks.
    """
    _SHARED_BLOCKS.add(home)
    return home


def is_shared_block(home: Home) -> bool:
    """Whether it was marked so."""
    return home in _SHARED_BLOCKS
