"""Who belongs to a municipality, as Keycloak's organizations keep it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from urllib.parse import quote

from keycloak import KeycloakAdmin
from keycloak.exceptions import KeycloakError

from obshto.sso.keycloak.call import call
from obshto.sso.keycloak.drift import JsonObject
from obshto.sso.keycloak.events import read_failures, read_new_addresses
from obshto.sso.keycloak.invitations import (
    invite_stranger,
    is_unanswered,
    send_letter,
    withdraw,
)
from obshto.sso.keycloak.organizations import (
    find_organization,
    one_organization_gaps,
    organization_path,
)
from obshto.sso.keycloak.plan import DIRECTORY_CLIENT, REALM
from obshto.tenants.ports import Credential, CredentialKind, DirectoryUnavailable, Failure, Member

SECONDS = 5  # for each answer: somebody waits before a page
KINDS = {
    "password": CredentialKind.PASSWORD,
    "webauthn-passwordless": CredentialKind.PASSKEY,
    "otp": CredentialKind.CODES,
}
SECOND_FACTORS = frozenset({"otp", "webauthn-passwordless"})
CONFLICT, NOT_FOUND = 409, 404


class KeycloakDirectory:
    """Fulfils `tenants.ports.Directory` with the service account that `provision` makes.

    Each act opens a connection of its own, because the client of Keycloak is not for threads.
    """

    def __init__(self, server: str, secret: str) -> None:
        self.server, self.secret = server, secret

    def ensure_organization(self, municipality: str, titles: Mapping[str, str]) -> str:
        with self._reached() as admin:
            for gap in one_organization_gaps(admin, municipality, titles):
                gap.mend()
            return _id_of(admin, municipality) or ""

    def remove_organization(self, municipality: str) -> None:
        with self._reached() as admin:
            if organization := _id_of(admin, municipality):
                for user in admin.get_organization_members(organization):
                    withdraw(admin, organization, user)
                admin.delete_organization(organization)

    def members(self, municipality: str) -> Collection[Member]:
        with self._reached() as admin:
            organization = _id_of(admin, municipality)
            users = admin.get_organization_members(organization) if organization else ()
            return tuple(_member(admin, user) for user in users)

    def belongs(self, municipality: str, subject: str) -> bool:
        with self._reached() as admin, _or_gone():
            organization = _id_of(admin, municipality)
            if organization is None:
                return False
            path = f"{organization_path(organization)}/members/{quote(subject, safe='')}"
            return bool(call(admin, "GET", path)["enabled"])
        return False

    def invite(self, municipality: str, *, email: str, name: str, language: str) -> None:
        """Raises DirectoryUnavailable where the municipality has no organization, too."""
        with self._reached() as admin:
            organization = _id_of(admin, municipality)
            if organization is None:
                raise DirectoryUnavailable(f"{municipality} has no organization")
            user = _user_with(admin, email)
            if user is None:
                invite_stranger(admin, organization, email=email, name=name, language=language)
                return
            _add(admin, organization, user["id"])
            if is_unanswered(user, admin.get_credentials(user["id"])):
                send_letter(admin, user["id"])

    def remove(self, municipality: str, *, email: str = "", subject: str = "") -> None:
        with self._reached() as admin:
            organization = _id_of(admin, municipality)
            if organization is None:
                return
            for user in admin.get_organization_members(organization):
                is_meant = user["id"] == subject if subject else user.get("email") == email.lower()
                if is_meant:
                    withdraw(admin, organization, user)

    def ways(self, subject: str) -> Collection[Credential]:
        with self._reached() as admin, _or_gone():
            found = [way for one in admin.get_credentials(subject) if (way := _way(one))]
            return sorted(found, key=lambda way: way.made_at)
        return ()

    def forget_second_factor(self, subject: str) -> None:
        with self._reached() as admin, _or_gone():
            for one in admin.get_credentials(subject):
                if one["type"] in SECOND_FACTORS:
                    admin.delete_credential(subject, one["id"])

    def end_sessions(self, subject: str) -> None:
        with self._reached() as admin, _or_gone():
            admin.user_logout(subject)

    def end_session(self, session: str) -> None:
        with self._reached() as admin, _or_gone():
            call(admin, "DELETE", f"admin/realms/{REALM}/sessions/{quote(session, safe='')}")

    def failures(self, since: datetime) -> Iterator[Sequence[Failure]]:
        with self._reached() as admin:
            yield from read_failures(admin, since)

    def new_addresses(self, since: datetime) -> Mapping[str, str]:
        with self._reached() as admin:
            return read_new_addresses(admin, since)
        return {}

    @contextmanager
    def _reached(self) -> Iterator[KeycloakAdmin]:
        try:
            yield KeycloakAdmin(
                server_url=self.server,
                client_id=DIRECTORY_CLIENT,
                client_secret_key=self.secret,
                realm_name=REALM,
                user_realm_name=REALM,
                timeout=SECONDS,
                max_retries=0,
            )
        except KeycloakError as error:
            raise DirectoryUnavailable(str(error)) from error


@contextmanager
def _or_gone() -> Iterator[None]:
    """What is not there any more has ended."""
    try:
        yield
    except KeycloakError as error:
        if error.response_code != NOT_FOUND:
            raise


def _id_of(admin: KeycloakAdmin, municipality: str) -> str | None:
    found = find_organization(admin, municipality)
    return str(found["id"]) if found else None


def _user_with(admin: KeycloakAdmin, email: str) -> JsonObject | None:
    found = admin.get_users({"email": email, "exact": True})
    return dict(found[0]) if found else None


def _add(admin: KeycloakAdmin, organization: str, user: str) -> None:
    try:
        call(admin, "POST", f"{organization_path(organization)}/members", user)
    except KeycloakError as error:
        if error.response_code != CONFLICT:  # a member already
            raise


def _member(admin: KeycloakAdmin, user: JsonObject) -> Member:
    credentials = admin.get_credentials(user["id"])
    return Member(
        name=f"{user.get('firstName') or ''} {user.get('lastName') or ''}".strip(),
        email=user.get("email", ""),
        subject=None if is_unanswered(user, credentials) else user["id"],
        has_second_factor=any(one["type"] in SECOND_FACTORS for one in credentials),
    )


def _way(credential: JsonObject) -> Credential | None:
    """None for what nobody can sign in with here."""
    kind = KINDS.get(credential["type"])
    if kind is None:
        return None
    made_at = datetime.fromtimestamp(credential.get("createdDate", 0) / 1000, UTC)
    label = credential.get("userLabel") or ""
    return Credential(kind=kind, way_id=credential["id"], label=label, made_at=made_at)
