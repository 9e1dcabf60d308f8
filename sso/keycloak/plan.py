"""What the realm is to be told: one frozen dataclass, filled from the configuration."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

REALM = "obshto"
CLIENT = "obshto"
DIRECTORY_CLIENT = "obshto-directory"

_PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}


@dataclass(frozen=True, slots=True, kw_only=True)
class EidPlan:
    """How the national sign-in (еАвтентикация) is asked, as the state agreed with the region.

    `certificates`: of its signatures, base64 of DER, several parted by commas. `service` and
    `provider`: numbers of its register; an organization may have its own as the attributes
    `eid_service` and `eid_provider`. `hash_key` turns personal numbers into what Keycloak keeps of
    them: with another key everybody would be somebody new.
    """

    sign_in_url: str
    certificates: str
    service: str
    provider: str
    hash_key: str = field(repr=False)
    level: str = "SUBSTANTIAL"  # or LOW, HIGH
    is_encrypted: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RealmPlan:
    """How the realm must be for this house.

    `base_url` is the region's address; `back_channel_url` is the one that Keycloak itself calls,
    which inside a cluster may be another. Without `smtp_url` nobody is asked for what takes a
    letter: no proof of an address, no forgotten password.
    """

    base_url: str
    client_secret: str = field(repr=False)
    directory_secret: str = field(repr=False)
    back_channel_url: str = ""
    smtp_url: str = field(default="", repr=False)
    mail_from: str = "obshto@localhost"
    eid: EidPlan | None = None

    @property
    def sends_letters(self) -> bool:
        return bool(self.smtp_url)

    @property
    def back_channel(self) -> str:
        return self.back_channel_url or f"{self.base_url}/back-channel-logout"

    def at_sign_in(self, path: str) -> str:
        """The address of a path on the sign-in host."""
        parts = urlsplit(self.base_url)
        return f"{parts.scheme}://login.{parts.netloc}{path}"

    def mail_server(self) -> dict[str, str]:
        """The mail server as Keycloak spells it; empty when there is none."""
        if not self.smtp_url:
            return {}
        parts = urlsplit(self.smtp_url)
        server = {
            "host": parts.hostname or "",
            "port": str(parts.port or _PORTS[parts.scheme]),
            "from": self.mail_from,
            "ssl": str(parts.scheme == "smtps").lower(),
            "starttls": str(parts.scheme == "smtp+starttls").lower(),
            "auth": str(bool(parts.username)).lower(),
        }
        if parts.username:
            server |= {"user": unquote(parts.username), "password": unquote(parts.password or "")}
        return server
