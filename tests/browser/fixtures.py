"""The house on a real port with a real Chromium before it."""

import os
import signal
import socket
import threading
import time
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from secrets import token_hex
from subprocess import check_output
from typing import Any

import pytest
from flask import Flask, Response
from playwright.sync_api import expect, sync_playwright
from sqlalchemy import create_engine, text
from support.seeding import offer_as_neighbour, seed_parts

from obshto.ops.compose import compose, conninfo
from obshto.ops.config import child_environment
from obshto.ops.run import identity_command, web_command
from obshto.ops.seed import every_module
from obshto.ops.worker import worker_of
from obshto.platform.db.session import db
from obshto.platform.jobs.worker import DEFAULT, PROVISION, make_backup_daemon
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import ANONYMOUS, Principal
from obshto.platform.web.redirects import with_flash
from obshto.platform.web.request_uow import begin_uow, current_uow
from obshto.sso.embedded.people import seed_people
from obshto.sso.organizations import link_organization
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
    session_behind,
    settlements_of,
)

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--in-process-gpu",
]
FINDER = Path(__file__).parents[2] / ".ci" / "chromium"
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
PATIENCE = 60_000  # ms: a machine may be busy
NAME = "Проба Пробова"
WSGI = "obshto.ops.wsgi:app"
SURE = Proof(is_member=True, assurance=2)


def pytest_terminal_summary(terminalreporter):
    """How heavy each page was that a test weighed, whoever's process it ran in."""
    for report in terminalreporter.stats.get("passed", ()):
        said = dict(report.user_properties) if report.when == "call" else {}
        if "weight" in said:
            terminalreporter.write_line(said["weight"])


@dataclass(frozen=True)
class Site:
    """A served application: where its hosts are, who may be let in."""

    app: Flask
    base: str
    memory: Any
    kept_answers: Any

    def at(self, label=""):
        """The address of a host, without a slash."""
        scheme, host = self.base.split("://")
        return f"{scheme}://{label}{'.' if label else ''}{host}"

    def token(self, slug, *roles, name=NAME):
        """A session of somebody new with these roles."""
        with self.app.app_context():
            person_id = register_person(
                Profile(issuer="test", subject=f"test:{token_hex(8)}", name=name, email=None)
            )
            begin_uow(scope_named(slug), ANONYMOUS)
            for role in roles:
                appoint(current_uow(), person_id, role)
            current_uow().session.commit()
            return open_session(person_id, municipality=slug, term=STAFF, proof=SURE)

    def renew_sessions(self):
        """Whoever is signed in has done so this moment."""
        engine = create_engine(self.app.extensions["obshto.config"].migrator)
        with engine.begin() as connection:
            asked = "UPDATE shared.session SET assured_at = now(), seen_at = now()"
            connection.execute(text(asked))
        engine.dispose()

    def operator(self, name=NAME):
        """A session of a specialist of the region, on the operations host."""
        with self.app.app_context():
            subject = f"test:{token_hex(8)}"
            profile = Profile(issuer="test", subject=subject, name=name, email=None)
            person_id = register_person(profile)
            appoint_in_region(person_id, Role.OPERATOR)
            return open_session(person_id, municipality="ops", term=STAFF, proof=SURE)

    def cookie(self, slug, token):
        """The session as Playwright takes it."""
        name = "__Host-session" if self.base.startswith("https") else "session"
        cookie = {"name": name, "value": token, "url": self.at(slug), "httpOnly": True}
        return {**cookie, "secure": self.base.startswith("https")}

    def flash(self, slug, word):
        """What a browser has there after an act that ends with this sentence, as Playwright takes
        it."""
        with self.app.test_request_context(base_url=self.at(slug)):
            told = with_flash(Response(), word).headers["Set-Cookie"].partition(";")[0]
        name, _, value = told.partition("=")
        return self.cookie(slug, value) | {"name": name}

    def fill(self, *slugs, only=()):
        """Demonstration content, of all parts or of those that are named, and people; written once
        for these settlements, as when every module is on, from then on put back, sessions too.
        What is switched on stays. Letters of long ago may carry the address of another server of
        these tests."""
        with self.app.app_context():
            as_they_are = {slug: find_municipality(slug).modules for slug in slugs}
            places = tuple(p.ekatte for slug in slugs for p in settlements_of(slug))

        def write():
            self.switch(*slugs)
            for slug in slugs:
                self.fill_by(slug, only=only)
            do_all_that_waits(self.app)  # hundreds of letters, which no story waits for

        self.memory.of((slugs, places, only), write)
        for slug, modules in as_they_are.items():
            self.switch_to(slug, modules)

    def fill_by(self, slug, name=NAME, *, token=None, only=()):
        """The same of one municipality, of whoever holds the token."""
        self.admit(slug)
        with self.app.app_context():
            mine = session_behind(token).person_id if token else None
            who = Principal(person_id=mine, name=name)
            seed_parts(scope_named(slug), who, self.kept_answers, only=only)

    def admit(self, *slugs):
        """People of the demonstration alone: they may sign in and have their roles."""
        for slug in slugs:
            with self.app.app_context():
                scope = scope_named(slug)
                link_organization(slug, {"bg": scope.title})
                seed_people(scope)

    def offer(self, slug, neighbour):
        """What this village published and others may take over, as if the neighbour had done so."""
        with self.app.app_context():
            offer_as_neighbour(scope_named(slug), neighbour)

    def switch(self, *slugs, on=True):
        """Every module of these municipalities, past the console."""
        for slug in slugs:
            self.switch_to(slug, every_module() if on else ())

    def switch_to(self, slug, modules):
        """These modules of a municipality and no others, past the console."""
        engine = create_engine(self.app.extensions["obshto.config"].migrator)
        row = {"modules": list(modules), "slug": slug}
        change = "UPDATE shared.tenant SET modules = :modules, version = version + 1"
        with engine.begin() as connection:
            connection.execute(text(f"{change} WHERE slug = :slug"), row)
        engine.dispose()


def do_all_that_waits(app, keeper=None):
    """The keeper, when there is one, then the worker, until nothing waits."""
    config = app.extensions["obshto.config"]

    def work():
        if keeper:
            queue = config.migrator.update_query_dict({"options": "-csearch_path=queue"})
            with (made := make_backup_daemon(conninfo(queue), keeper.duties, keeper.orders)).open():
                made.run_worker(queues=[PROVISION], wait=False, install_signal_handlers=False)
        with (made := worker_of(app, config)).open():
            made.run_worker(queues=[DEFAULT], wait=False, install_signal_handlers=False)

    hands = threading.Thread(target=work)
    hands.start()  # this thread has the browser's own loop
    hands.join()


@contextmanager
def gunicorn(forks, config, module, *more):
    """The server of production with what `obshto run` tells it; ready when it answers."""
    command = [module if word == WSGI else word for word in web_command(config)]
    commands = {config.port: [*command, *more]}
    if config.has_embedded_identity:
        commands[config.identity_port] = identity_command(config)
    with ExitStack() as servers:
        begun = [servers.enter_context(served(forks, it, config)) for it in commands.values()]
        for port, server in zip(commands, begun, strict=True):
            wait_for(port, server)
        yield


@contextmanager
def served(forks, command, config):
    """It ends without ceremony, with its workers: to tidy up takes seconds, and nothing is asked
    of it any more. How it starts and stops by itself, `tests/ops/test_run.py` has seen."""
    _, _, module, *arguments = command
    server = forks.begin(module, arguments, child_environment(config))
    try:
        yield server
    finally:
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def wait_for(port, server):
    end = time.monotonic() + 120
    while not answers(port):
        assert server.poll() is None, "the server has ended by itself"
        assert time.monotonic() < end, "the server does not listen"
        time.sleep(0.05)


def answers(port):
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


@pytest.fixture(scope="session")
def serve(house, config, free_port, forks, memory, templates, kept_answers):
    """Serve the house: `with serve() as site`. `base` is its address without the port."""

    @contextmanager
    def begin(*more, base="http://localhost", workers=1, module=WSGI, port=None, **said):
        port = port or free_port()
        placed = replace(config, base_url=f"{base}:{port}", port=port, web_workers=workers, **said)
        app = compose(placed)  # for the tests' own hands; the server composes another
        app.jinja_env.bytecode_cache = templates
        with gunicorn(forks, placed, module, *more):
            yield Site(app, placed.base_url, memory, kept_answers)
        app.extensions["obshto.hosts"].close()
        with app.app_context():
            for engine in db.engines.values():
                engine.dispose()

    return begin


@pytest.fixture(scope="session")
def enter_as():
    """enter_as(page, host, path, "mayor"): by the pages that people use, a second factor too."""

    def enter(page, host, path, who):
        page.goto(f"{host}/sign-in?next={path}&level=2")
        page.get_by_role("button", name="Продължете").click()
        page.locator(f"button[value='demo:{who}']").click()

    return enter


@pytest.fixture(scope="session")
def site(serve):
    with serve(workers=2) as site:
        yield site


@pytest.fixture
def work_off(site):
    """work_off(): the worker does all that waits; work_off(keeper): the keeper does, before it."""
    return partial(do_all_that_waits, site.app)


@pytest.fixture(scope="session")
def chromium():
    """Starts a browser: `chromium(*more_arguments, is_whole=False)`. All end with the tests."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:

        def begin(*more, is_whole=False):
            path = check_output([FINDER, "whole" if is_whole else ""], text=True).strip()
            return playwright.chromium.launch(executable_path=path, args=[*ARGUMENTS, *more])

        yield begin


@pytest.fixture(scope="session")
def browser(chromium):
    browser = chromium()
    yield browser
    browser.close()


@pytest.fixture
def visit(browser):
    """A new visitor: `visit(js=False, phone=False)` is a page of its own, with its own cookies."""
    contexts = []

    def begin(*, js=True, phone=True, cookies=()):
        context = browser.new_context(
            java_script_enabled=js, viewport=PHONE if phone else DESK, service_workers="block"
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        if cookies:
            context.add_cookies(list(cookies))
        return context.new_page()

    yield begin
    for context in contexts:
        context.close()
