"""A real cluster, given by the address of its coordinator's superuser; nothing here starts one.

`CITUS_URL=postgresql://postgres:…@coordinator/postgres` and `DATABASE_NODES` for its workers. It is
prepared in a database of its own name, which must be let go by hand afterwards.
"""

import os

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import DBAPIError

from obshto.ops.bootstrap_db import connected
from obshto.ops.compose import chain_of
from obshto.ops.config import read_config, spelled
from obshto.ops.hardening import harden_check
from obshto.ops.migrate import migrate_shared
from obshto.ops.nodes import look_at_nodes, prepare_nodes, schemas_on
from obshto.platform.db.engine import ENGINE_OPTIONS
from obshto.platform.db.migrations import Target
from obshto.tenants.municipalities.provision import NewMunicipality, provision, remove

CITUS_URL = os.environ.get("CITUS_URL", "")
pytestmark = [
    pytest.mark.citus,
    pytest.mark.skipif(not CITUS_URL, reason="CITUS_URL is not set: no cluster was given"),
]
DATABASE = "obshto_trial"
PUSHED_DOWN = {
    "a large object": "SELECT lo_create(0) FROM {schema}.news_item LIMIT 1",
    "a lock that outlives": "SELECT pg_advisory_lock(4242) FROM {schema}.news_item LIMIT 1",
    "a setting": "SELECT set_config('role', 't_trial', true) FROM {schema}.news_item LIMIT 1",
    "every machine": "SELECT * FROM run_command_on_workers('SELECT 1')",
}


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """Prepared and migrated, with its nodes."""
    folder = tmp_path_factory.mktemp("data")
    url = make_url(CITUS_URL).set(drivername="postgresql+psycopg")
    nodes = read_config({"DATA_DIR": str(folder), **_nodes()}).database_nodes
    passwords = dict.fromkeys(("app_login", "migrator", "backup"), "trial-of-a-cluster")
    prepare_nodes(url, DATABASE, nodes, passwords)
    with connected(url.set(database=DATABASE)) as coordinator:
        coordinator.execute(
            "SELECT citus_set_coordinator_host(%s, %s)", (url.host, url.port or 5432)
        )
        for node in nodes:
            host, _, port = node.rpartition(":")
            coordinator.execute("SELECT citus_add_node(%s, %s)", (host, int(port)))
    prepare_nodes(url, DATABASE, nodes, passwords)
    logins, said = prepare_nodes(url, DATABASE, nodes, passwords)
    assert all(line.endswith("nothing to do") for line in said), said
    engine = create_engine(logins.migrator)
    migrate_shared(engine)
    yield logins, nodes, engine
    engine.dispose()


@pytest.fixture
def municipality(cluster):
    _, _, migrator = cluster
    new = NewMunicipality(slug="trial", titles={"bg": "Проба"}, names={"bg": "Проба"}, modules=())
    with migrator.begin() as connection:
        provision(connection, new, chain_of(Target.TENANT), by="trial")
    yield "t_trial"
    with migrator.begin() as connection:
        remove(connection, "trial", by="trial")


def test_nothing_is_open_on_any_machine(cluster):
    logins, nodes, _ = cluster
    assert look_at_nodes(logins.app, nodes) == {node: [] for node in nodes}
    engine = create_engine(logins.app, **ENGINE_OPTIONS)
    assert harden_check(engine) == []
    engine.dispose()


def test_a_municipality_lies_on_a_worker(cluster, municipality):
    logins, nodes, _ = cluster
    engine = create_engine(logins.app, **ENGINE_OPTIONS)
    with engine.connect() as connection:
        assert municipality in schemas_on(connection, nodes)
    engine.dispose()


@pytest.mark.parametrize("attack", PUSHED_DOWN)
def test_what_is_pushed_down_to_a_worker_is_refused_there(cluster, municipality, attack):
    logins, _, migrator = cluster
    engine = create_engine(spelled(logins.app), **ENGINE_OPTIONS)
    with engine.connect() as connection:
        connection.exec_driver_sql(f"SET LOCAL ROLE {municipality}")
        assert (
            connection.execute(text(f"SELECT count(*) FROM {municipality}.news_item")).scalar() == 0
        )
        with pytest.raises(DBAPIError, match="permission denied for function"):
            connection.exec_driver_sql(PUSHED_DOWN[attack].format(schema=municipality))
    engine.dispose()


def _nodes():
    return {"DATABASE_NODES": os.environ.get("DATABASE_NODES", "")}
