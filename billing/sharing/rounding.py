"""Part whole cents so that no cent is lost or made."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

MONTHS = 12


def shares(cents: int, weights: Sequence[int]) -> list[int]:
    """Part `cents` by weights, by the method of the largest remainder: the parts sum up exactly.

    Of equal remainders the earlier one gets the cent. Where nobody weighs anything, all weigh the
    same. Raises ValueError for less than nothing.
    """
    if cents < 0 or any(weight < 0 for weight in weights):
        raise ValueError("neither a sum nor a weight is less than nothing")
    weights = weights if any(weights) else [1] * len(weights)
    whole = sum(weights)
    parts = [cents * weight // whole for weight in weights]
    left = cents - sum(parts)
    by_remainder = sorted(range(len(weights)), key=lambda n: (-(cents * weights[n] % whole), n))
    for n in by_remainder[:left]:
        parts[n] += 1
    return parts


def of_month(cents: int, month: date) -> int:
    """What a sum for a year is in one of its months; its twelve months sum up to it exactly."""
    return shares(cents, [1] * MONTHS)[month.month - 1]


def rounded(cents: int, number: int, whole: int) -> int:
    """`cents` times `number` of `whole`, to the nearest cent, half a cent up; none is negative."""
    return (2 * cents * number + whole) // (2 * whole)
