"""A database that hangs or is away is said kindly, in the language of the visitor."""

import os
import signal
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Event, Timer

import pytest
from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError

from obshto.ops.bootstrap_db import prepare
from obshto.ops.compose import compose
from obshto.ops.config import read_config, spelled
from obshto.ops.local import temporary_server
from obshto.ops.migrate import migrate_shared
from obshto.ops.seed import join
from obshto.platform.db.session import db
from obshto.tenants.municipalities.provision import NewMunicipality

KULA = NewMunicipality(
    slug="kula",
    titles={"bg": "Община Кула", "en": "Kula Municipality"},
    names={"bg": "Кула", "en": "Kula"},
    modules=("news",),
)


@pytest.fixture(scope="module")
def own_server():
    """own_server.close() takes it away."""
    with ExitStack() as stack:
        stack.superuser = stack.enter_context(temporary_server())
        yield stack


@pytest.fixture(scope="module")
def served(own_server, config):
    """An app that has served Kula once."""
    logins = prepare(own_server.superuser, "obshto")
    addresses = {"DATABASE_URL": spelled(logins.app), "MIGRATOR_URL": spelled(logins.migrator)}
    # The same folder as all: a process has one master key, which the tests after this need.
    other = read_config({"DATA_DIR": str(config.data_dir), **addresses})
    app = compose(other)
    engine = create_engine(other.migrator)
    migrate_shared(engine)
    with engine.begin() as connection, app.app_context():
        join(connection, KULA, by="test")
    engine.dispose()
    assert asked(app, "/").status_code == 200
    yield app
    app.extensions["obshto.hosts"].close()


@pytest.fixture(scope="module")
def left_alone(served, own_server):
    """The same when its database is gone."""
    with served.app_context():
        db.engine.dispose()
    own_server.close()
    return served


def asked(app, path):
    return app.test_client().get(path, base_url="http://kula.localhost:8000")


@contextmanager
def frozen(superuser):
    """All processes of the server stopped; yields what is set when they had to be woken."""
    [postmaster] = (Path(superuser.query["host"]) / "postmaster.pid").read_text().split()[:1]
    stopped, woken = [], Event()

    def stop(pid):
        os.kill(pid, signal.SIGSTOP)
        stopped.append(pid)
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            stop(int(child))

    def wake():
        for pid in stopped:
            os.kill(pid, signal.SIGCONT)
        woken.set()

    stop(int(postmaster))
    timer = Timer(120, wake)  # so that a page that waits for the server fails the test
    timer.start()
    try:
        yield woken
    finally:
        timer.cancel()
        wake()


def test_a_database_that_hangs_is_said_before_it_wakes_up(served, own_server):
    with served.app_context(), db.engine.connect() as held, frozen(own_server.superuser) as woken:
        answer = asked(served, "/news/?page=2")
        assert answer.status_code == 503 and int(answer.headers["Retry-After"]) > 0
        assert "Порталът не успява да отговори" in answer.text and "Община Кула" in answer.text
        # A request that came past the door before the server stopped.
        with pytest.raises(OperationalError) as hung:
            held.exec_driver_sql("SELECT 1")
        assert hung.value.connection_invalidated
        assert not woken.is_set()
    asked_again = (asked(served, "/news/?page=2").status_code for _ in range(1000))
    assert 200 in asked_again  # and nobody has to do anything


def test_a_statement_that_is_only_slow_is_waited_for(served):
    with served.app_context(), db.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT 1 FROM pg_sleep(2)").scalar() == 1


@pytest.mark.parametrize(
    ("path", "told"),
    [("/", "Порталът не успява да отговори"), ("/news/?page=2", "Порталът не успява да отговори")],
)
def test_a_visitor_is_told_to_wait(left_alone, path, told):
    answer = asked(left_alone, path)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert told in answer.text
    assert "Община Кула" in answer.text


def test_a_strange_host_is_no_fault_of_ours_either(left_alone):
    answer = left_alone.test_client().get("/", base_url="http://gornoselo.example")
    assert (answer.status_code, answer.data) == (503, b"")


def test_alive_does_not_depend_on_the_database_and_ready_does(left_alone):
    client = left_alone.test_client()
    assert client.get("/healthz", base_url="http://10.0.0.1").status_code == 200
    assert client.get("/readyz", base_url="http://10.0.0.1").status_code == 503
