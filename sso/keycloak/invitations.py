"""Letters that ask somebody to make an account and to belong."""

from __future__ import annotations

from urllib.parse import urlencode

from keycloak import KeycloakAdmin

from obshto.sso.keycloak.call import answered, call
from obshto.sso.keycloak.gap import JsonObject
from obshto.sso.keycloak.organizations import organization_path


def pending_invitations(admin: KeycloakAdmin, organization: str) -> list[JsonObject]:
    """Those not answered yet, expired ones included: they may be sent anew."""
    return list(call(admin, "GET", f"{organization_path(organization)}/invitations?max=1000"))


def invite_stranger(
    admin: KeycloakAdmin, organization: str, *, email: str, name: str, language: str
) -> None:
    """Send the letter; whom an unanswered one went out to before gets a new one instead."""
    withdraw_invitation(admin, organization, email)
    first, _, last = name.strip().rpartition(" ")
    words = {"email": email.lower(), "firstName": first or last, "lastName": last if first else ""}
    _post_form(admin, f"{organization_path(organization)}/members/invite-user", words, language)


def withdraw_invitation(admin: KeycloakAdmin, organization: str, email: str) -> None:
    """The link in the letter leads nowhere any more."""
    for invitation in pending_invitations(admin, organization):
        if invitation["email"] == email.lower():
            path = f"{organization_path(organization)}/invitations/{invitation['id']}"
            call(admin, "DELETE", path)


def _post_form(admin: KeycloakAdmin, path: str, words: dict[str, str], language: str) -> None:
    """A form and not JSON, as this one address wants. The letter is in the caller's language."""
    before = dict(admin.connection.headers or {})
    admin.connection.headers = before | {
        "Content-Type": "application/x-www-form-urlencoded",
        "Accept-Language": language,
    }
    try:
        answer = admin.connection.raw_post(path, data=urlencode(words))
    finally:
        admin.connection.headers = before
    answered(answer)
