"""The only reader of the environment: one frozen dataclass of everything that can be set."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from obshto.ops.production import refused_in_production
from obshto.ops.secret_file import read_or_create, read_secret
from obshto.platform.keys.master import create_master_key

DEVELOPMENT, PRODUCTION = "development", "production"
EMBEDDED_REALM = "/realms/obshto"
LOGINS_FILE = "logins"  # what `obshto run` leaves in DATA_DIR for the other commands


class ConfigError(Exception):
    """What is wrong with the environment, one sentence a line, each with the way to mend it."""


@dataclass(frozen=True, kw_only=True)
class Config:
    """How this process was told to run. Addresses of databases are empty when nobody gave them."""

    environment: str
    base_url: str
    port: int
    data_dir: Path
    # Never in a repr: a repr ends in a log.
    secret_key: str = field(repr=False)
    master_key_file: Path
    database_url: str = field(default="", repr=False)
    migrator_url: str = field(default="", repr=False)
    superuser_url: str = field(default="", repr=False)
    backup_url: str = field(default="", repr=False)
    is_embedded: bool = False  # nobody gave a database: `obshto run` brings one
    smtp_url: str = field(default="", repr=False)
    mail_from: str = "obshto@localhost"
    web_workers: int = 2
    web_threads: int = 4
    keeps_pages: bool = True  # phones keep what was seen; off calls back every worker
    oidc_issuer: str = ""  # empty: the embedded provider of development
    oidc_client_id: str = "obshto"
    oidc_client_secret: str = field(default="", repr=False)
    # Of the service account that keeps the organizations; without it nobody can be invited.
    keycloak_directory_secret: str = field(default="", repr=False)
    backup_folder: Path | None = None
    otlp_endpoint: str = ""  # where telemetry is pushed to; empty: the board's own tables alone

    @property
    def is_production(self) -> bool:
        return self.environment == PRODUCTION

    @property
    def has_embedded_identity(self) -> bool:
        """Whether we are our own identity provider, whose people are invented."""
        return not (self.is_production or self.oidc_issuer)

    @property
    def identity_port(self) -> int:
        """Where the embedded provider listens: beside the house."""
        return self.port + 1

    @property
    def issuer(self) -> str:
        """The identity provider's own name for itself, which is its address."""
        # Not below the base: the house asks it too, and not every machine knows those names.
        return self.oidc_issuer or f"http://localhost:{self.identity_port}{EMBEDDED_REALM}"

    @property
    def identity_file(self) -> Path:
        """The embedded provider's people."""
        return self.data_dir / "identity.json"

    @property
    def scheme(self) -> str:
        return urlsplit(self.base_url).scheme

    @property
    def base_host(self) -> str:
        """Host and port as browsers send them: `localhost:8000`, `obshto.example`."""
        return urlsplit(self.base_url).netloc

    @property
    def letters_dir(self) -> Path:
        """Where letters are kept while there is no SMTP_URL."""
        return self.data_dir / "letters"

    @property
    def database(self) -> URL:
        """The application's login. Raises ConfigError when nobody gave it."""
        return _given("DATABASE_URL", self.database_url)

    @property
    def migrator(self) -> URL:
        """The login that owns the schemas. Raises ConfigError when nobody gave it."""
        return _given("MIGRATOR_URL", self.migrator_url)

    @property
    def superuser(self) -> URL:
        """The login of `obshto db prepare`. Raises ConfigError when nobody gave it."""
        return _given("SUPERUSER_URL", self.superuser_url)

    @property
    def backup(self) -> URL:
        """The login that only reads. Raises ConfigError when nobody gave it."""
        return _given("BACKUP_URL", self.backup_url)

    @property
    def backup_dir(self) -> Path:
        """Where backups are kept; in production on another disk than the database's."""
        return self.backup_folder or self.data_dir / "backups"

    def address(self, label: str = "") -> str:
        """The address of a host under the base: `address("kula")` → `http://kula.localhost:8000`.

        An empty label is the region.
        """
        return f"{self.scheme}://{label}{'.' if label else ''}{self.base_host}"


def read_config(environ: Mapping[str, str] = os.environ) -> Config:
    """Read the environment. In development, missing secrets are made once in DATA_DIR (0600).

    Raises ConfigError with every problem at once, so that nobody mends them one start at a time.
    """
    given = _Reader(environ)
    config = given.config()
    if config.is_production:
        given.problems += refused_in_production(config, lambda name: given.text(name, ""))
    if given.problems:
        raise ConfigError("\n".join(given.problems))
    return config


def child_environment(config: Config) -> dict[str, str]:
    """The environment of a process that serves: the application's login and no other."""
    environ = dict(os.environ)
    for name in ("SUPERUSER_URL", "MIGRATOR_URL", "BACKUP_URL"):
        environ.pop(name, None)
    environ |= {
        "OBSHTO_ENV": config.environment,
        "BASE_URL": config.base_url,
        "PORT": str(config.port),
        "DATA_DIR": str(config.data_dir),
        "DATABASE_URL": config.database_url,
        "OFFLINE_PAGES": "on" if config.keeps_pages else "off",
        "OIDC_ISSUER": config.oidc_issuer,
        "OIDC_CLIENT_ID": config.oidc_client_id,
        "OIDC_CLIENT_SECRET": config.oidc_client_secret,
        "KEYCLOAK_DIRECTORY_SECRET": config.keycloak_directory_secret,
    }
    return environ


class _Reader:
    """Reads variables; remembers what was wrong with them."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.problems: list[str] = []
        self.production = self.one_of("OBSHTO_ENV", DEVELOPMENT, PRODUCTION) == PRODUCTION
        self.data_dir = Path(self.text("DATA_DIR", _default_data_dir())).expanduser().resolve()
        self.logins = self._logins_of_the_running_server()

    def config(self) -> Config:
        port = self.number("PORT", 8000, most=65535)
        return Config(
            environment=PRODUCTION if self.production else DEVELOPMENT,
            base_url=self.base_url(f"http://localhost:{port}"),
            port=port,
            data_dir=self.data_dir,
            secret_key=self.secret("SECRET_KEY", "secret.key"),
            master_key_file=self.master_key_file(),
            database_url=self.database("DATABASE_URL"),
            migrator_url=self.database("MIGRATOR_URL"),
            superuser_url=self.database("SUPERUSER_URL"),
            backup_url=self.database("BACKUP_URL"),
            is_embedded=not (self.production or self.text("DATABASE_URL", "")),
            smtp_url=self.text("SMTP_URL", ""),
            mail_from=self.text("MAIL_FROM", Config.mail_from),
            web_workers=self.number("WEB_WORKERS", Config.web_workers, most=64),
            web_threads=self.number("WEB_THREADS", Config.web_threads, most=64),
            keeps_pages=self.one_of("OFFLINE_PAGES", "on", "off") == "on",
            oidc_issuer=self.text("OIDC_ISSUER", "").rstrip("/"),
            oidc_client_id=self.text("OIDC_CLIENT_ID", Config.oidc_client_id),
            oidc_client_secret=self.secret("OIDC_CLIENT_SECRET", "client.key"),
            keycloak_directory_secret=self.text("KEYCLOAK_DIRECTORY_SECRET", ""),
            backup_folder=self.folder("BACKUP_DIR"),
            otlp_endpoint=self.text("OTEL_EXPORTER_OTLP_ENDPOINT", ""),
        )

    def text(self, name: str, default: str | Path) -> str:
        return self.environ.get(name, "").strip() or str(default)

    def folder(self, name: str) -> Path | None:
        written = self.text(name, "")
        return Path(written).expanduser().resolve() if written else None

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


def _given(name: str, address: str) -> URL:
    if not address:
        raise ConfigError(
            f"{name} is not set, nor is the embedded server running:"
            f" start it with `make run`, or set {name}=postgresql://user:password@host/db."
        )
    return make_url(address)


def spelled(url: URL) -> str:
    """The address with its password, which `str(url)` hides."""
    return url.render_as_string(hide_password=False)


def _default_data_dir() -> Path:
    """`.data` of the checkout; of the current folder when installed from a wheel."""
    checkout = Path(__file__).resolve().parents[1]
    return (checkout if (checkout / "pyproject.toml").exists() else Path.cwd()) / ".data"
