"""What people do about their own account at the provider, led there by the house and back."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID


class Act(StrEnum):
    """A change that only its owner can make, because the provider keeps what proves them."""

    PASSKEY = "passkey"
    CODES = "codes"
    PASSWORD = "password"  # noqa: S105  # the name of an act
    NAME = "name"
    EMAIL = "email"
    REMOVE = "remove"  # a passkey, or the codes of a phone


# Keycloak's „application initiated actions“. Before a new passkey or new codes it asks for the
# surest thing that somebody has, whatever the address says (`test_acts.py`).
_WORDS = {
    Act.PASSKEY: "webauthn-register-passwordless",
    Act.CODES: "CONFIGURE_TOTP",
    Act.PASSWORD: "UPDATE_PASSWORD",
    Act.NAME: "UPDATE_PROFILE",
    Act.EMAIL: "UPDATE_EMAIL",
    Act.REMOVE: "delete_credential",
}
DONE, CANCELLED = "success", "cancelled"


def act_named(written: str) -> Act | None:
    """The act of this name; None for whatever else was written."""
    return Act(written) if written in list(Act) else None


def word_for(act: Act, way: UUID | None) -> str:
    """How the provider is asked for it (`kc_action`); `way` is what goes when something goes."""
    return f"{_WORDS[act]}:{way}" if act is Act.REMOVE else _WORDS[act]


def notice_of(act: Act, status: str) -> str:
    """What the house says when somebody comes back: the key of a notice."""
    if status == DONE:
        return f"sso.done-{act}"
    return "sso.act-cancelled" if status == CANCELLED else "sso.act-failed"
