"""The habits of development that production refuses to start with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from obshto.ops.config import Config

SHORTEST_KEY = 32
NEEDED = ("BASE_URL", "DATABASE_URL", "MASTER_KEY_FILE", "SMTP_URL", "MAIL_FROM", "OIDC_ISSUER")


def refused_in_production(config: Config, said: Callable[[str], str]) -> Iterator[str]:
    """One sentence for each habit; `said` is what the environment holds under a name.

    Production has no default for what protects people, nor for where their letters go.
    """
    for name in NEEDED:
        if not said(name):
            yield f"{name} is not set: production has no default for it."
    if config.scheme != "https":
        yield "BASE_URL must begin with https:// in production."
    if len(config.secret_key) < SHORTEST_KEY:
        yield (
            f"SECRET_KEY or SECRET_KEY_FILE must hold at least {SHORTEST_KEY} characters: make them"
            ' with: python -c "import secrets; print(secrets.token_urlsafe(48))".'
        )
    if not config.oidc_client_secret:
        yield (
            "OIDC_CLIENT_SECRET or OIDC_CLIENT_SECRET_FILE is not set: the identity provider"
            " gives it to the client."
        )
    if config.stripe_api or config.stripe_key.startswith("sk_test_"):
        yield (
            "STRIPE_API and test keys are for development: unset STRIPE_API, set a live STRIPE_KEY."
        )
    if said("MASTER_KEY_FILE") and not config.master_key_file.is_file():
        yield f"MASTER_KEY_FILE: there is no file {config.master_key_file}."
