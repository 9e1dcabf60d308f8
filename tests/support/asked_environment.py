"""Environment that remembers what it was asked for."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from obshto.ops.config import read_config
from obshto.ops.keycloak.settings import read_keycloak


class Asked(dict[str, str]):
    """A mapping of variables; `asked` are the names that somebody wanted."""

    def __init__(self, given: Mapping[str, str]) -> None:
        super().__init__(given)
        self.asked: set[str] = set()

    def get(self, name, default=None):  # type: ignore[no-untyped-def, override]
        self.asked.add(name)
        return super().get(name, default)


def names_that_can_be_set(folder: Path) -> set[str]:
    """All that the house reads, the national sign-in and the realm included."""
    certificate = folder / "eid.pem"
    certificate.write_text(
        "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n", "utf-8"
    )
    environ = Asked(
        {
            "DATA_DIR": str(folder),
            "EID_SIGN_IN_URL": "https://eauth.example",
            "EID_CERTIFICATE_FILE": str(certificate),
            "EID_SERVICE": "1",
            "EID_PROVIDER": "2",
        }
    )
    read_keycloak(read_config(environ), environ)
    return environ.asked


#: What `obshto run` and a checkout read and no installation is told.
DEVELOPMENT = {
    "PORT",  # the image listens on 8000
    "STRIPE_API",  # a stand-in's address: production refuses it
    *("KEYCLOAK_HOME", "KEYCLOAK_PORT", "XDG_CACHE_HOME"),  # a Keycloak that we start ourselves
}
#: Another way to say what is said already.
ELSEWISE = {"SECRET_KEY_FILE", "OIDC_CLIENT_SECRET_FILE"}
