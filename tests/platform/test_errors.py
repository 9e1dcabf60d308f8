"""A refusal that is raised in a child process is the same one in its parent."""

from pickle import dumps, loads

import pytest

from obshto.modules.referendum.errors import LawSaysNo
from obshto.ops.process_pool import process_pool
from obshto.platform.errors import DomainError
from obshto.platform.legal.reasons import Why
from obshto.platform.storage.errors import FilesBusy, TooBig


def refuse(refusal):
    raise refusal


@pytest.mark.parametrize("refusal", [FilesBusy(), TooBig(most=20)])
def test_a_refusal_of_a_child_process_is_told_by_its_parent(refusal):
    with process_pool(1) as pool, pytest.raises(DomainError) as told:
        pool.submit(refuse, refusal).result()
    assert type(told.value) is type(refusal) and str(told.value) == str(refusal)


def test_what_a_refusal_carries_comes_along():
    refusal = LawSaysNo(Why(answer={"bg": "Не може"}, article="чл. 26, ал. 1", holds=False))
    again = loads(dumps(refusal))
    assert (again.why, again.values) == (refusal.why, refusal.values)
