"""Database and app: a real PostgreSQL, two villages in it, the app over them."""

import os
from contextlib import contextmanager

import pytest
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Engine, create_engine, event, select, text
from support.browsing import Visitor

from obshto.ops.bootstrap_db import prepare
from obshto.ops.compose import compose
from obshto.ops.config import read_config, spelled
from obshto.ops.local import temporary_server
from obshto.ops.migrate import migrate_shared
from obshto.ops.seed import join
from obshto.platform.db.engine import ENGINE_OPTIONS
from obshto.platform.db.session import db
from obshto.platform.storage.kinds import WEBP
from obshto.platform.storage.models import StoredFile
from obshto.platform.storage.services import draw_copies
from obshto.tenants.municipalities.provision import NewMunicipality

# The neighbour has everything switched off, so that absence is tested where presence is.
VILLAGES = {"gorno-selo": ("news",), "dolno-selo": ()}
TITLES = {"gorno-selo": "Горно село", "dolno-selo": "Долно село"}
COLOURS = {"gorno-selo": "#14532d", "dolno-selo": "#1e3a8a"}


def village(slug, modules=()):
    """What must be known of a village before it joins."""
    title = TITLES.get(slug, slug.title())
    return NewMunicipality(
        slug=slug,
        titles={"bg": f"Община {title}", "en": f"{slug.title()} Municipality"},
        names={"bg": title, "en": slug.title()},
        modules=tuple(modules),
        colour=COLOURS.get(slug, "#14532d"),
        contact={"phone": "0938 12 345", "email": f"{slug}@villages.example"},
        facts={},
    )


@pytest.fixture(scope="session")
def server():
    """The superuser's address of a server that lives as long as the tests."""
    with temporary_server() as superuser:
        yield superuser


@pytest.fixture(scope="session")
def logins(server):
    return prepare(server, "obshto")


@pytest.fixture(scope="session")
def config(logins, tmp_path_factory):
    """The configuration of development, over the database of the tests."""
    return read_config(
        {
            "DATA_DIR": str(tmp_path_factory.mktemp("data")),
            "DATABASE_URL": spelled(logins.app),
            "MIGRATOR_URL": spelled(logins.migrator),
            "BACKUP_URL": spelled(logins.backup),
        }
    )


@pytest.fixture(scope="session")
def folder_of_run(tmp_path_factory):
    """folder_of_run(name): a folder that all processes of this run share."""

    def make(name):
        base = tmp_path_factory.getbasetemp()
        folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
        folder.mkdir(exist_ok=True)
        return folder

    return make


@pytest.fixture(scope="session")
def templates(folder_of_run):
    """What Jinja made of templates, kept for all apps and processes of this run: there are some
    eight hundred, and each app would compile them anew."""
    return FileSystemBytecodeCache(str(folder_of_run("templates")))


def made_for_tests(app, templates):
    """The app with the clients of the tests."""
    app.test_client_class = Visitor
    app.jinja_env.bytecode_cache = templates
    return app


@pytest.fixture(scope="session")
def house(config, migrator, templates):
    """The app over a migrated database with both villages; composition needs neither."""
    app = made_for_tests(compose(config), templates)
    migrate_shared(migrator)
    with migrator.begin() as connection, app.app_context():
        for slug, modules in VILLAGES.items():
            join(connection, village(slug, modules), by="Проба")
    yield app
    _let_go(app)


@pytest.fixture(scope="session")
def migrator(config):
    """The owner of all schemas; one connection for all tests, whose plans stay warm."""
    engine = create_engine(config.migrator, pool_pre_ping=True)
    yield engine
    engine.dispose()


@pytest.fixture
def make_app(house, config, templates):
    """Another app over the same database, for tests that plant parts of their own.

    It is let go after its test: each holds connections, and the server has a hundred.
    """
    with _making(config, templates) as make:
        yield make


@pytest.fixture(scope="module")
def make_lasting_app(house, config, templates):
    """The same for all tests of a file: to compose one takes a second. What an app keeps of pages
    it keeps under the stamp of a municipality's row, which is another after each test."""
    with _making(config, templates) as make:
        yield make


@contextmanager
def _making(config, templates):
    made = []

    def make(**overrides):
        made.append(made_for_tests(compose(config, **overrides), templates))
        return made[-1]

    yield make
    for app in made:
        _let_go(app)


def _let_go(app):
    app.extensions["obshto.hosts"].close()
    with app.app_context():
        for engine in db.engines.values():
            engine.dispose()


@pytest.fixture
def app(house):
    return house


@pytest.fixture
def owner(house, migrator):
    """The migrator's connection: the owner of schemas, who sees all."""
    with migrator.connect() as connection:
        yield lambda statement: connection.execute(text(statement)).all()


@pytest.fixture
def app_engine(house, config):
    """The login of web and worker, past the application."""
    engine = create_engine(config.database, **ENGINE_OPTIONS)
    yield engine
    engine.dispose()


@pytest.fixture
def statements_of():
    """statements_of(do): the SQL of do(), without that somebody was seen: told once a minute."""

    def hear(do):
        heard = []

        def note(connection, cursor, statement, *more):
            if not statement.startswith("UPDATE shared.session"):
                heard.append(statement)

        event.listen(Engine, "before_cursor_execute", note)
        try:
            do()
        finally:
            event.remove(Engine, "before_cursor_execute", note)
        return heard

    return hear


@pytest.fixture
def queued(owner):
    """The jobs that wait: (name, arguments)."""
    rows = "SELECT task_name, args FROM queue.procrastinate_jobs WHERE status = 'todo' ORDER BY id"
    return lambda: [tuple(row) for row in owner(rows)]


@pytest.fixture
def draw_pictures(uow_in):
    """draw_pictures(): what the job does with each picture that was kept."""

    def do(slug="gorno-selo"):
        whole = select(StoredFile.id).where(StoredFile.copy_of.is_(None))
        with uow_in(slug) as uow:
            for file_id in uow.session.scalars(whole.where(StoredFile.mime == WEBP.mime)).all():
                draw_copies(uow, str(file_id))
            uow.commit()

    return do
