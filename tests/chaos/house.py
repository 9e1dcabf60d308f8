"""The real thing in a temporary folder: database, web, worker, each killed and brought up again."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from sqlalchemy.exc import OperationalError
from template import BASE, VILLAGES, asked_of, environment, put_data, server_of, write_villages

from obshto.ops.compose import compose
from obshto.ops.config import child_environment, read_config, spelled
from obshto.ops.local import Server, ServerFailed, temporary_server
from obshto.ops.run import web_command
from obshto.sso.embedded.people import PEOPLE
from obshto.tenants.api import STAFF, Proof, open_session, register_person

HERE = Path(__file__).parent
START_SECONDS = 600  # it may share the machine
SURE = Proof(is_member=True, assurance=2)  # what a provider says of staff


class House:
    """Processes that somebody keeps alive, as systemd or Kubernetes would.

    `app` is what gunicorn serves; a mutant stands in for the real one. Where DRILL_TEMPLATE names
    what `template.py` kept, it begins as a copy of that.
    """

    database = "obshto"

    def __init__(
        self,
        folder,
        *,
        smtp="",
        stripe="",
        app="obshto.ops.wsgi:app",
        webs=("web",),
        workers=2,
        villages=VILLAGES,
        pooler=None,
        writers=1,
    ):
        self.folder, self.app_name, self.webs, self.workers = folder, app, webs, workers
        self.smtp, self.stripe, self.villages = smtp, stripe, villages
        template = os.environ.get("DRILL_TEMPLATE") if villages is VILLAGES else None
        self.template = Path(template) if template else None
        self.pooler, self.pooled = pooler, ""  # what stands before the database for the web
        self.writers = writers  # processes that write the villages
        self.ports = {name: _free_port() for name in webs}
        self.children, self.restarts = {}, 0
        self.closing = threading.Event()
        self.bringing_up = threading.Lock()
        self.stack = ExitStack()

    def __enter__(self):
        with self.stack:
            self._prepare(self._begin_server())
            self.stack.callback(self._stop)
            for name in (*self.webs, "worker"):
                self._start(name)
            self.keeper = threading.Thread(target=self._keep)
            self.keeper.start()
            self.wait_until_up()
            self.stack = self.stack.pop_all()
        return self

    def __exit__(self, *exc):
        self.stack.close()

    # -- for clients and judges ------------------------------------------------------------

    @property
    def port(self):
        return self.ports[self.webs[0]]

    def wait_until_up(self):
        """Every web server answers for a municipality: it has its database, too."""
        for port in self.ports.values():
            end = time.monotonic() + START_SECONDS
            while self._status(port) != 200:
                assert time.monotonic() < end, self.said()
                time.sleep(0.05)

    def said(self):
        """What the processes wrote."""
        return "".join(
            f"--- {log.name}\n{log.read_text(errors='replace')[-20000:]}" for log in self.logs()
        )

    def logs(self):
        """Of the processes and of the database."""
        return [*sorted(self.folder.glob("*.log")), self.server.log]

    @contextmanager
    def frozen(self):
        """Nobody is brought up or killed inside: for the judge."""
        with self.bringing_up:
            yield

    # -- faults ----------------------------------------------------------------------------

    def kill_postmaster(self, rng):
        return _kill(self.postmaster)

    def kill_backend(self, rng):
        """One connection of the application; PostgreSQL then throws out all and recovers."""
        own = [pid for pid in _children(self.postmaster) if b"app_login" in _line(pid)]
        return bool(own) and _kill(rng.choice(own))

    def kill_web_worker(self, rng):
        own = _children(self.children[rng.choice(self.webs)].pid)
        return bool(own) and _kill(rng.choice(own))

    def kill_web_master(self, rng):
        return _kill(self.children[rng.choice(self.webs)].pid)

    def kill_job_worker(self, rng):
        return _kill(self.children["worker"].pid)

    # -- where the database is: another house may stand before another one ------------------

    def _begin_server(self):
        """The address of its superuser."""
        kept = self.template and server_of(self.template)
        begun = temporary_server(is_durable=True, copy_of=kept)
        superuser = self.stack.enter_context(begun)
        self.server = Server(Path(superuser.query["host"]).parent)
        self._start_server()  # it runs already: this learns its number
        return superuser

    def _environment(self, superuser, data):
        """What every process is told of the database."""
        return environment(superuser, data)

    def _revive_server(self):
        if not _lives(self.postmaster):
            self.restarts += 1
            with suppress(ServerFailed):  # orphans still hold its memory: again in a moment
                self._start_server()

    # -- inside ----------------------------------------------------------------------------

    def _prepare(self, superuser):
        data = self.folder / "data"
        if self.template:
            put_data(self.template, data)
        self.superuser = superuser.set(database=self.database)
        self.environ = {
            **self._environment(superuser, data),
            "PROXIES": "127.0.0.1/32",  # clients say from which neighbourhood they come
            **({"SMTP_URL": self.smtp} if self.smtp else {}),
            **(_contract_with(self.stripe) if self.stripe else {}),
        }
        self.config = read_config(self.environ)
        self.app = compose(self.config)
        if self.pooler:
            begun = self.pooler(self.config.database, self.folder)
            self.pooled = spelled(self.stack.enter_context(begun))
        if self.template:
            self.polls, self.offers = asked_of(self.template)
        else:
            self.polls, self.offers = write_villages(
                self.app, self.config, self.villages, writers=self.writers
            )

    def _start(self, name):
        command = [sys.executable, "-m", "obshto.ops.worker"]
        environ = child_environment(self.config)
        environ["PYTHONPATH"] = os.pathsep.join(
            [str(HERE), str(HERE / "mutants"), environ.get("PYTHONPATH", "")]
        )
        environ["PGAPPNAME"] = "web" if name in self.webs else name  # who holds a connection
        environ |= {"SMTP_URL": self.smtp} if self.smtp else {}
        if name in self.webs:
            environ |= {"DATABASE_URL": self.pooled} if self.pooled else {}
            command = web_command(self.config)
            command[3] = self.app_name
            command[command.index("--bind") + 1] = f"127.0.0.1:{self.ports[name]}"
            command[command.index("--workers") + 1] = str(self.workers)
        with (self.folder / f"{name}.log").open("ab") as log:
            self.children[name] = subprocess.Popen(
                command, env=environ, stdout=log, stderr=log, process_group=0
            )

    def cookie(self, slug, key):
        """A session of somebody invented, as their browser sends it; the provider is not here."""
        person = next(person for person in PEOPLE if person.key == key)
        while True:
            with suppress(OperationalError), self.app.app_context():
                person_id = register_person(person.profile)
                token = open_session(person_id, municipality=slug, term=STAFF, proof=SURE)
                return f"session={token}"

    def _start_server(self):
        self.server.start()
        self.postmaster = int((self.server.data / "postmaster.pid").read_text().split()[0])

    def _keep(self):
        while not self.closing.wait(0.05):
            with self.bringing_up:
                if not self.closing.is_set():
                    self._bring_up()

    def _bring_up(self):
        self._revive_server()
        for name, child in list(self.children.items()):
            if child.poll() is not None:
                self.restarts += 1
                _kill_group(child.pid)  # what a killed master left on the port
                self._start(name)

    def _stop(self):
        self.closing.set()
        self.keeper.join()
        for child in self.children.values():
            _kill_group(child.pid)
            child.wait()

    def _status(self, port):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/", headers={"Host": f"{self.villages[0]}.{BASE}"})
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            connection.close()


def _contract_with(stripe):
    """As an installation that takes cards is configured, the stand-in in the place of Stripe."""
    return {
        "STRIPE_KEY": "sk_test_double",
        "STRIPE_WEBHOOK_SECRET": "whsec_double",
        "STRIPE_API": stripe,
        "STRIPE_PAGES": stripe,
    }


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _kill(pid):
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
        return True
    return False


def _kill_group(leader):
    with suppress(ProcessLookupError):
        os.killpg(leader, signal.SIGKILL)


def _children(pid):
    with suppress(OSError):
        return [int(n) for n in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def _line(pid):
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""


def _lives(pid):
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False
