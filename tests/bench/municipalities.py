"""What a new municipality costs, and what a start costs when there is nothing to migrate."""

from __future__ import annotations

import time
from statistics import median

from obshto.ops.migrate import migrate_all

SIZES = (11, 100)


def bench(region, *, rounds):
    """Lines of the report, in milliseconds."""
    took, quick = [], {}
    for size in SIZES:
        took += region.grow(size)
        quick[size] = [_no_op(region.config) for _ in range(rounds)]
    worst = sorted(took)[int(len(took) * 0.9)]
    yield f"a new municipality: {1000 * median(took):.0f} ms (nine of ten below {1000 * worst:.0f})"
    for size, seconds in quick.items():
        yield f"nothing to migrate, {size} municipalities: {1000 * median(seconds):.0f} ms"


def _no_op(config):
    began = time.monotonic()
    migrate_all(config, say=print)
    return time.monotonic() - began
