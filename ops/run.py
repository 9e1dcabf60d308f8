"""One command brings the house up: database, migrations, seeds, web, worker."""

from __future__ import annotations

import http.client
import secrets
import shutil
import socket
import sys
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from http import HTTPStatus
from operator import itemgetter
from pathlib import Path

import click
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from obshto.ops.backup_daemon_environment import backup_daemon_environment
from obshto.ops.bootstrap_db import ROLES, Logins, prepare
from obshto.ops.config import LOGINS_FILE, Config, child_environment, spelled
from obshto.ops.db_session import reached
from obshto.ops.local import Server, embedded_server
from obshto.ops.migrate import migrate_all
from obshto.ops.preparation import Preparation, preparation_of
from obshto.ops.progress import Progress
from obshto.ops.secret_file import write_secret
from obshto.ops.seed import is_seeded, names, seed_region
from obshto.ops.supervise import LOOK_SECONDS, Family, PortTaken, family, stop_signals
from obshto.platform.keys.master import BadMasterKeys, read_master_keys
from obshto.platform.keys.models import TenantKey
from obshto.tenants.municipalities.models import Tenant

ADDRESS = "127.0.0.1"  # who wants it from outside puts a proxy before it
DATABASE = "obshto"


Settle = Callable[[Config, Callable[[str], None]], None]


def run(
    config: Config,
    *,
    seed: bool = True,
    only: Collection[str] = (),
    settle: Settle | None = None,
    web: Callable[[Config], list[str]] | None = None,
) -> None:
    """Run the whole house until it is told to stop. `settle` is done once its tables are there.

    An empty database gets the region's eleven municipalities, or `only` those. `web` gives another
    command for the web server, whose words then stay on the terminal.

    Raises Stopped after a signal, ChildEnded when a process ended by itself; both only when all
    that was started has ended. Raises AlreadyRunning, PortTaken, ServerInUse, ServerFailed,
    ServerNotInstalled, ConfigError, BadMasterKeys, NotPreparable before anything serves.
    """
    progress = Progress()
    with stop_signals(), family(config.data_dir / "running") as children:
        _check_ports(config)
        with _database(config, progress) as (config, server):
            try:
                preparation = preparation_of(config)
                starts = _Starts(children, web)
                if seed and (preparation.is_unfinished or not is_seeded(config)):
                    _prepare(config, starts, preparation, progress, only)
                else:
                    _migrate(config, progress)
                if settle:
                    with progress.step("Organizations and people in Keycloak"):
                        settle(config, progress.say)
                _serve(config, starts, progress)
                _show_addresses(config, progress.seconds)
                children.watch(*([] if server is None else [server.check]))
            finally:
                children.stop()  # before the database goes


def web_command(config: Config) -> list[str]:
    """The web server: `web_workers` processes of `web_threads` threads, on the loopback."""
    # fmt: off
    return [
        sys.executable, "-m", "gunicorn", "obshto.ops.wsgi:app",
        "--bind", f"{ADDRESS}:{config.port}",
        "--workers", str(config.web_workers),
        "--threads", str(config.web_threads),
        "--graceful-timeout", "5",
        "--log-level", "warning",
        "--config", "python:obshto.ops.gunicorn",
    ]
    # fmt: on


def identity_command(config: Config) -> list[str]:
    """The embedded identity provider: one process, because it keeps its sessions in memory."""
    # fmt: off
    return [
        sys.executable, "-m", "gunicorn", "obshto.ops.identity:app",
        "--bind", f"{ADDRESS}:{config.identity_port}",
        "--worker-class", "gthread",
        "--threads", str(config.web_threads),
        "--log-level", "warning",
        "--no-control-socket",
    ]
    # fmt: on


@contextmanager
def _database(config: Config, progress: Progress) -> Iterator[tuple[Config, Server | None]]:
    """The configuration with a database that is ready; a server of our own if none was given."""
    if not config.is_embedded:
        yield config, None
        return
    logins_file = config.data_dir / LOGINS_FILE
    with ExitStack() as stack:
        with progress.step("PostgreSQL 18"):
            server = stack.enter_context(embedded_server(config.data_dir))
            # New passwords at each start: nobody has to keep them.
            passwords = {name: secrets.token_urlsafe(24) for name in ROLES}
            config = _with_logins(config, prepare(server.superuser, DATABASE, passwords))
        write_secret(logins_file, _as_lines(config))
        stack.callback(logins_file.unlink, missing_ok=True)
        yield config, server


def _with_logins(config: Config, logins: Logins) -> Config:
    return replace(
        config,
        database_url=spelled(logins.app),
        migrator_url=spelled(logins.migrator),
        backup_url=spelled(logins.backup),
    )


def _as_lines(config: Config) -> str:
    """For the other commands, which find the running server by this file."""
    logins = {
        "DATABASE_URL": config.database_url,
        "MIGRATOR_URL": config.migrator_url,
        "BACKUP_URL": config.backup_url,
    }
    return "\n".join(f"{name}={address}" for name, address in logins.items())


def _migrate(config: Config, progress: Progress) -> None:
    with progress.step("Tables of the region and of each municipality"):
        migrate_all(config, progress.say)
    check_keys(config)


def check_keys(config: Config) -> None:
    """Raises BadMasterKeys when a municipality's data key opens under none of our master keys.

    So it is when the data folder was deleted and the database was kept.
    """
    master = read_master_keys(config.master_key_file)
    with reached(config.migrator) as engine, Session(engine) as session:
        keys = session.scalars(select(TenantKey).order_by(TenantKey.slug, TenantKey.kid)).all()
    try:
        for key in keys:
            master.unwrap(key.slug, key.kid, key.wrapped)
    except BadMasterKeys as error:
        raise BadMasterKeys(
            f"The database is older than {config.master_key_file}: {error}. Put the old file back"
            " there, or begin anew without these data: make reset"
        ) from error


@dataclass(frozen=True, slots=True)
class _Starts:
    """Starts the processes that serve, each once."""

    children: Family
    web: Callable[[Config], list[str]] | None

    def visitors(self, config: Config) -> None:
        """What visitors meet, unless it runs already."""
        if "web" in self.children.children:
            return
        environ = child_environment(config)
        command = (self.web or web_command)(config)
        self.children.start("web", command, environ, None if self.web else _log(config, "web"))
        if config.has_embedded_identity:
            log = _log(config, "identity")
            self.children.start("identity", identity_command(config), environ, log)

    def others(self, config: Config) -> None:
        """What works behind the pages."""
        worker = [sys.executable, "-m", "obshto.ops.worker"]
        environ, log = child_environment(config), _log(config, "worker")
        self.children.start("worker", worker, environ, log)
        if config.migrator_url and config.backup_url:
            keeper = [sys.executable, "-m", "obshto.ops.backup_daemon"]
            log = _log(config, "keeper")
            self.children.start("keeper", keeper, backup_daemon_environment(config), log)


def _prepare(
    config: Config,
    starts: _Starts,
    preparation: Preparation,
    progress: Progress,
    only: Collection[str],
) -> None:
    """The web answers while the contents are written: it tells visitors how far that is."""
    preparation.begin(names(only))
    starts.visitors(config)
    progress.say(f"{config.address()} answers in a moment and tells how far this is")
    _migrate(config, progress)

    def ready(slug: str) -> None:
        starts.children.check()
        preparation.finish_one(slug)

    with progress.step("Municipalities, people and contents to try"):
        seed_region(config, progress.say, ready, only)
    preparation.end()


def _serve(config: Config, starts: _Starts, progress: Progress) -> None:
    with progress.step("Web and worker"):
        starts.visitors(config)
        starts.others(config)
        while not _is_healthy(config):  # a slow machine may take its time
            starts.children.check()
            time.sleep(LOOK_SECONDS)


def _log(config: Config, name: str) -> Path:
    return config.data_dir / "log" / name


def _is_healthy(config: Config) -> bool:
    connection = http.client.HTTPConnection(ADDRESS, config.port, timeout=5)
    try:
        connection.request("GET", "/healthz", headers={"Host": config.base_host})
        return connection.getresponse().status == HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()


def _check_ports(config: Config) -> None:
    """Both before anything starts: the second would fail after a minute's work."""
    ports = [config.port] + [config.identity_port] * config.has_embedded_identity
    for port in ports:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as gunicorn does
            try:
                probe.bind((ADDRESS, port))
            except OSError as error:
                raise PortTaken(
                    f"Port {port} cannot be had: {error.strerror}. Stop what uses it,"
                    f" or choose another: PORT={config.port + 1000} make run"
                ) from error


def _show_addresses(config: Config, seconds: float) -> None:
    rows = [("Region", ""), ("Operations", "ops"), ("", None)]
    rows += _municipalities(config)
    wide = max(len(title) for title, _ in rows) + 2
    click.echo(f"\n  Obshto is up after {seconds:.1f} s. Ctrl-C stops it.\n")
    for title, label in rows:
        click.echo("" if label is None else f"    {title:<{wide}}{config.address(label)}")
    click.echo(f"\n  What the processes say is written to {_log(config, '')}.")
    click.echo("  The console of a municipality is its address with /console.\n")
    for line in missing_programs():
        click.echo(f"  {line}\n")


def missing_programs() -> list[str]:
    """What does not work here for want of a program, and how to get it; the rest is shown."""
    if shutil.which("belenios-tool"):
        return []
    return [
        "Votes by phone are shown, but none is announced, taken or counted:"
        " belenios-tool is missing (apt-get install belenios-tool)."
    ]


def _municipalities(config: Config) -> list[tuple[str, str]]:
    """English name, slug; in the order of the names."""
    engine = create_engine(config.database)
    with engine.connect() as connection:
        rows = connection.execute(select(Tenant.slug, Tenant.names)).all()
    engine.dispose()
    return sorted(((names.get("en", slug), slug) for slug, names in rows), key=itemgetter(0))
