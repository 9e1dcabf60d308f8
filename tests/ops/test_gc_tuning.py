"""The collector of garbage rests at a start and works afterwards."""

import gc

import pytest

from obshto.ops.gc_tuning import gc_frozen


@pytest.fixture(autouse=True)
def as_before():
    yield
    gc.enable()


def test_nothing_is_collected_inside_and_what_came_is_not_looked_at_again():
    before = gc.get_freeze_count()
    with gc_frozen():
        assert not gc.isenabled()
        kept = [[] for _ in range(100)]
    assert gc.isenabled()
    assert gc.get_freeze_count() >= before + len(kept)
    assert not any(found is kept for found in gc.get_objects())


def test_it_works_again_when_the_start_fails():
    with pytest.raises(ImportError), gc_frozen():
        raise ImportError
    assert gc.isenabled()


def test_who_had_it_off_keeps_it_off():
    gc.disable()
    with gc_frozen():
        pass
    assert not gc.isenabled()
