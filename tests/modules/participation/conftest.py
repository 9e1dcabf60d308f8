"""Participation as its tests want it: on in both villages, consultations in the first."""

import pytest
from sqlalchemy import text

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"


@pytest.fixture(autouse=True)
def participation_on(house, migrator):
    with migrator.begin() as connection:
        on = "UPDATE shared.tenant SET modules = '{participation,consultations,promises}'"
        connection.execute(text(on))
