"""Both villages full of rows in every table; hands that take, restore, look."""

import datetime as dt
import uuid
from contextlib import suppress

import psycopg
import pytest
from sqlalchemy import create_engine, select, text
from sqlalchemy.exc import IntegrityError
from support.seeding import seed_parts

from obshto.ops.backup import schema_swap
from obshto.ops.backup.backup_run import take_all
from obshto.ops.backup.backup_settings import keeping_of, noted, stage_of
from obshto.ops.backup.restoration import restore_beside
from obshto.ops.compose import conninfo
from obshto.platform.db.base import TenantModel
from obshto.platform.keys.encryption import Encrypted
from obshto.platform.scope import in_municipality, schema_of
from obshto.platform.unit_of_work import Principal
from obshto.tenants.api import scope_named
from obshto.tenants.municipalities.provision import close_schema

HERE, THERE = "gorno-selo", "dolno-selo"
# What a format of text gets wrong: ends of lines and of files, quotes, nothing beside empty.
HARD = ["", "\\N", "\\.", 'a "b", c', "a\nb\r\nc\td", "кирилица; Ș ț", "'); DROP --", "\u2028"]


@pytest.fixture
def stage(app, config):
    engine = create_engine(config.migrator)
    yield stage_of(config, engine)
    engine.dispose()


@pytest.fixture
def keeping(config, app):
    with noted(config) as note:
        yield keeping_of(config, note)


@pytest.fixture(autouse=True)
def swept(config, request):
    """Schemas beside the villages are gone afterwards, and the backups of the test."""
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
def full(app, config, memory, kept_answers):
    """Every table of both villages has rows: by its part's seeds, else made up from its columns."""
    memory.of("full", lambda: fill(app, config, kept_answers))


def fill(app, config, kept_answers):
    engine = create_engine(config.migrator)
    with app.app_context():
        for slug in (HERE, THERE):
            seed_parts(scope_named(slug), Principal.system("test"), kept_answers)
            with engine.begin() as connection, in_municipality(slug):
                for table in TenantModel.metadata.sorted_tables:
                    whole = f'"{schema_of(slug)}"."{table.name}"'
                    if not connection.scalar(text(f"SELECT count(*) FROM {whole}")):
                        make_up(connection, slug, table)
    engine.dispose()


def make_up(connection, slug, table):
    """Rows of hard values; one that the table's own rules refuse is passed over."""
    at = connection.execution_options(schema_translate_map={"tenant": schema_of(slug)})
    for number in range(3):
        with suppress(IntegrityError), connection.begin_nested():
            row = {column.name: value_of(column, number) for column in table.c}
            for column in table.c:
                for key in column.foreign_keys:  # a row that is there
                    rows = select(key.column).limit(1)
                    row[column.name] = at.scalar(rows.offset(number % 2)) or at.scalar(rows)
            at.execute(table.insert().values({k: v for k, v in row.items() if v is not None}))


def value_of(column, number):
    if column.computed is not None or column.server_default is not None:
        return None
    if column.nullable and number == 1:
        return None
    if isinstance(column.type, Encrypted):
        return f"{number} {HARD[number]}"
    kind = column.type.python_type
    made = {
        str: f"{HARD[number]}{number}",
        int: number + 1,
        bool: bool(number % 2),
        bytes: bytes([number, 0, 255, 10, 92]),
        uuid.UUID: uuid.uuid4(),
        dt.datetime: dt.datetime(2026, 11, 24, 8, 30, number, 123456, tzinfo=dt.UTC),
        dt.date: dt.date(2026, 11, 24 + number),
        dict: {"ключ": HARD[number], "n": [1, None, 2.5]},
        list: [HARD[number], "две"],
        float: number / 3,
    }
    return made.get(kind, str(number))


@pytest.fixture
def take(keeping):
    """take(slug, …): the paths of new backups."""
    return lambda *slugs: take_all(keeping, slugs)


@pytest.fixture
def restore(app, stage):
    """restore(path): the municipality of that backup, beside the living one."""
    return lambda path, slug=HERE: restore_beside(stage, app, slug, path, by="test")


@pytest.fixture
def swap(app, stage):
    return lambda: schema_swap.swap_in(stage, app, HERE, reason="Изтрити новини", by="test")


@pytest.fixture
def put_back(app, stage):
    return lambda: schema_swap.put_back(stage, app, HERE, reason="Не беше това", by="test")


@pytest.fixture
def owner(house, config):
    """The owner's look at the tables, which holds none of them: a swap waits for who does."""

    def ask(statement):
        with psycopg.connect(conninfo(config.migrator), autocommit=True) as connection:
            return connection.execute(statement).fetchall()

    return ask


@pytest.fixture
def schemas(owner):
    return lambda: {name for (name,) in owner("SELECT nspname FROM pg_namespace")}


@pytest.fixture
def roles(owner):
    return lambda: {name for (name,) in owner("SELECT rolname FROM pg_roles")}
