"""The collector of garbage, while the house is put together and when it serves."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def gc_frozen() -> Iterator[None]:
    """Nothing is collected inside: what is imported stays, and looking through it again and again
    takes a fifth of the time of a start. Afterwards nobody looks at it any more.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()
