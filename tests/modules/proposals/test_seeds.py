"""Demonstration proposals stand in each state, whatever the size of the villages."""

import pytest

from obshto.modules.proposals import seeds
from obshto.modules.proposals.models import CitizenProposal
from obshto.tenants.api import population_of_settlements

STATES = {
    *("collecting", "received", "in_work", "accepted", "carried_out", "refused", "merged"),
}


@pytest.mark.parametrize("least", [0, 5_000])
def test_they_come_as_far_as_they_say_and_twice_is_once(uow, monkeypatch, least):
    sizes = population_of_settlements()
    code = min((code for code in sizes if sizes[code] >= least), key=sizes.get)
    monkeypatch.setattr(seeds, "settlements_here", lambda uow: {code: {"bg": "с. Пробно"}})
    for _ in range(2):
        seeds.seed(uow)
    rows = uow.session.query(CitizenProposal).all()
    assert {row.state for row in rows} == STATES and len(rows) == len(seeds.MADE)
