"""The collector of garbage rests at a start and works afterwards."""

import gc

import pytest

from obshto.ops.gathering import at_rest


@pytest.fixture(autouse=True)
def as_before():
    yield
    gc.enable()


def test_nothing_is_collected_inside_and_what_came_is_not_looked_at_again():
    before = gc.get_freeze_count()
    with at_rest():
        assert not gc.isenabled()
        kept = [[] for _ in range(100)]
    assert gc.isenabled()
    assert gc.get_freeze_count() >= before + len(kept)
    assert not any(found is kept for found in gc.get_objects())


def test_it_works_again_when_the_start_fails():
    with pytest.raises(ImportError), at_rest():
        raise ImportError
    assert gc.isenabled()


def test_who_had_it_off_keeps_it_off():
    gc.disable()
    with at_rest():
        pass
    assert not gc.isenabled()
