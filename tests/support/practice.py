"""The practice municipality of the tests: made once for a file, emptied after each test."""

import psycopg
import pytest

from obshto.ops.compose import conninfo
from obshto.ops.practice import settle
from obshto.ops.seed import every_module, join
from obshto.platform.db.base import TenantModel
from obshto.platform.scope import PRACTICE
from obshto.tenants.municipalities.provision import remove
from obshto.tenants.practice.municipality import practice_municipality
from obshto.tenants.practice.services import find_practice


@pytest.fixture(scope="module")
def practice_schema(house, migrator):
    with migrator.begin() as connection, house.app_context():
        join(connection, practice_municipality(every_module()), by="Проба")
    yield
    with migrator.begin() as connection:
        remove(connection, PRACTICE, by="Проба")


@pytest.fixture
def practice(house, server, migrator, practice_schema):
    """Its scope."""
    with migrator.begin() as connection:
        settle(connection)
    with house.app_context():
        scope = find_practice().scope()
    yield scope
    with psycopg.connect(conninfo(server.set(database="obshto"))) as connection:
        for table in reversed(TenantModel.metadata.sorted_tables):
            connection.execute(f'DELETE FROM {scope.schema}."{table.name}"')
