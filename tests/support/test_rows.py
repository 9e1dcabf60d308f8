"""What a test wrote is gone before the next one, whoever wrote it."""

import pytest
from sqlalchemy import text
from support.rows import written

CHANGES = (
    "INSERT INTO shared.request_minute VALUES ('gorno-selo', now(), 9, 2, '{9}')",
    "INSERT INTO shared.sso_organization SELECT slug, slug FROM shared.tenant",
    "UPDATE shared.tenant SET colour = '#000000', notice = '{}', modules = '{}', domain = slug",
)


@pytest.fixture
def tenants(owner):
    asked = "SELECT slug, colour, notice, modules, domain, version FROM shared.tenant ORDER BY slug"
    return lambda: owner(asked)


def test_rows_of_another_connection_are_emptied_and_municipalities_put_back(
    cleaner, migrator, tenants
):
    before = tenants()
    with migrator.begin() as connection:
        for change in CHANGES:
            connection.execute(text(change))
    assert cleaner.leftovers() != cleaner.before
    cleaner.clean()
    assert cleaner.leftovers() == cleaner.before
    after = tenants()
    assert [row[:-1] for row in after] == [row[:-1] for row in before]
    # What was kept of their pages is let go.
    assert all(now.version > then.version for now, then in zip(after, before, strict=True))


def test_every_table_of_the_region_and_of_a_village_is_known(cleaner):
    named = {name.replace('"', "") for name in written()}
    villages = {table for table in cleaner.before if table.startswith(("t_", "shared."))}
    apart = ("alembic_version", "shared.tenant", "shared.tenant_key", "shared.region")
    assert {table for table in villages if not table.endswith(apart)} == named
