"""What the environment says of Keycloak, beside what it says of the house."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from obshto.ops.config import Config, ConfigError
from obshto.ops.secret_file import read_or_create
from obshto.sso.keycloak.plan import REALM, RealmPlan

PORT = 8180
# Production has no default for what it must share with a Keycloak that is somebody else's care.
REQUIRED = (
    "KEYCLOAK_URL",
    "KEYCLOAK_ADMIN_PASSWORD",
    "OIDC_CLIENT_SECRET",
    "KEYCLOAK_DIRECTORY_SECRET",
)


@dataclass(frozen=True, kw_only=True)
class KeycloakConfig:
    """Where Keycloak is, and the secrets that it shares with the house.

    `home` is an unpacked Keycloak to run; None fetches one. `cache` holds it made ready, for all
    checkouts of this machine; `data` is the database of this one.
    """

    url: str
    port: int
    home: Path | None
    cache: Path
    data: Path
    admin: str
    admin_password: str = field(repr=False)
    client_secret: str = field(repr=False)
    directory_secret: str = field(repr=False)
    back_channel_url: str = ""

    @property
    def issuer(self) -> str:
        return f"{self.url}/realms/{REALM}"


def read_keycloak(config: Config, environ: Mapping[str, str] = os.environ) -> KeycloakConfig:
    """Read the environment. In development, missing secrets are made once in DATA_DIR (0600).

    Raises ConfigError with every variable that production misses.
    """

    def text(name: str, default: str = "") -> str:
        return environ.get(name, "").strip() or default

    if config.is_production and (absent := [name for name in REQUIRED if not text(name)]):
        raise ConfigError(
            "\n".join(f"{name} is not set: production has no default for it." for name in absent)
        )
    folder = config.data_dir / "keycloak"

    def secret(name: str) -> str:
        return text(name) or read_or_create(folder / name.lower(), secrets.token_urlsafe(32))

    port = _port(text("KEYCLOAK_PORT", str(PORT)))
    home = text("KEYCLOAK_HOME")
    return KeycloakConfig(
        # A name, because browsers keep passkeys for names only.
        url=text("KEYCLOAK_URL", f"http://localhost:{port}").rstrip("/"),
        port=port,
        home=Path(home) if home else None,
        cache=Path(text("XDG_CACHE_HOME", str(Path.home() / ".cache"))) / "obshto",
        data=folder,
        admin=text("KEYCLOAK_ADMIN", "admin"),
        admin_password=secret("KEYCLOAK_ADMIN_PASSWORD"),
        client_secret=secret("OIDC_CLIENT_SECRET"),
        directory_secret=secret("KEYCLOAK_DIRECTORY_SECRET"),
        back_channel_url=text("OIDC_BACK_CHANNEL_URL"),
    )


def plan_of(config: Config, keycloak: KeycloakConfig) -> RealmPlan:
    """What the realm is to be told, as configured."""
    return RealmPlan(
        base_url=config.base_url,
        client_secret=keycloak.client_secret,
        directory_secret=keycloak.directory_secret,
        back_channel_url=keycloak.back_channel_url,
        smtp_url=config.smtp_url,
        mail_from=config.mail_from,
    )


def _port(written: str) -> int:
    if written.isdecimal() and 1 <= int(written) <= 65535:
        return int(written)
    raise ConfigError(f"KEYCLOAK_PORT={written} is no number from 1 to 65535: set it to {PORT}.")
