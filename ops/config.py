"""The only reader of the environment: one frozen dataclass of everything that can be set."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import URL, make_url

from obshto.ops.environment import DEVELOPMENT, LOGINS_FILE, PRODUCTION, Environment, spelled
from obshto.ops.production import refused_in_production
from obshto.ops.proxies import Network, networks_in
from obshto.platform.notify.bounces.address import LONGEST, takes_returns
from obshto.platform.notify.sms.gateways import is_gateway

__all__ = ["LOGINS_FILE", "Config", "ConfigError", "child_environment", "read_config", "spelled"]
EMBEDDED_REALM = "/realms/obshto"
BUCKET = re.compile(r"/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")  # as S3 lets it be called
_is_location = re.compile(r"/[a-z0-9/-]*/").fullmatch
LIVEKIT_SECRET = 32  # letters that the server asks of one at least


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
    # The same login past a pooler, for worker and keeper; empty: DATABASE_URL leads through none.
    direct_url: str = field(default="", repr=False)
    migrator_url: str = field(default="", repr=False)
    superuser_url: str = field(default="", repr=False)
    backup_url: str = field(default="", repr=False)
    database_nodes: tuple[str, ...] = ()  # workers of a cluster behind the address above
    is_embedded: bool = False  # nobody gave a database: `obshto run` brings one
    smtp_url: str = field(default="", repr=False)
    mail_from: str = "obshto@localhost"
    bounce_to: str = ""  # where letters come back to; empty: to MAIL_FROM, and nobody reads them
    # Makes the key by which browsers know this portal; empty: that of the house. A new one, and
    # every browser must be asked again.
    push_secret: str = field(default="", repr=False)
    sms_url: str = field(default="", repr=False)  # empty: no short messages leave
    sms_second_url: str = field(default="", repr=False)  # takes over where the first is away
    livekit_url: str = ""  # where browsers reach it, wss://…; empty: no video rooms of our own
    livekit_server: str = ""  # where we reach it, if not there
    livekit_key: str = ""
    livekit_secret: str = field(default="", repr=False)
    web_workers: int = 2
    web_threads: int = 4
    keeps_pages: bool = True  # phones keep what was seen; off calls back every worker
    has_booth_host: bool = True  # who stands before us leads vote.<host> here
    proxies: tuple[Network, ...] = ()  # whose X-Forwarded-For is believed
    oidc_issuer: str = ""  # empty: the embedded provider of development
    oidc_client_id: str = "obshto"
    oidc_client_secret: str = field(default="", repr=False)
    # Of the service account that keeps the organizations; without it nobody can be invited.
    keycloak_directory_secret: str = field(default="", repr=False)
    stripe_key: str = field(default="", repr=False)  # empty: nobody pays by card in the internet
    stripe_webhook_secret: str = field(default="", repr=False)
    # Of the platform's own account; empty: no invoice of the shared service is collected there.
    stripe_billing_secret: str = field(default="", repr=False)
    stripe_api: str = ""  # a stand-in's address, in development alone
    stripe_pages: str = "https://checkout.stripe.com"  # where people pay
    backup_folder: Path | None = None
    watched_disks: tuple[Path, ...] = ()  # folders on disks whose room the keeper reads besides
    media_dir: Path | None = None  # where videos lie; None: none can be uploaded
    media_accel: str = ""  # location of nginx that sends from there; empty: we send them ourselves
    media_s3_url: str = ""  # https://host/bucket, instead of the folder; empty: the folder
    media_s3_key: str = ""
    media_s3_secret: str = field(default="", repr=False)
    media_s3_region: str = "us-east-1"
    tsa_url: str = ""  # authority of time for seals (RFC 3161); empty: PAdES B-B
    map_file: Path | None = None  # PMTiles archive below our maps; None: the drawing alone
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

    def past_pooler(self) -> Config:
        """The same, with the address that leads through no pooler as that of the database."""
        return replace(self, database_url=self.direct_url or self.database_url)

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
    given = Environment(environ)
    config = _config(given)
    if config.is_production:
        given.problems += refused_in_production(config, lambda name: given.text(name, ""))
    if config.stripe_key and not config.stripe_webhook_secret:
        given.problems.append(
            "STRIPE_WEBHOOK_SECRET is not set: Stripe shows it beside the address of messages,"
            f" {config.address()}/money/stripe."
        )
    for name, url in (("SMS_URL", config.sms_url), ("SMS_SECOND_URL", config.sms_second_url)):
        if url and not is_gateway(url):
            given.problems.append(
                f"{name} must be infobip://KEY@host or twilio://ACCOUNT:TOKEN@host."
            )
    given.problems += _direct_problems(config) + _time_problems(config)
    given.problems += _video_problems(config) + _media_problems(config)
    if config.bounce_to and not takes_returns(config.bounce_to):
        given.problems.append(
            "BOUNCE_TO must be an address such as bounces@obshto.example, of up to"
            f" {LONGEST} letters before the @: what comes back is told by what follows a plus."
        )
    if config.stripe_billing_secret and not config.stripe_key:
        given.problems.append(
            "STRIPE_BILLING_SECRET needs STRIPE_KEY, the key of the same account."
        )
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
        "DIRECT_URL": config.direct_url,
        "OFFLINE_PAGES": "on" if config.keeps_pages else "off",
        "BOOTH_HOST": "on" if config.has_booth_host else "off",
        "OIDC_ISSUER": config.oidc_issuer,
        "OIDC_CLIENT_ID": config.oidc_client_id,
        "OIDC_CLIENT_SECRET": config.oidc_client_secret,
        "KEYCLOAK_DIRECTORY_SECRET": config.keycloak_directory_secret,
        "TSA_URL": config.tsa_url,
        "MAP_FILE": str(config.map_file or ""),
        "MEDIA_DIR": str(config.media_dir or ""),
        "MEDIA_ACCEL": config.media_accel,
        "MEDIA_S3_URL": config.media_s3_url,
        "MEDIA_S3_KEY": config.media_s3_key,
        "MEDIA_S3_SECRET": config.media_s3_secret,
        "MEDIA_S3_REGION": config.media_s3_region,
        "LIVEKIT_URL": config.livekit_url,
        "LIVEKIT_SERVER": config.livekit_server,
        "LIVEKIT_API_KEY": config.livekit_key,
        "LIVEKIT_API_SECRET": config.livekit_secret,
        "STRIPE_KEY": config.stripe_key,
        "STRIPE_WEBHOOK_SECRET": config.stripe_webhook_secret,
        "STRIPE_BILLING_SECRET": config.stripe_billing_secret,
        "STRIPE_API": config.stripe_api,
        "STRIPE_PAGES": config.stripe_pages,
    }
    return environ


def _media(given: Environment) -> dict[str, Any]:
    """Video rooms, the map, the authority of time, and where videos lie: in development beside
    everything else, in production on a disk that somebody chose.
    """
    own_dir = None if given.production else given.data_dir / "media"
    return {
        "livekit_url": given.text("LIVEKIT_URL", "").rstrip("/"),
        "livekit_server": given.text("LIVEKIT_SERVER", "").rstrip("/"),
        "livekit_key": given.text("LIVEKIT_API_KEY", ""),
        "livekit_secret": given.text("LIVEKIT_API_SECRET", ""),
        "media_dir": given.folder("MEDIA_DIR") or own_dir,
        "media_accel": given.text("MEDIA_ACCEL", ""),
        "media_s3_url": given.text("MEDIA_S3_URL", "").rstrip("/"),
        "media_s3_key": given.text("MEDIA_S3_KEY", ""),
        "media_s3_secret": given.text("MEDIA_S3_SECRET", ""),
        "media_s3_region": given.text("MEDIA_S3_REGION", "") or Config.media_s3_region,
        "map_file": given.folder("MAP_FILE"),
        "tsa_url": given.text("TSA_URL", ""),
    }


def _config(given: Environment) -> Config:
    port = given.number("PORT", 8000, most=65535)
    return Config(
        environment=PRODUCTION if given.production else DEVELOPMENT,
        base_url=given.base_url(f"http://localhost:{port}"),
        port=port,
        data_dir=given.data_dir,
        secret_key=given.secret("SECRET_KEY", "secret.key"),
        master_key_file=given.master_key_file(),
        database_url=given.database("DATABASE_URL"),
        direct_url=given.database("DIRECT_URL"),
        migrator_url=given.database("MIGRATOR_URL"),
        superuser_url=given.database("SUPERUSER_URL"),
        backup_url=given.database("BACKUP_URL"),
        database_nodes=given.nodes("DATABASE_NODES"),
        is_embedded=not (given.production or given.text("DATABASE_URL", "")),
        smtp_url=given.text("SMTP_URL", ""),
        mail_from=given.text("MAIL_FROM", Config.mail_from),
        bounce_to=given.text("BOUNCE_TO", ""),
        push_secret=given.text("PUSH_SECRET", ""),
        sms_url=given.text("SMS_URL", ""),
        sms_second_url=given.text("SMS_SECOND_URL", ""),
        web_workers=given.number("WEB_WORKERS", Config.web_workers, most=64),
        web_threads=given.number("WEB_THREADS", Config.web_threads, most=64),
        keeps_pages=given.one_of("OFFLINE_PAGES", "on", "off") == "on",
        has_booth_host=given.one_of("BOOTH_HOST", "on", "off") == "on",
        proxies=networks_in(given.text("PROXIES", ""), given.problems),
        oidc_issuer=given.text("OIDC_ISSUER", "").rstrip("/"),
        oidc_client_id=given.text("OIDC_CLIENT_ID", Config.oidc_client_id),
        oidc_client_secret=given.secret("OIDC_CLIENT_SECRET", "client.key"),
        keycloak_directory_secret=given.text("KEYCLOAK_DIRECTORY_SECRET", ""),
        stripe_key=given.text("STRIPE_KEY", ""),
        stripe_webhook_secret=given.text("STRIPE_WEBHOOK_SECRET", ""),
        stripe_billing_secret=given.text("STRIPE_BILLING_SECRET", ""),
        stripe_api=given.text("STRIPE_API", ""),
        stripe_pages=given.text("STRIPE_PAGES", Config.stripe_pages),
        backup_folder=given.folder("BACKUP_DIR"),
        watched_disks=given.folders("WATCHED_DISKS"),
        **_media(given),
        otlp_endpoint=given.text("OTEL_EXPORTER_OTLP_ENDPOINT", ""),
    )


def _direct_problems(config: Config) -> list[str]:
    """Another way to the same database, as the same login."""
    if not (config.database_url and config.direct_url):
        return []
    if make_url(config.direct_url).username == config.database.username:
        return []
    return ["DIRECT_URL must log in as DATABASE_URL does: the same address past the pooler."]


def _time_problems(config: Config) -> list[str]:
    """Authorities of time speak HTTP; what they say is signed, so it may be plain."""
    if not config.tsa_url or config.tsa_url.startswith(("https://", "http://")):
        return []
    return ["TSA_URL must be the http(s) address of an authority of time (RFC 3161)."]


def _video_problems(config: Config) -> list[str]:
    """The address is one of websockets, encrypted in production, and the key is whole."""
    if not config.livekit_url:
        return []
    schemes = ("wss",) if config.is_production else ("wss", "ws")
    parts = urlsplit(config.livekit_url)
    is_address = parts.scheme in schemes and bool(parts.hostname) and not parts.path
    if is_address and config.livekit_key and len(config.livekit_secret) >= LIVEKIT_SECRET:
        return []
    return [
        "LIVEKIT_URL must be wss://host, with LIVEKIT_API_KEY and a LIVEKIT_API_SECRET of at"
        f" least {LIVEKIT_SECRET} letters: those of its own configuration."
    ]


def _media_problems(config: Config) -> list[str]:
    """A location of nginx, with a slash on both sides; a bucket with the key to it."""
    told = []
    if config.media_accel and not _is_location(config.media_accel):
        told.append(f"MEDIA_ACCEL={config.media_accel} must be a location: /media-files/.")
    parts = urlsplit(config.media_s3_url)
    schemes = ("https",) if config.is_production else ("https", "http")
    is_bucket = parts.scheme in schemes and parts.hostname and BUCKET.fullmatch(parts.path)
    if config.media_s3_url and not (is_bucket and config.media_s3_key and config.media_s3_secret):
        told.append(
            "MEDIA_S3_URL must be https://host/bucket, with MEDIA_S3_KEY and MEDIA_S3_SECRET."
        )
    return told


def _given(name: str, address: str) -> URL:
    if not address:
        raise ConfigError(
            f"{name} is not set, nor is the embedded server running:"
            f" start it with `make run`, or set {name}=postgresql://user:password@host/db."
        )
    return make_url(address)
