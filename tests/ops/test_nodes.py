"""Two servers in the place of a coordinator and its worker: both are prepared, both are tried.

Neither has Citus. What only a cluster can show is in `tests/citus`.
"""

import json
from dataclasses import replace

import psycopg
import pytest
from psycopg import errors
from sqlalchemy import create_engine

from obshto.ops.bootstrap_db import NotPreparable
from obshto.ops.compose import compose
from obshto.ops.config import ConfigError, read_config, spelled
from obshto.ops.hardening import ATTACKS, CLUSTER_ATTACKS, harden_check
from obshto.ops.local import temporary_server
from obshto.ops.nodes import look_at_nodes, node_url, prepare_nodes, schemas_on
from obshto.platform.db.engine import ENGINE_OPTIONS
from obshto.platform.db.logins import APP, BACKUP, MIGRATOR
from obshto.platform.db.session import db

PASSWORDS = {APP: "app's", MIGRATOR: "owner's", BACKUP: "reader's"}
ROLE = "t_gorno_selo"
# What Citus brings, in the place where it brings it; each runs what it is given.
FUNCTIONS = (
    "CREATE FUNCTION pg_catalog.run_command_on_workers(text) RETURNS TABLE (result text)"
    " LANGUAGE sql AS 'SELECT $1'",
    "CREATE FUNCTION pg_catalog.master_run_on_worker(text[], int[], text[], boolean)"
    " RETURNS TABLE (result text) LANGUAGE sql AS 'SELECT $3[1]'",
)
CATALOGS = (
    "CREATE TABLE pg_catalog.pg_dist_node"
    " (nodename text, nodeport int, groupid int, noderole text)",
    "CREATE TABLE pg_catalog.pg_dist_schema (schemaid oid, colocationid int)",
    "CREATE TABLE pg_catalog.pg_dist_partition (logicalrelid regclass, colocationid int)",
    "CREATE TABLE pg_catalog.pg_dist_shard (logicalrelid regclass, shardid bigint)",
    "CREATE TABLE pg_catalog.pg_dist_placement (shardid bigint, groupid int)",
)


@pytest.fixture(scope="module")
def superuser():
    with temporary_server() as url:
        yield url


@pytest.fixture(scope="module")
def worker(superuser):
    """Its superuser comes in as the first one's does."""
    with temporary_server() as url:
        with psycopg.connect(_plain(url), autocommit=True) as connection:
            password = superuser.password.replace("'", "''")
            connection.execute(f"ALTER ROLE postgres PASSWORD '{password}'")
        yield url


@pytest.fixture
def both(superuser, worker):
    return prepare_nodes(superuser, "obshto", [node_of(worker)], PASSWORDS)


@pytest.fixture
def ask(superuser, worker, both):
    """ask(server, login)("SELECT 1"), each statement in a transaction of its own."""
    opened = []

    def connect(server, login="postgres"):
        here = superuser if server == "coordinator" else node_url(superuser, node_of(worker))
        url = here.set(database="obshto")
        if login != "postgres":
            url = url.set(username=login, password=PASSWORDS[login])
        opened.append(psycopg.connect(_plain(url), autocommit=True))
        return opened[-1].execute

    yield connect
    for connection in opened:
        connection.close()


@pytest.fixture
def municipality(ask):
    for server in ("coordinator", "worker"):
        ask(server)(f"CREATE ROLE {ROLE} NOLOGIN")
        ask(server)(f"GRANT {ROLE} TO {APP} WITH INHERIT FALSE, SET TRUE")
    yield ROLE
    for server in ("coordinator", "worker"):
        ask(server)(f"DROP ROLE {ROLE}")


def node_of(url):
    return url.query["host"]


def _plain(url):
    return spelled(url.set(drivername="postgresql"))


def test_each_machine_has_the_logins_and_is_hardened(both, worker):
    logins, _ = both
    node = node_of(worker)
    assert look_at_nodes(logins.app, [node]) == {node: []}
    engine = create_engine(logins.app, **ENGINE_OPTIONS)
    assert harden_check(engine) == []
    engine.dispose()


@pytest.mark.parametrize("server", ["coordinator", "worker"])
@pytest.mark.parametrize("attack", ATTACKS)
def test_a_municipality_s_role_is_refused_on_each(ask, municipality, server, attack):
    as_app = ask(server, APP)
    as_app("BEGIN")
    as_app(f"SET LOCAL ROLE {municipality}")
    with pytest.raises(errors.InsufficientPrivilege):
        as_app(ATTACKS[attack])


@pytest.mark.parametrize("attack", CLUSTER_ATTACKS)
def test_what_citus_brings_is_closed_on_each(superuser, worker, ask, municipality, attack):
    node = node_of(worker)
    for server in ("coordinator", "worker"):
        ask(server)("DROP FUNCTION IF EXISTS pg_catalog.run_command_on_workers")
        ask(server)("DROP FUNCTION IF EXISTS pg_catalog.master_run_on_worker")
        owner = ask(server)
        owner("SET allow_system_table_mods = on")
        for statement in FUNCTIONS:
            owner(statement)
    open_there = look_at_nodes(read_app(superuser), [node])[node]
    assert attack in open_there
    prepare_nodes(superuser, "obshto", [node], PASSWORDS)
    assert look_at_nodes(read_app(superuser), [node]) == {node: []}
    for server in ("coordinator", "worker"):
        as_app = ask(server, APP)
        as_app("BEGIN")
        as_app(f"SET LOCAL ROLE {municipality}")
        with pytest.raises(errors.InsufficientPrivilege):
            as_app(CLUSTER_ATTACKS[attack])


def read_app(superuser):
    return superuser.set(username=APP, password=PASSWORDS[APP], database="obshto")


def test_it_says_what_it_did_and_a_second_time_there_is_nothing_to_do(superuser, worker, ask):
    node = node_of(worker)
    _, said = prepare_nodes(superuser, "obshto", [node], PASSWORDS)
    assert said[:2] == ["coordinator: nothing to do", f"{node}: nothing to do"]
    assert said[2:] == ["Citus is not installed on this server: municipalities stay on it."]
    ask("worker")("GRANT EXECUTE ON FUNCTION lo_create(oid) TO PUBLIC")
    ask("worker")("ALTER ROLE app_login CREATEDB")
    _, said = prepare_nodes(superuser, "obshto", [node], PASSWORDS)
    assert said[:2] == ["coordinator: nothing to do", f"{node}: logins, hardening"]


def test_one_server_alone_has_no_group_of_municipalities(superuser):
    with temporary_server() as alone:
        _, said = prepare_nodes(alone, "obshto", [], PASSWORDS)
        assert said == ["coordinator: logins, memberships, CONNECT, hardening, extension"]
        with psycopg.connect(_plain(alone)) as connection:
            found = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = 'municipality'")
            assert found.fetchone() is None


def test_a_municipality_may_connect_to_the_worker_and_not_to_the_coordinator(
    superuser, worker, ask, municipality
):
    prepare_nodes(superuser, "obshto", [node_of(worker)], PASSWORDS)
    may = f"SELECT rolcanlogin AND has_database_privilege('{ROLE}', 'obshto', 'CONNECT')"
    may += f" FROM pg_roles WHERE rolname = '{ROLE}'"
    assert ask("worker")(may).fetchone() == (True,)
    assert ask("coordinator")(may).fetchone() == (False,)


def test_the_command_looks_at_every_machine(superuser, worker, both, commands, tmp_path):
    logins, _ = both
    away, there = str(tmp_path), node_of(worker)
    environ = {"DATA_DIR": str(tmp_path), "DATABASE_URL": spelled(logins.app)}
    good = commands(("db", "check"), {**environ, "DATABASE_NODES": there})
    assert (good.returncode, good.stdout) == (0, f"Nothing is open.\n{there}: Nothing is open.\n")
    bad = commands(("db", "check", "--json"), {**environ, "DATABASE_NODES": f"{there},{away}"})
    assert bad.returncode == 1
    assert json.loads(bad.stdout) == {"open": [], "nodes": {there: [], away: None}}


def test_ready_says_which_machines_are_away_and_serves_the_others(house, config, at, tmp_path):
    app = compose(replace(config, database_nodes=(str(tmp_path),)))
    answer = app.test_client().get("/readyz", base_url=at("ops"))
    assert answer.status_code == 200
    assert answer.json["nodes_away"] == [str(tmp_path)]
    assert answer.json["municipalities_out"] == []  # no cluster: nothing lies there
    with app.app_context():
        db.engine.dispose()


def test_prepare_tells_people_on_the_side(superuser, worker, both, commands, tmp_path):
    environ = {"DATA_DIR": str(tmp_path), "SUPERUSER_URL": spelled(superuser)}
    environ["DATABASE_NODES"] = node_of(worker)
    said = commands(("db", "prepare", "--json"), environ)
    assert said.returncode == 0, said.stderr
    assert set(json.loads(said.stdout)) == {"DATABASE_URL", "MIGRATOR_URL", "BACKUP_URL"}
    assert f"{node_of(worker)}: nothing to do\n" in said.stderr


def test_a_login_has_one_password_on_all_machines(superuser, both):
    with temporary_server() as fresh:
        with psycopg.connect(_plain(fresh), autocommit=True) as connection:
            password = superuser.password.replace("'", "''")
            connection.execute(f"ALTER ROLE postgres PASSWORD '{password}'")
        with pytest.raises(NotPreparable, match="app_login, backup, migrator would be new there"):
            prepare_nodes(superuser, "obshto", [node_of(fresh)])


def test_a_node_that_cannot_be_prepared_is_named(superuser, worker, both):
    with psycopg.connect(_plain(node_url(superuser, node_of(worker))), autocommit=True) as there:
        there.execute("CREATE DATABASE odd TEMPLATE template0 LOCALE_PROVIDER libc LOCALE 'C'")
    with pytest.raises(NotPreparable, match=f"^{node_of(worker)}: The database odd has another"):
        prepare_nodes(superuser, "odd", [node_of(worker)], PASSWORDS)


def test_what_lies_on_a_machine_is_read_from_the_catalogs(superuser, ask):
    owner = ask("coordinator")
    owner("SET allow_system_table_mods = on")
    for statement in CATALOGS:
        owner(statement)
    for number, (schema, group) in enumerate((("t_alfa", 1), ("t_beta", 2)), 7):
        owner(f"CREATE SCHEMA {schema}")
        owner(f"CREATE TABLE {schema}.thing (id int)")
        owner(f"INSERT INTO pg_dist_schema VALUES ('{schema}'::regnamespace, {number})")
        owner(f"INSERT INTO pg_dist_partition VALUES ('{schema}.thing', {number})")
        owner(f"INSERT INTO pg_dist_shard VALUES ('{schema}.thing', {number})")
        owner(f"INSERT INTO pg_dist_placement VALUES ({number}, {group})")
        owner(f"INSERT INTO pg_dist_node VALUES ('w{group}', 5432, {group}, 'primary')")
    engine = create_engine(superuser.set(database="obshto"))
    with engine.connect() as connection:
        assert schemas_on(connection, ["w2:5432"]) == ["t_beta"]
        assert schemas_on(connection, []) == []
    engine.dispose()


@pytest.mark.parametrize(
    ("node", "host", "port"),
    [("10.0.0.2:5433", "10.0.0.2", 5433), ("worker-1.example:5432", "worker-1.example", 5432)],
)
def test_a_node_is_the_same_login_elsewhere(both, node, host, port):
    url = node_url(both[0].app, node)
    assert (url.host, url.port, url.username, url.database) == (host, port, APP, "obshto")
    assert "host" not in url.query


@pytest.mark.parametrize("written", ["postgresql://a@b/c", "10.0.0.2", "a b:5432"])
def test_what_is_no_machine_is_said_at_start(written, tmp_path):
    with pytest.raises(ConfigError, match="is no machine: write 10.0.0.2:5432"):
        read_config({"DATA_DIR": str(tmp_path), "DATABASE_NODES": written})
