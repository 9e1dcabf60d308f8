"""Migrations go up, down, up; afterwards the tables are as the models say."""

from uuid import uuid4

import pytest

from obshto.ops.compose import all_components, chain_of
from obshto.platform.db.migrations import Target, differences, downgrade, revisions, upgrade


@pytest.fixture
def scratch(house, migrator):
    """An empty schema beside the villages, gone afterwards."""
    with migrator.begin() as connection:
        connection.exec_driver_sql("CREATE SCHEMA t_scratch")
        connection.exec_driver_sql("CREATE ROLE t_scratch")
    yield "t_scratch"
    with migrator.begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA t_scratch CASCADE")
        connection.exec_driver_sql("DROP ROLE t_scratch")


def test_a_municipalitys_tables_are_as_the_models_say(house, migrator):
    with migrator.begin() as connection:
        assert differences(connection, "t_gorno_selo", chain_of(Target.TENANT)) == []


def test_the_regions_tables_are_as_the_models_say(house, migrator):
    with migrator.begin() as connection:
        assert differences(connection, "shared", chain_of(Target.SHARED)) == []


def test_a_table_that_is_missing_is_noticed(migrator, scratch):
    with migrator.begin() as connection:
        upgrade(connection, scratch, chain_of(Target.TENANT))
        connection.exec_driver_sql(f"DROP TABLE {scratch}.news_item CASCADE")
        assert differences(connection, scratch, chain_of(Target.TENANT))


def test_up_down_up_leaves_no_difference(migrator, scratch):
    chain = chain_of(Target.TENANT)
    with migrator.begin() as connection:
        upgrade(connection, scratch, chain)
        downgrade(connection, scratch, chain)
        assert revisions(connection, scratch) == frozenset()
        upgrade(connection, scratch, chain)
        assert revisions(connection, scratch) == chain.heads
        assert differences(connection, scratch, chain) == []


def test_flags_of_the_forum_become_the_platforms(migrator, scratch):
    with migrator.begin() as connection:
        flag = _flagged_before(connection, scratch)
        upgrade(connection, scratch, chain_of(Target.TENANT), "moderation_t0002")
        upgrade(connection, scratch, chain_of(Target.TENANT))
        columns = "id::text, request_id::text, object_id::text, part, rule, done_at"
        told = connection.exec_driver_sql(f"SELECT {columns} FROM t_scratch.moderation_flag")
        assert [tuple(one) for one in told] == [(*flag, "forum", "insult", None)]


def test_flags_of_the_forum_are_not_lost_by_whoever_skips_a_release(migrator, scratch):
    with migrator.begin() as connection:
        _flagged_before(connection, scratch)
        with pytest.raises(RuntimeError, match="migrate to 0.16.0 first"):
            upgrade(connection, scratch, chain_of(Target.TENANT), "forum_t0002")


def _flagged_before(connection, schema):
    """One flag of a post as 0.15 kept it; its id, its request's and its post's."""
    for before in ("forum_t0001", "moderation_t0001"):
        upgrade(connection, schema, chain_of(Target.TENANT), before)
    alone = f"ALTER TABLE {schema}.forum_flag DROP CONSTRAINT fk_forum_flag_post_id"
    connection.exec_driver_sql(alone)
    flag = tuple(str(uuid4()) for _ in range(3))
    row = f"INSERT INTO {schema}.forum_flag VALUES (%s, %s, %s, 'insult', now(), NULL)"
    connection.exec_driver_sql(row, flag)
    return flag


def test_every_part_has_one_branch_of_its_own():
    for target in Target:
        scripts = chain_of(target).scripts
        branches = {name for head in scripts.get_heads() for name in _branches(scripts, head)}
        assert len(scripts.get_bases()) == len(scripts.get_heads())
        assert branches <= {part.slug for part in all_components()}


def test_no_foreign_key_leaves_its_part(owner):
    keys = owner(
        "select conrelid::regclass::text, confrelid::regclass::text from pg_constraint"
        " where contype = 'f' and connamespace = 't_gorno_selo'::regnamespace"
    )
    assert keys
    for table, other in keys:
        assert _slug(table) == _slug(other)


def _branches(scripts, head):
    return scripts.get_revision(head).branch_labels


def _slug(table):
    return table.rpartition(".")[2].split("_")[0]


@pytest.mark.parametrize("target", Target)
def test_a_column_that_leaves_stays_one_release_for_the_code_before(owner, target):
    """What serves while a release rolls out still reads it; what is new writes rows without it."""
    schema = {Target.SHARED: "shared", Target.TENANT: "t_gorno_selo"}[target]
    columns = owner(
        "select table_name::text, column_name::text from information_schema.columns"
        f" where table_schema = '{schema}'"
        " and (is_nullable = 'YES' or column_default is not null)"
    )
    assert chain_of(target).retired <= {tuple(row) for row in columns}


def test_the_release_before_still_finds_a_municipality(app_engine):
    with app_engine.connect() as connection:
        asked = "SELECT slug, contact, switches, version FROM shared.tenant"
        assert len(connection.exec_driver_sql(asked).all()) == 2


def test_no_other_column_may_be_forgotten(house, migrator):
    with migrator.connect() as connection:
        connection.exec_driver_sql("ALTER TABLE shared.tenant ADD COLUMN forgotten int")
        assert differences(connection, "shared", chain_of(Target.SHARED))
        connection.rollback()
