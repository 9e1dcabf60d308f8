"""A region of many municipalities with news, served as production is: gunicorn, two workers."""

from __future__ import annotations

import http.client
import socket
import subprocess
import tempfile
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import uuid4

from sqlalchemy import create_engine
from tape import Tape

from obshto.modules.news.seeds import seed
from obshto.modules.news.services import Text, publish_item, write_item
from obshto.ops.bootstrap_db import prepare
from obshto.ops.compose import compose
from obshto.ops.config import child_environment, read_config, spelled
from obshto.ops.local import temporary_server
from obshto.ops.migrate import migrate_shared
from obshto.ops.run import web_command
from obshto.ops.seed import join
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import (
    STAFF,
    Profile,
    Proof,
    appoint,
    open_session,
    register_person,
    scope_named,
)
from obshto.tenants.municipalities.provision import NewMunicipality

BASE = "localhost:8000"
HERE = Path(__file__).parent
# As long as a form lets them be, so that the home page has the size of one that is used.
LONG = 4
WORDS = Text(title="Заглавие " * 12, summary="Накратко " * 33, markdown="Текст " * 200)


@dataclass
class Region:
    """An empty region; `slugs` grows with each municipality."""

    config: object
    app: object
    folder: Path
    postmaster: int
    superuser: object
    slugs: list
    tape: Tape = field(default_factory=Tape)

    def crowd(self, number):
        """So many municipalities in all, the quick way: see `tape`."""
        with self.tape.playing():
            self.grow(number)

    def grow(self, number):
        """So many municipalities in all; the seconds that each new one took."""
        engine, took = create_engine(self.config.migrator), []
        for at in range(len(self.slugs), number):
            began = time.monotonic()
            with engine.begin() as connection, self.app.app_context():
                join(connection, municipality(f"selo-{at}"), by="bench")
            took.append(time.monotonic() - began)
            self.slugs.append(f"selo-{at}")
        engine.dispose()
        return took

    def fill(self, slugs, *roles):
        """News and an editor in each of these, or who holds other roles; the files of hosts,
        without cookies and with.
        """
        signed = []
        for slug in slugs:
            with self.app.app_context():
                scope = scope_named(slug)
                with open_uow(scope, Principal.system("bench")) as uow:
                    seed(uow)
                    for _ in range(LONG):
                        item = write_item(uow, WORDS, request_id=uuid4())
                        publish_item(uow, item, expected_version=item.version)
                profile = Profile(issuer="test", subject="bench", name="Росица Пенкова", email=None)
                person_id = register_person(profile)
                with open_uow(scope, Principal.system("bench")) as uow:
                    for role in roles or (Role.EDITOR,):
                        appoint(uow, person_id, role)
                token = open_session(
                    person_id,
                    municipality=slug,
                    term=STAFF,
                    proof=Proof(is_member=True, assurance=2),
                )
            signed.append(f"{slug}.{BASE} session={token}")
        strangers = [line.partition(" ")[0] for line in signed]
        return self.lines("strangers", strangers), self.lines("signed", signed)

    def lines(self, name, lines):
        path = self.folder / name
        path.write_text("\n".join(lines))
        return path


@contextmanager
def region():
    """A database of its own, gone afterwards."""
    with ExitStack() as stack:
        superuser = stack.enter_context(temporary_server(is_durable=True))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="obshto-bench-")))
        logins = prepare(superuser, "obshto")
        config = read_config(
            {
                "DATA_DIR": str(folder),
                "BASE_URL": f"http://{BASE}",
                "DATABASE_URL": spelled(logins.app),
                "MIGRATOR_URL": spelled(logins.migrator),
            }
        )
        engine = create_engine(config.migrator)
        migrate_shared(engine)
        engine.dispose()
        postmaster = Path(superuser.query["host"], "postmaster.pid").read_text().split()[0]
        yield Region(config, compose(config), folder, int(postmaster), superuser, [])


@contextmanager
def served(region, app="obshto.ops.wsgi:app", more=None):
    """Port and process of a gunicorn with the settings of `obshto run`, and `more` of them."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = web_command(replace(region.config, port=port))
    command[3] = app
    environ = child_environment(region.config) | {"PYTHONPATH": str(HERE)} | (more or {})
    log = (region.folder / "web.log").open("ab")
    process = subprocess.Popen(command, env=environ, stdout=log, stderr=log)
    try:
        while not _answers(port):
            assert process.poll() is None, (region.folder / "web.log").read_text()
            time.sleep(0.05)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait()
        log.close()


def body_of(port, path, line):
    """What a visitor gets: bytes."""
    host, _, cookie = line.partition(" ")
    connection = http.client.HTTPConnection("127.0.0.1", port)
    headers = {"Host": host} | ({"Cookie": cookie} if cookie else {})
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    assert answer.status == 200, (answer.status, path)
    return body


def municipality(slug):
    """What must be known of one before it joins."""
    title = slug.title()
    return NewMunicipality(
        slug=slug,
        titles={"bg": f"Община {title}", "en": f"{title} Municipality"},
        names={"bg": title, "en": title},
        modules=("news", "polls"),
        contact={"phone": "0938 12 345", "email": f"{slug}@villages.example"},
    )


def _answers(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/", headers={"Host": BASE})
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()
