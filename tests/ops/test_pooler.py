"""A real pgbouncer before the database: one that loses prepared statements is refused at start."""

import subprocess
import sys

import pytest
from sqlalchemy import create_engine
from support.pooler import CARRIES, CARRYING, PATH, PGBOUNCER, pooler_before, version, why_too_old

from obshto.ops.compose import compose
from obshto.ops.config import read_config, spelled
from obshto.ops.pooler import queue_conninfo
from obshto.platform.db.pooler import (
    PATH_LOST,
    SENTENCE,
    PoolerRefused,
    check_pooler,
    check_search_path,
)
from obshto.platform.db.session import db

pytestmark = pytest.mark.skipif(
    PGBOUNCER is None, reason="no pgbouncer here (as root: apt-get install pgbouncer)"
)


@pytest.fixture
def pooled(logins, tmp_path_factory):
    """pooled("transaction"): the address of the application through a pgbouncer of that mode."""

    def start(mode, more="", ignored="options"):
        folder = tmp_path_factory.mktemp("pgb")
        return pooler_before(logins.app, folder, mode, more, ignored)

    return start


def _plain(url):
    return spelled(url.set(drivername="postgresql"))


def test_without_a_pooler_there_is_nothing_to_refuse(logins):
    check_pooler(_plain(logins.app))


def test_a_database_that_is_away_is_told_by_others(logins):
    check_pooler(_plain(logins.app.set(query={"host": "/nowhere"})))


def test_one_connection_a_client_loses_nothing(pooled):
    with pooled("session") as address:
        check_pooler(_plain(address))


def test_one_that_carries_no_statements_is_refused(pooled):
    more = "max_prepared_statements = 0" if version() >= CARRIES else ""
    with pooled("transaction", more) as address, pytest.raises(PoolerRefused):
        check_pooler(_plain(address))


def test_a_search_path_that_is_kept_is_no_finding(house, logins):
    check_search_path(queue_conninfo(logins.app), "queue", "DIRECT_URL")
    away = logins.app.set(query={"host": "/nowhere"})
    check_search_path(queue_conninfo(away), "queue", "DIRECT_URL")


@pytest.mark.parametrize("ignored", ["options", "application_name"])
def test_one_that_drops_or_refuses_the_search_path_is_told(house, pooled, ignored):
    with pooled("session", ignored=ignored) as address, pytest.raises(PoolerRefused) as refused:
        check_search_path(queue_conninfo(address), "queue", "DIRECT_URL")
    assert str(refused.value) == PATH_LOST.format(name="DIRECT_URL")


def test_a_worker_without_its_search_path_ends_with_a_sentence(pooled, tmp_path):
    """By sessions no statement is lost, so this one alone is what it meets."""
    with pooled("session") as address:
        started = _started("obshto.ops.worker", address, tmp_path)
    assert started.returncode == 1
    assert started.stderr.strip() == PATH_LOST.format(name="DIRECT_URL")


def _started(module, address, folder):
    return subprocess.run(
        [sys.executable, "-m", module],
        env={"PATH": PATH, "DATA_DIR": str(folder), "DATABASE_URL": spelled(address)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.mark.parametrize("module", ["obshto.ops.wsgi", "obshto.ops.worker"])
def test_nothing_starts_behind_one(pooled, tmp_path, module):
    more = "max_prepared_statements = 0" if version() >= CARRIES else ""
    with pooled("transaction", more) as address:
        started = _started(module, address, tmp_path)
    assert started.returncode == 1
    assert started.stderr.strip() == SENTENCE


def test_the_check_of_the_database_says_so(pooled, commands, tmp_path):
    more = "max_prepared_statements = 0" if version() >= CARRIES else ""
    with pooled("transaction", more) as address:
        environ = {"DATA_DIR": str(tmp_path), "DATABASE_URL": spelled(address)}
        said = commands(("db", "check"), environ)
    assert said.returncode == 1 and said.stderr == f"Error: {SENTENCE}\n"


def test_the_web_works_behind_one_that_carries_them(house, pooled, config, at):
    if why := why_too_old():
        pytest.skip(why)
    with pooled("transaction", CARRYING) as address:
        check_pooler(_plain(address))
        settings = {"DATA_DIR": str(config.data_dir), "DATABASE_URL": spelled(address)}
        app = compose(read_config(settings))
        client = app.test_client()
        for _ in range(5):
            for label, title in (("gorno-selo", "Горно село"), ("dolno-selo", "Долно село")):
                page = client.get("/?page=1", base_url=at(label))
                assert page.status_code == 200 and f"Община {title}" in page.text
        app.extensions["obshto.hosts"].close()
        with app.app_context():
            db.engine.dispose()
        engine = create_engine(address)
        with engine.connect() as connection:
            who = connection.exec_driver_sql("SELECT current_user, current_setting('role')").one()
        engine.dispose()
        assert tuple(who) == ("app_login", "none")
