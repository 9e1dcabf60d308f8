"""What development may do and production may not."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from obshto.ops.config import Config

SHORTEST_KEY = 32
NEEDED = ("BASE_URL", "DATABASE_URL", "MASTER_KEY_FILE", "SMTP_URL", "MAIL_FROM", "OIDC_ISSUER")


def development_habits(config: Config, text: Callable[[str], str]) -> list[str]:
    """Production has no default for what protects people, nor for where their letters go.

    `text` reads a variable. A sentence for each habit, with the way to mend it.
    """
    problems = []
    for name in NEEDED:
        if not text(name):
            problems.append(f"{name} is not set: production has no default for it.")
    if config.scheme != "https":
        problems.append("BASE_URL must begin with https:// in production.")
    if len(config.secret_key) < SHORTEST_KEY:
        problems.append(
            f"SECRET_KEY or SECRET_KEY_FILE must hold at least {SHORTEST_KEY} characters: make them"
            ' with: python -c "import secrets; print(secrets.token_urlsafe(48))".'
        )
    if not config.oidc_client_secret:
        problems.append(
            "OIDC_CLIENT_SECRET or OIDC_CLIENT_SECRET_FILE is not set: the identity provider"
            " gives it to the client."
        )
    if config.stripe_api or config.stripe_key.startswith("sk_test_"):
        problems.append(
            "STRIPE_API and test keys are for development: unset STRIPE_API, set a live STRIPE_KEY."
        )
    if text("MASTER_KEY_FILE") and not config.master_key_file.is_file():
        problems.append(f"MASTER_KEY_FILE: there is no file {config.master_key_file}.")
    return problems
