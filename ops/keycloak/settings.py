"""What the environment says of Keycloak, beside what it says of the house."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from obshto.ops.config import Config, ConfigError
from obshto.ops.secret_file import read_or_create
from obshto.sso.keycloak.plan import REALM, EidPlan, RealmPlan

PORT = 8180
# Production has no default for what it must share with a Keycloak that is somebody else's care.
REQUIRED = (
    "KEYCLOAK_URL",
    "KEYCLOAK_ADMIN_PASSWORD",
    "OIDC_CLIENT_SECRET",
    "KEYCLOAK_DIRECTORY_SECRET",
)
# What the national sign-in takes besides its address.
EID = ("EID_CERTIFICATE_FILE", "EID_SERVICE", "EID_PROVIDER")
LEVELS = ("LOW", "SUBSTANTIAL", "HIGH")


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
    eid: EidPlan | None = None

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
        eid=_read_eid(text, secret, is_production=config.is_production),
    )


def _read_eid(
    text: Callable[..., str], secret: Callable[[str], str], *, is_production: bool
) -> EidPlan | None:
    """The national sign-in, where its address is given. Raises ConfigError with what is missing."""
    address = text("EID_SIGN_IN_URL")
    if not address:
        return None
    needed = (*EID, "EID_HASH_KEY") if is_production else EID
    if absent := [name for name in needed if not text(name)]:
        raise ConfigError(
            "\n".join(f"{name} is not set: EID_SIGN_IN_URL asks for it." for name in absent)
        )
    if (level := text("EID_LEVEL", "SUBSTANTIAL")) not in LEVELS:
        raise ConfigError(f"EID_LEVEL={level} is none of {', '.join(LEVELS)}.")
    return EidPlan(
        sign_in_url=address,
        certificates=_certificates(Path(text("EID_CERTIFICATE_FILE"))),
        service=text("EID_SERVICE"),
        provider=text("EID_PROVIDER"),
        level=level,
        hash_key=secret("EID_HASH_KEY"),
    )


def _certificates(path: Path) -> str:
    """Base64 of each certificate of a PEM file, parted by commas, as Keycloak takes them."""
    try:
        found = re.findall(r"-----BEGIN CERTIFICATE-----(.+?)-----END", path.read_text(), re.S)
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"EID_CERTIFICATE_FILE={path} cannot be read: {error}.") from error
    if not found:
        raise ConfigError(f"EID_CERTIFICATE_FILE={path} holds no certificate (PEM).")
    return ",".join("".join(one.split()) for one in found)


def plan_of(config: Config, keycloak: KeycloakConfig) -> RealmPlan:
    """What the realm is to be told, as configured."""
    return RealmPlan(
        base_url=config.base_url,
        client_secret=keycloak.client_secret,
        directory_secret=keycloak.directory_secret,
        back_channel_url=keycloak.back_channel_url,
        smtp_url=config.smtp_url,
        mail_from=config.mail_from,
        eid=keycloak.eid,
    )


def _port(written: str) -> int:
    if written.isdecimal() and 1 <= int(written) <= 65535:
        return int(written)
    raise ConfigError(f"KEYCLOAK_PORT={written} is no number from 1 to 65535: set it to {PORT}.")
