"""A database that is away is said kindly, in the visitor's language, in the look of the host."""

import pytest
from sqlalchemy import create_engine

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
def left_alone(config):
    """An app that has served Kula once, and whose database is then gone."""
    with temporary_server() as superuser:
        logins = prepare(superuser, "obshto")
        addresses = {"DATABASE_URL": spelled(logins.app), "MIGRATOR_URL": spelled(logins.migrator)}
        # The same folder as all: a process has one master key, which the tests after this need.
        other = read_config({"DATA_DIR": str(config.data_dir), **addresses})
        app = compose(other)
        engine = create_engine(other.migrator)
        migrate_shared(engine)
        with engine.begin() as connection, app.app_context():
            join(connection, KULA, by="test")
        engine.dispose()
        served = app.test_client().get("/", base_url="http://kula.localhost:8000")
        assert served.status_code == 200
        with app.app_context():
            db.engine.dispose()
    yield app
    app.extensions["obshto.hosts"].close()


@pytest.mark.parametrize(
    ("path", "told"),
    [("/", "Порталът не успява да отговори"), ("/news/?page=2", "Порталът не успява да отговори")],
)
def test_a_visitor_is_told_to_wait(left_alone, path, told):
    answer = left_alone.test_client().get(path, base_url="http://kula.localhost:8000")
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
