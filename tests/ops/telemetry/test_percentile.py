"""Percentiles out of buckets are never further off than the width of a bucket."""

from bisect import bisect_left

from hypothesis import given
from hypothesis import strategies as some

from obshto.ops.telemetry.percentile import BOUNDS, SIZE, added, percentile

TIMES = some.lists(some.floats(0.01, BOUNDS[-1]), min_size=1, max_size=200)


def buckets_of(times):
    counts = [0] * SIZE
    for one in times:
        counts[bisect_left(BOUNDS, one)] += 1
    return counts


def test_of_nothing_there_is_none():
    assert percentile([0] * SIZE, 0.95) is None


@given(TIMES, some.sampled_from([0.5, 0.9, 0.95, 1.0]))
def test_it_lies_in_the_bucket_of_the_true_one(times, share):
    true = sorted(times)[max(0, -(-int(share * 1000) * len(times) // 1000) - 1)]
    told = percentile(buckets_of(times), share)
    number = bisect_left(BOUNDS, true)
    low = BOUNDS[number - 1] if number else 0
    assert low <= told <= BOUNDS[min(number, len(BOUNDS) - 1)]


def test_what_is_beyond_the_last_bound_is_said_as_that_bound():
    assert percentile([0] * (SIZE - 1) + [3], 0.5) == BOUNDS[-1]


@given(TIMES, TIMES)
def test_workers_add_up(one, other):
    assert added([buckets_of(one), buckets_of(other)]) == buckets_of(one + other)
