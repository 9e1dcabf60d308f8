"""What only a cluster can show: where a municipality lies, and what is refused there."""

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from obshto.ops.config import spelled
from obshto.ops.hardening import harden_check
from obshto.ops.nodes import look_at_nodes, schemas_on
from obshto.platform.db.engine import ENGINE_OPTIONS

PUSHED_DOWN = {
    "a large object": "SELECT lo_create(0) FROM {schema}.news_item LIMIT 1",
    "a lock that outlives": "SELECT pg_advisory_lock(4242) FROM {schema}.news_item LIMIT 1",
    "a setting": "SELECT set_config('role', 't_trial', true) FROM {schema}.news_item LIMIT 1",
    "every machine": "SELECT * FROM run_command_on_workers('SELECT 1')",
}


@pytest.fixture
def application(cluster):
    engine = create_engine(spelled(cluster.logins.app), **ENGINE_OPTIONS)
    yield engine
    engine.dispose()


def test_nothing_is_open_on_any_machine(cluster, application):
    assert look_at_nodes(cluster.logins.app, cluster.nodes) == {node: [] for node in cluster.nodes}
    assert harden_check(application) == []


def test_a_municipality_lies_on_a_worker(cluster, application, municipality):
    with application.connect() as connection:
        assert municipality in schemas_on(connection, cluster.nodes)


@pytest.mark.parametrize("attack", PUSHED_DOWN)
def test_what_is_pushed_down_to_a_worker_is_refused_there(application, municipality, attack):
    with application.connect() as connection:
        connection.exec_driver_sql(f"SET LOCAL ROLE {municipality}")
        asked = text(f"SELECT count(*) FROM {municipality}.news_item")
        assert connection.execute(asked).scalar() == 0
        with pytest.raises(DBAPIError, match="permission denied for function"):
            connection.exec_driver_sql(PUSHED_DOWN[attack].format(schema=municipality))
