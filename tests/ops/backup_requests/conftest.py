"""A village with a backup, an operator, the keeper's hands."""

import re
from uuid import UUID

import pytest
from sqlalchemy import create_engine, text

from obshto.ops.backup_requests.execution import Hands, fulfil
from obshto.tenants.municipalities.provision import close_schema

HERE = "gorno-selo"
BACKUPS = f"/municipalities/{HERE}/backups"


@pytest.fixture(autouse=True)
def swept(config):
    """What stood beside the village is gone afterwards, and the backups of the test."""
    yield
    for path in config.backup_dir.rglob("*.*"):
        path.unlink()
    engine = create_engine(config.migrator)
    with engine.begin() as connection:
        asked = "SELECT nspname FROM pg_namespace WHERE nspname ~ '^[ro]_'"
        for schema in connection.scalars(text(asked)).all():
            close_schema(connection, schema)
    engine.dispose()


@pytest.fixture
def hands(app, config):
    engine = create_engine(config.migrator)
    yield Hands(config, engine, lambda: app)
    engine.dispose()


@pytest.fixture
def keeper(hands, queued):
    """Everything that waits for the keeper is done."""

    def uow():
        for name, args in queued():
            if name == "orders:fulfil":
                fulfil(hands, UUID(args["order_id"]))

    return uow


@pytest.fixture
def found(operator):
    """found(path, "restore"): the first address of a page that ends so."""

    def look(path, end):
        return re.search(rf'href="([^"?]*/{end})"', operator.get(path).text)[1]

    return look


@pytest.fixture
def order(operator, keeper):
    """order(path, …): the form is sent, the keeper does it; the page of the order."""

    def send(path, **typed):
        went = operator.send(path, reason="Изтрити новини", **typed)
        assert went.status_code == 303, went.text
        keeper()
        return went.location.partition("?")[0]

    return send
