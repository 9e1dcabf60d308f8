"""Reads one variable of the environment at a time, and remembers what was wrong with it."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from obshto.ops.secret_file import read_or_create, read_secret
from obshto.platform.keys.master import create_master_key

# As the cluster itself calls them: host and port, or the folder of a socket.
_node = re.compile(r"/\S+|[A-Za-z0-9.-]+:\d{1,5}").fullmatch
DEVELOPMENT, PRODUCTION = "development", "production"
LOGINS_FILE = "logins"  # what `obshto run` leaves in DATA_DIR for the other commands


class Environment:
    """Reads variables; remembers what was wrong with them."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.problems: list[str] = []
        self.production = self.one_of("OBSHTO_ENV", DEVELOPMENT, PRODUCTION) == PRODUCTION
        self.data_dir = Path(self.text("DATA_DIR", _default_data_dir())).expanduser().resolve()
        self.logins = self._logins_of_the_running_server()

    def text(self, name: str, default: str | Path) -> str:
        return self.environ.get(name, "").strip() or str(default)

    def folder(self, name: str) -> Path | None:
        written = self.text(name, "")
        return Path(written).expanduser().resolve() if written else None

    def folders(self, name: str) -> tuple[Path, ...]:
        """Folders with commas between."""
        written = filter(None, (one.strip() for one in self.text(name, "").split(",")))
        return tuple(Path(one).expanduser().resolve() for one in written)

    def one_of(self, name: str, *words: str) -> str:
        word = self.text(name, words[0])
        if word not in words:
            self.problems.append(f"{name}={word} is unknown: set it to {' or '.join(words)}.")
        return word

    def number(self, name: str, default: int, *, most: int) -> int:
        written = self.text(name, str(default))
        if written.isdecimal() and 1 <= int(written) <= most:
            return int(written)
        self.problems.append(
            f"{name}={written} is no number from 1 to {most}: set {name}={default}."
        )
        return default

    def base_url(self, default: str) -> str:
        written = self.text("BASE_URL", default).rstrip("/")
        parts = urlsplit(written)
        if parts.scheme in ("http", "https") and parts.hostname and parts[2:] == ("", "", ""):
            return f"{parts.scheme}://{parts.netloc.lower()}"
        self.problems.append(f"BASE_URL={written} is no address: write it as {default}.")
        return default

    def database(self, name: str) -> str:
        """A PostgreSQL address in the spelling that picks psycopg 3."""
        written = self.text(name, self.logins.get(name, ""))
        if not written:
            return ""
        with suppress(ArgumentError):
            url = make_url(written)
            if url.drivername.partition("+")[0] in ("postgresql", "postgres"):
                return spelled(url.set(drivername="postgresql+psycopg"))
        # The value is not repeated: it may hold a password.
        self.problems.append(
            f"{name} is no PostgreSQL address: postgresql://user:password@host/db."
        )
        return ""

    def nodes(self, name: str) -> tuple[str, ...]:
        """Machines with commas between: `10.0.0.2:5432`, a name, or the folder of a socket."""
        nodes = tuple(filter(None, (one.strip() for one in self.text(name, "").split(","))))
        for node in nodes:
            if not _node(node):
                self.problems.append(
                    f"{name}={node} is no machine: write 10.0.0.2:5432, with commas between."
                )
        return nodes

    def secret(self, name: str, made: str) -> str:
        """A secret by value or by file; in development made once in DATA_DIR."""
        if value := self.text(name, ""):
            return value
        if file := self.text(f"{name}_FILE", ""):
            return self._from_file(lambda: read_secret(Path(file)), f"{name}_FILE")
        if self.production:
            return ""
        path = self.data_dir / made
        return self._from_file(lambda: read_or_create(path, secrets.token_urlsafe(48)), "DATA_DIR")

    def master_key_file(self) -> Path:
        if file := self.text("MASTER_KEY_FILE", ""):
            return Path(file)
        made = self.data_dir / "master.key"
        if not (self.production or made.exists()):
            made.parent.mkdir(parents=True, exist_ok=True)
            with suppress(FileExistsError):  # a process that started with us was first
                create_master_key(made)
        return made

    def _from_file(self, read: Callable[[], str], name: str) -> str:
        try:
            return read()
        except OSError as error:
            self.problems.append(f"{name}: {error.filename}: {error.strerror}.")
            return ""

    def _logins_of_the_running_server(self) -> dict[str, str]:
        file = self.data_dir / LOGINS_FILE
        if self.production or self.text("DATABASE_URL", "") or not file.exists():
            return {}
        return dict(line.split("=", 1) for line in read_secret(file).splitlines())


def spelled(url: URL) -> str:
    """The address with its password, which `str(url)` hides."""
    return url.render_as_string(hide_password=False)


def _default_data_dir() -> Path:
    """`.data` of the checkout; of the current folder when installed from a wheel."""
    checkout = Path(__file__).resolve().parents[1]
    return (checkout if (checkout / "pyproject.toml").exists() else Path.cwd()) / ".data"
