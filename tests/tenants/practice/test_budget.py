"""Budget of a page of practice, signed in: its banner and its guard cost no statement."""

import gzip

import pytest

from obshto.platform.permissions import Role
from obshto.platform.scope import PRACTICE

MOST, BYTES = 12, 40_000


@pytest.mark.parametrize("path", ["/reports/new", "/console/reports/", "/console/training/"])
def test_a_page_of_practice_keeps_the_budget(practice, sign_in, statements_of, path):
    clerk = sign_in(PRACTICE, Role.REGISTRY_CLERK)
    assert clerk.get(path).status_code == 200  # the first visit after a change asks more
    assert len(statements_of(lambda: clerk.get(path))) <= MOST
    assert len(gzip.compress(clerk.get(path).data)) <= BYTES
