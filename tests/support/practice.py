"""The practice municipality of the tests, furnished once."""

import pytest

from obshto.ops.practice import practice_municipality, settle
from obshto.ops.seed import furnish, join
from obshto.platform.scope import PRACTICE
from obshto.tenants.municipalities.provision import remove
from obshto.tenants.practice.services import find_practice


@pytest.fixture
def practice(app, migrator):
    """Made for one test and removed after it."""
    with migrator.begin() as connection, app.app_context():
        join(connection, practice_municipality(), by="Проба")
        settle(connection)
    with app.app_context():
        scope = find_practice().scope()
    yield scope
    with migrator.begin() as connection:
        remove(connection, PRACTICE, by="Проба")


@pytest.fixture
def furnished(app, practice):
    furnish(app, PRACTICE)
    return practice
