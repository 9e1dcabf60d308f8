"""Accounts made for people who are asked, by letter, to take them.

Keycloak's own invitations are not used: they bind the account to the organization, so that it is
deleted when the person leaves the municipality.
"""

from __future__ import annotations

from keycloak import KeycloakAdmin
from keycloak.exceptions import KeycloakError

from obshto.sso.keycloak.drift import JsonObject
from obshto.sso.keycloak.plan import CLIENT

ANSWERED_WITHIN = 7 * 86400  # seconds


def make_account(admin: KeycloakAdmin, *, email: str, name: str, language: str) -> str:
    """The id of an account that waits for its owner to choose a password."""
    first, _, last = name.strip().rpartition(" ")
    return admin.create_user(
        {
            "username": email.lower(),
            "email": email.lower(),
            "firstName": first or last,
            "lastName": last if first else "",
            "enabled": True,
            "emailVerified": False,
            "attributes": {"locale": [language]},
        },
        exist_ok=False,
    )


def send_letter(admin: KeycloakAdmin, subject: str) -> None:
    """Ask the owner to choose a password; following the link proves the address, too."""
    admin.send_update_account(
        subject, ["UPDATE_PASSWORD"], client_id=CLIENT, lifespan=ANSWERED_WITHIN
    )


def is_unanswered(user: JsonObject, credentials: list[JsonObject]) -> bool:
    """Nobody has taken this account yet."""
    return not (user.get("emailVerified") or credentials)


def withdraw(admin: KeycloakAdmin, organization: str, user: JsonObject) -> None:
    """They belong no longer. An account that was never taken goes with its last invitation."""
    is_last = len(admin.get_user_organizations(user["id"])) == 1
    if is_last and is_unanswered(user, admin.get_credentials(user["id"])):
        admin.delete_user(user["id"])
    else:
        admin.organization_user_remove(user["id"], organization)


def invite_stranger(
    admin: KeycloakAdmin, organization: str, *, email: str, name: str, language: str
) -> None:
    """An account, membership, a letter: all three or, when Keycloak refuses one, none."""
    subject = make_account(admin, email=email, name=name, language=language)
    try:
        admin.organization_user_add(subject, organization)
        send_letter(admin, subject)
    except KeycloakError:
        admin.delete_user(subject)
        raise
