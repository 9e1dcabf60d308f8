"""A real PostgreSQL, two villages in it, and the app that logs in as production does."""

from __future__ import annotations

import gc
import itertools
import json
import os
import secrets
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager, suppress
from dataclasses import replace
from html.parser import HTMLParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO

import psycopg
import pytest
from flask import g
from flask.testing import FlaskClient
from sqlalchemy import Engine, create_engine, event, text, update
from xdist.scheduler import LoadScopeScheduling

from obshto.ops.bootstrap_db import prepare
from obshto.ops.compose import compose, conninfo
from obshto.ops.config import read_config, spelled
from obshto.ops.local import temporary_server
from obshto.ops.migrate import migrate_shared
from obshto.ops.seed import join
from obshto.platform.db.base import TenantModel
from obshto.platform.db.engine import ENGINE_OPTIONS
from obshto.platform.db.session import db
from obshto.platform.fetching.guard import GUARD, Guard
from obshto.platform.permissions import Role
from obshto.platform.scope import schema_of
from obshto.platform.unit_of_work import ANONYMOUS
from obshto.platform.web.request_uow import begin_uow, current_uow
from obshto.tenants.api import (
    STAFF,
    Profile,
    Proof,
    appoint,
    appoint_in_region,
    find_municipality,
    open_session,
    register_person,
    scope_named,
)
from obshto.tenants.municipalities.models import Tenant
from obshto.tenants.municipalities.provision import NewMunicipality

# The neighbour has everything switched off, so that absence is tested where presence is.
VILLAGES = {"gorno-selo": ("news",), "dolno-selo": ()}
TITLES = {"gorno-selo": "Горно село", "dolno-selo": "Долно село"}
COLOURS = {"gorno-selo": "#14532d", "dolno-selo": "#1e3a8a"}
# What a provider says of staff: one of ours, with a second factor.
SURE = Proof(is_member=True, assurance=2)
# Tables of the region that tests write; the rest belongs to the villages themselves.
REGIONAL = ("session", "step_in", "person", "public_entry", "audit_entry", "brake_count")
REGIONAL += ("failed_sign_in",)
REGIONAL += ("emblem", "ticket_entry", "ticket", "incident_update", "incident", "canary_look")
REGIONAL += ("welcome", "billing_reminder", "billing_remittance", "billing_invoice")
REGIONAL += ("billing_issuer", "billing_customer", "billing_membership", "billing_use")
REGIONAL += ("billing_tariff", "billing_regional_posting", "billing_outlay")
REGIONAL += ("billing_year_account", "regional_post", "billing_collection")
REGIONAL += ("billing_meter_event", "billing_asked_bill", "billing_collector_event")
REGIONAL += ("backup_run", "restoration", "reading", "request_minute", "request_hour")
REGIONAL += ("backup_order",)


# Quick ones first: whoever broke a rule hears of it before the browser starts. Then what takes
# longest in one piece, so that no process is left alone with it at the end. A browser keeps an
# event loop in its process for good: what runs one of its own comes before.
SLOW = ("ops", "browser", "drill", "sso", "journeys")
# What shares something that is dear to start: one process runs it all, others run the rest.
TOGETHER = ("sso", "browser", "journeys")


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: next((SLOW.index(n) for n in item.path.parts if n in SLOW), -1))


def pytest_collection_finish():
    """What is there now stays to the end, thousands of tests with all that they import: whoever
    looks for garbage need not look through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


class Together(LoadScopeScheduling):
    """A file stays in one process, and so does what shares something dear."""

    def _split_scope(self, nodeid):
        path = nodeid.partition("::")[0]
        return next((name for name in TOGETHER if name in path.split("/")), path)


def pytest_xdist_make_scheduler(config, log):
    return Together(config, log)


def pytest_terminal_summary(terminalreporter, config):
    """How many tests of signing in each provider stood, for the closing line."""
    passed = [one.nodeid for one in terminalreporter.stats.get("passed", ()) if one.when == "call"]
    config.cache.set("obshto/sign-in", stood_by_provider(passed))


def stood_by_provider(passed):
    """The same tests with each, and those that only the real one can stand."""
    sso = [name for name in passed if name.startswith("tests/sso/")]
    return {
        "embedded": sum("[embedded" in name for name in sso),
        "keycloak": sum("[keycloak" in name for name in sso),
        "keycloak_alone": sum(name.startswith("tests/sso/keycloak/") for name in sso),
    }


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
def free_port():
    """free_port() is a port where nobody listens, nor on the next one: a provider may sit there.

    Each process of tests has a range of its own, below what the system gives out by itself, so
    that no two are told the same, nor two checkouts that are tested side by side.
    """
    first = 12_000 + os.getpid() * 64 % 19_968
    ports = itertools.cycle(range(first, first + 64, 2))

    def find():
        return next(port for port in ports if is_free(port) and is_free(port + 1))

    return find


def is_free(port):
    with socket.socket() as probe, suppress(OSError):
        probe.bind(("127.0.0.1", port))
        return True
    return False


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
def house(config, migrator):
    """The app over a migrated database with both villages; composition needs neither."""
    app = compose(config)
    app.test_client_class = Visitor
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
def make_app(house, config):
    """Another app over the same database, for tests that plant parts of their own.

    It is let go after its test: each holds connections, and the server has a hundred.
    """
    made = []

    def make(**overrides):
        made.append(compose(config, **overrides))
        made[-1].test_client_class = Visitor
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


class Elsewhere:
    """A web server of somebody else. `pages[path]` answers a request: (status, headers, body), or
    a function that is given the handler and writes what it likes. `heard` is what was asked.
    """

    def __init__(self):
        self.pages, self.heard, self.address = {}, [], ""


@pytest.fixture
def elsewhere(house):
    """It listens on the loopback, and the house may ask it as if it were of the internet."""
    told = Elsewhere()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            told.heard.append((self.command, self.path, dict(self.headers), body))
            page = told.pages.get((self.command, self.path)) or told.pages.get(self.path)
            self.close_connection = True
            if callable(page):
                page = page(self, body)
            if page is not None:
                self.put(*page)

        do_GET = do_POST = do_PUT = do_DELETE = answer  # noqa: N815  (the library's names)

        def put(self, status, headers, content):
            self.send_response(status)
            for name, value in {"Content-Length": len(content), **headers}.items():
                self.send_header(name, str(value))
            self.end_headers()
            with suppress(OSError):  # whoever asked may have heard enough
                self.wfile.write(content)

        def log_message(self, *words):
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    told.address = f"http://127.0.0.1:{server.server_port}"
    before = house.extensions.get(GUARD)
    house.extensions[GUARD] = Guard(trusted=frozenset([f"127.0.0.1:{server.server_port}"]))
    yield told
    house.extensions[GUARD] = before
    server.shutdown()
    thread.join()
    server.server_close()


FORKS = """
import json, os, sys, traceback
from obshto.ops.cli import main
from obshto.ops.compose import all_components

all_components()
for name in main.list_commands(None):
    main.get_command(None, name)
for line in sys.stdin:
    order = json.loads(line)
    child = os.fork()
    if child == 0:
        for number, name in enumerate(order["files"]):
            os.dup2(os.open(name, os.O_RDWR), number)
        os.environ.clear()
        os.environ.update(order["environ"])
        code = 1
        try:
            main(order["arguments"], prog_name="obshto")
        except SystemExit as ended:
            code = ended.code or 0
        except BaseException:
            traceback.print_exc()
        sys.stdout.flush(), sys.stderr.flush()
        os._exit(code)  # a process of this size takes a second to tidy up
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
os._exit(0)
"""


class Commands:
    """`obshto`. Every command is a process of its own, forked from one that has imported all: many
    times quicker.
    """

    def __init__(self, folder):
        self.files = [folder / name for name in ("stdin", "stdout", "stderr")]
        self.forks = subprocess.Popen(
            [sys.executable, "-c", FORKS],
            env={"PATH": os.environ["PATH"]},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __call__(self, arguments, environ, typed=""):
        for file, content in zip(self.files, (typed, "", ""), strict=True):
            file.write_text(content)
        order = {
            "arguments": arguments,
            "environ": {"PATH": os.environ["PATH"], **environ},
            "files": [str(file) for file in self.files],
        }
        self.forks.stdin.write(json.dumps(order) + "\n")
        self.forks.stdin.flush()
        code = int(self.forks.stdout.readline())
        _, out, err = (file.read_text() for file in self.files)
        return subprocess.CompletedProcess(arguments, code, out, err)

    def close(self):
        self.forks.communicate(timeout=10)


@pytest.fixture(scope="session")
def commands(tmp_path_factory):
    """commands(("db", "check"), {"DATABASE_URL": …}): code, output, errors, as a shell has them."""
    made = Commands(tmp_path_factory.mktemp("commands"))
    yield made
    made.close()


@pytest.fixture
def client(app):
    """A visitor with a modern browser: writes say that they come from our own page."""
    return visitor(app)


class Visitor(FlaskClient):
    """Lets go of what it has sent: a large body lies in a temporary file."""

    def open(self, *args, **kwargs):
        answer = super().open(*args, **kwargs)
        answer.request.input_stream.close()
        return answer


def visitor(app):
    client = app.test_client()
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    return client


@pytest.fixture
def at():
    """The base URL of a host: at("gorno-selo"), at("ops"), at() for the region."""
    return lambda label="": f"http://{label}{'.' if label else ''}localhost:8000"


@pytest.fixture
def sign_in(app, at):
    """sign_in("gorno-selo", Role.EDITOR): a client signed in there, with its form token."""

    def enter(slug, *roles, name="Проба Пробова", email=None):
        with app.app_context():
            subject = f"test:{secrets.token_hex(8)}"
            profile = Profile(issuer="test", subject=subject, name=name, email=email)
            person_id = register_person(profile)
            scope = scope_named(slug)
            with _work(app, scope) as uow:
                for role in roles:
                    appoint(uow, person_id, role)
                uow.session.commit()
            token = open_session(person_id, municipality=slug, term=STAFF, proof=SURE)
        return SignedIn(app, slug, at(slug), token, person_id)

    return enter


class SignedIn:
    """A browser of somebody signed in: sends the cookie, and the token with each write."""

    def __init__(self, app, slug, base, token, person_id):
        self.app, self.slug, self.base, self.person_id = app, slug, base, person_id
        self.client, self.tokens = visitor(app), {}
        self.client.set_cookie("session", token, domain=f"{slug}.localhost")
        self._again = (app, slug, base, token, person_id)

    def again(self):
        """The same session in a browser that has not been anywhere."""
        return SignedIn(*self._again)

    def get(self, path, **kw):
        return self.client.get(path, base_url=kw.pop("base_url", self.base), **kw)

    def post(self, path, data=None, **kw):
        base = kw.pop("base_url", self.base)
        data = {"csrf_token": self.form_token(), **(data or {})}
        data = {name: _sent(value) for name, value in data.items()}
        return self.client.post(path, data=data, base_url=base, **kw)

    def forms(self, path):
        """(address, fields) of each form of a page that writes, filled in as the page shows it."""
        page = self.get(path)
        assert page.status_code == 200, (path, page.status_code)
        return self.forms_in(page.text, path)

    def forms_in(self, html, path=""):
        """The same of a page that is at hand."""
        return [(action or path, fields) for action, fields in Forms(html).found]

    def press(self, path, to="", **typed):
        """Open a page, fill in its form and send it; `to` is how the form's address ends."""
        [(address, fields)] = [
            form
            for form in self.forms(path)
            if form[0].endswith(to or path) and not form[0].endswith("/sign-out")
        ]
        return self.post(address, fields | typed)

    def form_token(self):
        """What each form of this session carries; another session has another."""
        session = self.client.get_cookie("session", domain=f"{self.slug}.localhost")
        key = session.value if session else ""
        if key not in self.tokens:
            page = self.client.get("/console/", base_url=self.base).text
            self.tokens[key] = page.partition('name="csrf_token" value="')[2].partition('"')[0]
        return self.tokens[key]


class Chosen(str):
    """In the place of a file: where a form asks for one, this small text is sent."""


def _sent(value):
    return (BytesIO("Опит.\n".encode()), "опит.txt") if isinstance(value, Chosen) else value


class Forms(HTMLParser):
    """The forms of a page that write: where each goes, what a browser would send of it."""

    def __init__(self, html):
        super().__init__()
        self.found, self._fields, self._area = [], None, ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self._fields = {}
            if given.get("method") == "post":
                self.found.append((given.get("action"), self._fields))
        elif self._fields is None or "name" not in given:
            return
        elif tag == "textarea":
            self._area = given["name"]
            self._fields[self._area] = ""
        elif tag == "input" and given.get("type") == "file":
            self._fields[given["name"]] = Chosen()
        elif tag == "input" and given.get("type") not in ("submit", "checkbox", "radio"):
            self._fields[given["name"]] = given.get("value", "")
        elif tag == "input" and "checked" in given:
            self._fields[given["name"]] = given.get("value", "on")

    def handle_data(self, data):
        if self._area:
            self._fields[self._area] += data

    def handle_endtag(self, tag):
        if tag == "textarea":
            self._area = ""
        elif tag == "form":
            self._fields = None


class Operator:
    """A browser of a specialist, signed in on the operations host."""

    def __init__(self, client, base):
        self.client, self.base = client, base

    def get(self, path):
        """The page, without the marks where long words may break."""
        answer = self.client.get(path, base_url=self.base)
        if answer.mimetype == "text/html":
            answer.set_data(answer.get_data().replace(b"<wbr>", b""))
        return answer

    def send(self, path, to="", **typed):
        """The form of that page with these fields; `to` is how its address ends."""
        forms = [(address or path, fields) for address, fields in Forms(self.get(path).text).found]
        address, fields = next(
            form for form in forms if form[0].endswith(to) and not form[0].endswith("/sign-out")
        )
        return self.client.post(address, data=fields | typed, base_url=self.base)


@pytest.fixture
def operator(app, at, client):
    with app.app_context():
        profile = Profile(issuer="test", subject="it", name="Десислава Митова", email=None)
        person_id = register_person(profile)
        appoint_in_region(person_id, Role.OPERATOR)
        proof = Proof(is_member=True, assurance=2)
        token = open_session(person_id, municipality="ops", term=STAFF, proof=proof)
    client.set_cookie("session", token, domain="ops.localhost")
    return Operator(client, at("ops"))


@contextmanager
def _work(app, scope):
    with app.app_context():
        # What is switched on there, as the door and the worker know it.
        found = find_municipality(scope.slug) if scope else None
        g.modules = found.modules if found else frozenset()
        begin_uow(scope, ANONYMOUS)
        yield current_uow()
        current_uow().session.rollback()


@pytest.fixture
def uow_in(app):
    """Work in a village, or with no scope at all; what it wrote is dropped unless committed."""

    @contextmanager
    def begin(slug, node=None, app=app):
        with app.app_context():
            scope = replace(scope_named(slug), node=node) if slug else None
        with _work(app, scope) as uow:
            yield uow

    return begin


def written():
    """The tables that tests write to; those that point at others come first."""
    tables = [table.name for table in reversed(TenantModel.metadata.sorted_tables)]
    yield from (f'"{schema_of(slug)}"."{name}"' for slug in VILLAGES for name in tables)
    yield from (f"shared.{name}" for name in REGIONAL)


class Memory:
    """What a fixture wrote, so that it need not be written again for each test.

    `memory.of(name, write)`: the first time it writes, from then on its rows are put back. Answers
    what `write` gave the first time.
    """

    def __init__(self, superuser):
        self.superuser, self.kept = superuser, {}

    def of(self, name, write):
        if name not in self.kept:
            given = write()
            with psycopg.connect(self.superuser) as connection:
                self.kept[name] = (given, *self._look(connection.cursor()))
            return given
        given, rows, tenants = self.kept[name]
        with psycopg.connect(self.superuser) as connection:
            self._put_back(connection.cursor(), rows, tenants)
        return given

    def _look(self, cursor):
        rows = {}
        for table in (*written(), "queue.procrastinate_jobs"):
            with cursor.copy(f"COPY {table} TO STDOUT") as copy:
                rows[table] = b"".join(copy)
        return {table: content for table, content in rows.items() if content}, self._tenants(cursor)

    def _tenants(self, cursor):
        return cursor.execute("SELECT slug, to_jsonb(t)::text FROM shared.tenant t").fetchall()

    def _put_back(self, cursor, rows, tenants):
        # Of rows that were there together each rule holds already.
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table, content in rows.items():
            with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                copy.write(content)
        for slug, row in tenants:
            cursor.execute(SAME_TENANT, (row, slug))


TENANTS = "modules, notice, bulletins, home_order, emblem, emblem_before"
SAME_TENANT = f"""UPDATE shared.tenant SET version = version + 1, ({TENANTS}) = (SELECT {TENANTS}
FROM jsonb_populate_record(NULL::shared.tenant, %s::jsonb)) WHERE slug = %s"""


@pytest.fixture(scope="session")
def memory(house, server):
    return Memory(conninfo(server.set(database="obshto")))


@pytest.fixture(autouse=True)
def emptied(request):
    """Tests commit for real; afterwards every table they may have written is emptied."""
    if "house" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("house")
    migrator = request.getfixturevalue("migrator")
    yield
    with migrator.begin() as connection:
        connection.exec_driver_sql(";".join(f"DELETE FROM {table}" for table in written()))
        for slug, modules in VILLAGES.items():
            as_it_joined = village(slug, modules)
            connection.execute(
                update(Tenant)
                .where(Tenant.slug == slug)
                .values(
                    modules=list(modules),
                    titles=as_it_joined.titles,
                    names=as_it_joined.names,
                    languages=list(as_it_joined.languages),
                    colour=as_it_joined.colour,
                    contact=as_it_joined.contact,
                    notice=None,
                    bulletins=[],
                    home_order=[],
                    emblem=None,
                    emblem_before=None,
                    version=Tenant.version + 1,  # what was kept of its pages is let go
                )
            )
        connection.exec_driver_sql("SET LOCAL search_path = queue")
        connection.exec_driver_sql("DELETE FROM procrastinate_jobs")


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
