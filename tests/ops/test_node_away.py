"""Two real servers, one of them stopped: what lies there is out and said to be, the rest lives.

Neither has Citus. Its catalogs are made by hand and say that one village lies on the second server;
a rule on that village's table fails, as Citus would, whenever that server does not run.
"""

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import psycopg
import pytest

from obshto.modules.news.services import Text, publish_item, write_item
from obshto.ops import readiness
from obshto.ops.bootstrap_db import prepare
from obshto.ops.compose import compose
from obshto.ops.config import read_config, spelled
from obshto.ops.local import Server, temporary_server
from obshto.platform.clock import now
from obshto.platform.db.logins import APP, BACKUP, MIGRATOR
from obshto.platform.db.session import db

AWAY, HERE = "gorno-selo", "dolno-selo"
GROUP, COLOCATION, SHARD = 1, 7, 8
CATALOGS = {
    "pg_dist_node": "(nodename text, nodeport int, groupid int, noderole text)",
    "pg_dist_schema": "(schemaid oid, colocationid int)",
    "pg_dist_partition": "(logicalrelid regclass, colocationid int)",
    "pg_dist_shard": "(logicalrelid regclass, shardid bigint)",
    "pg_dist_placement": "(shardid bigint, groupid int)",
}
# Its file of a running server is there as long as it runs; both run as one user of the system.
LOST = """CREATE FUNCTION {schema}.lost() RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
    IF pg_read_file('{pid}', true) IS NULL THEN
        RAISE EXCEPTION 'connection to the remote node failed' USING ERRCODE = '08006';
    END IF;
    RETURN true;
END $$"""


@pytest.fixture
def worker(config, logins):
    """The second server, which can be stopped; the application's login is known to it."""
    known = {APP: logins.app, MIGRATOR: logins.migrator, BACKUP: logins.backup}
    with temporary_server() as superuser:
        prepare(superuser, "obshto", {name: url.password for name, url in known.items()})
        yield Server(Path(superuser.query["host"]).parent, is_durable=False)


@pytest.fixture
def place(worker):
    """Where it is reached, spelled as a cluster spells a machine: name, colon, port."""
    with TemporaryDirectory() as folder:  # a short name: that of a socket is bounded
        link = Path(folder) / "w:5432"
        link.symlink_to(worker.socket_dir)
        yield str(link)


@pytest.fixture
def superuser(server):
    with psycopg.connect(
        spelled(server.set(drivername="postgresql", database="obshto")), autocommit=True
    ) as connection:
        connection.execute("SET allow_system_table_mods = on")
        yield connection


@pytest.fixture
def published(uow_in):
    """Something of the village that is read from there."""
    with uow_in(AWAY) as uow:
        words = Text(title="Водата спира", summary="…", markdown="…")
        item = write_item(uow, words, request_id=uuid4())
        uow.session.flush()
        publish_item(uow, item, expected_version=item.version)
        uow.commit()


@pytest.fixture
def spread(house, published, superuser, worker, place):
    """One village lies on the second server, as far as anybody can tell."""
    schema, table, name = "t_gorno_selo", "t_gorno_selo.news_item", place.removesuffix(":5432")
    for catalog, columns in CATALOGS.items():
        superuser.execute(f"CREATE TABLE pg_catalog.{catalog} {columns}")
        superuser.execute(f"GRANT SELECT ON pg_catalog.{catalog} TO PUBLIC")
    for statement in (
        f"INSERT INTO pg_dist_schema VALUES ('{schema}'::regnamespace, {COLOCATION})",
        f"INSERT INTO pg_dist_partition VALUES ('{table}', {COLOCATION})",
        f"INSERT INTO pg_dist_shard VALUES ('{table}', {SHARD})",
        f"INSERT INTO pg_dist_placement VALUES ({SHARD}, {GROUP})",
        f"INSERT INTO pg_dist_node VALUES ('{name}', 5432, {GROUP}, 'primary')",
        LOST.format(schema=schema, pid=worker.data / "postmaster.pid"),
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"CREATE POLICY node ON {table} USING ({schema}.lost())",
    ):
        superuser.execute(statement)
    yield
    for statement in (
        f"DROP POLICY node ON {table}",
        f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
        f"DROP FUNCTION {schema}.lost()",
        f"DROP TABLE {', '.join(f'pg_catalog.{one}' for one in CATALOGS)}",
    ):
        superuser.execute(statement)


@pytest.fixture
def region(house, config, place, spread, monkeypatch, at):
    """region.asks("/readyz", "ops"): status and answer, each time a quarter of a minute later."""
    app = compose(read_config({**_given(config), "DATABASE_NODES": place}))
    moment = [now()]

    class Region:
        name = place

        @staticmethod
        def asks(path, label=""):
            moment[0] += timedelta(seconds=readiness.NODES_FRESH)
            return app.test_client().get(path, base_url=at(label))

    monkeypatch.setattr(readiness, "now", lambda: moment[0])
    yield Region
    app.extensions["obshto.hosts"].close()
    with app.app_context():
        db.engine.dispose()


def _given(config):
    return {"DATA_DIR": str(config.data_dir), "DATABASE_URL": config.database_url}


def told(region):
    answer = region.asks("/readyz", "ops")
    assert answer.status_code == 200, answer.text
    return answer.json["nodes_away"], answer.json["municipalities_out"]


def test_what_lies_on_a_stopped_server_is_named_and_waits_while_the_region_lives(region, worker):
    assert told(region) == ([], [])
    assert region.asks("/news/?n=1", AWAY).status_code == 200
    worker.stop()
    assert told(region) == ([region.name], [AWAY])
    page = region.asks("/news/?n=2", AWAY)  # one that no cache has kept
    assert page.status_code == 503 and int(page.headers["Retry-After"]) > 0
    assert "Порталът не успява да отговори" in page.text
    assert region.asks("/?page=1", HERE).status_code == 200
    assert region.asks("/").status_code == 200
    worker.start()
    assert told(region) == ([], [])
    assert region.asks("/news/?n=3", AWAY).status_code == 200
