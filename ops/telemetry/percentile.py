"""Percentiles out of counted buckets: bounded in size, and they add up over workers and time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

# Upper bounds in milliseconds; what is slower falls into one more bucket. 200 is the goal.
BOUNDS = (5, 10, 25, 50, 100, 200, 400, 800, 1600, 3200, 6400)
SIZE = len(BOUNDS) + 1


def added(many: Iterable[Sequence[int]]) -> list[int]:
    """Bucket by bucket; nothing gives zeros."""
    total = [0] * SIZE
    for one in many:
        total = [a + b for a, b in zip(total, one, strict=True)]
    return total


def percentile(buckets: Sequence[int], share: float) -> float | None:
    """Milliseconds below which that share (0 to 1) of the requests stayed; None for no requests.

    Inside a bucket requests are taken as spread evenly, so the error is at most its width; what
    fell beyond the last bound is said to be as slow as that bound.
    """
    total = sum(buckets)
    if not total:
        return None
    wanted, before = share * total, 0
    for number, count in enumerate(buckets):
        if count and before + count >= wanted:
            low = BOUNDS[number - 1] if number else 0
            high = BOUNDS[min(number, len(BOUNDS) - 1)]
            return low + (high - low) * (wanted - before) / count
        before += count
    return float(BOUNDS[-1])
