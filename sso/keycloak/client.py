"""The two clients: the house that people sign in to, and its directory."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from keycloak import KeycloakAdmin

from obshto.sso.keycloak.call import call
from obshto.sso.keycloak.drift import Gap, JsonObject, compared, missing, superfluous
from obshto.sso.keycloak.plan import CLIENT, DIRECTORY_CLIENT, REALM, RealmPlan

# What a token of the house carries always, and what it carries when asked.
DEFAULT_SCOPES = frozenset({"basic", "acr", "profile", "email", "eid"})
OPTIONAL_SCOPES = frozenset({"organization"})
# Members are users: without the second right Keycloak lets nobody be added or asked for. The third
# reads who was not let in (`events.py`), and nothing else.
DIRECTORY_RIGHTS = frozenset({"manage-organizations", "manage-users", "view-events"})
NOTHING_ELSE = {
    "implicitFlowEnabled": False,
    "directAccessGrantsEnabled": False,
    "frontchannelLogout": False,
    "consentRequired": False,
    "webOrigins": [],
}


def client_gaps(admin: KeycloakAdmin, plan: RealmPlan) -> Iterator[Gap]:
    """Both clients, what their tokens carry, what the directory may do."""
    yield from _client(admin, house(plan))
    # First what goes: Keycloak refuses a scope of both kinds.
    yield from _scopes(admin, CLIENT, "default", DEFAULT_SCOPES)
    yield from _scopes(admin, CLIENT, "optional", OPTIONAL_SCOPES)
    yield from _client(admin, directory(plan))
    yield from _rights(admin)


def house(plan: RealmPlan) -> JsonObject:
    """Code flow with PKCE S256 and nothing else; exact addresses, because wildcards leak codes."""
    return {
        "clientId": CLIENT,
        "name": "Общо",
        "enabled": True,
        "protocol": "openid-connect",
        "publicClient": False,
        "clientAuthenticatorType": "client-secret",
        "secret": plan.client_secret,
        "standardFlowEnabled": True,
        "serviceAccountsEnabled": False,
        "fullScopeAllowed": False,
        **NOTHING_ELSE,
        "baseUrl": plan.base_url,
        "redirectUris": [plan.at_sign_in("/callback")],
        "attributes": {
            "pkce.code.challenge.method": "S256",
            "post.logout.redirect.uris": plan.at_sign_in("/bye"),
            "backchannel.logout.url": plan.back_channel,
            "backchannel.logout.session.required": "true",
            "backchannel.logout.revoke.offline.tokens": "true",
        },
    }


def directory(plan: RealmPlan) -> JsonObject:
    """A service account: nobody signs in with it."""
    return {
        "clientId": DIRECTORY_CLIENT,
        "name": "Общо: справочник на служителите",
        "enabled": True,
        "protocol": "openid-connect",
        "publicClient": False,
        "clientAuthenticatorType": "client-secret",
        "secret": plan.directory_secret,
        "standardFlowEnabled": False,
        "serviceAccountsEnabled": True,
        "fullScopeAllowed": True,  # its token carries the account's rights, which are three
        **NOTHING_ELSE,
    }


def _client(admin: KeycloakAdmin, wanted: JsonObject) -> Iterator[Gap]:
    name = wanted["clientId"]
    client_id = admin.get_client_id(name)
    if client_id is None:
        yield missing(f"client {name}", lambda: admin.create_client(wanted))
        return
    found = admin.get_client(client_id)
    yield from compared(
        f"client {name}", found, wanted, lambda whole: admin.update_client(client_id, whole)
    )


def _scopes(admin: KeycloakAdmin, name: str, kind: str, wanted: frozenset[str]) -> Iterator[Gap]:
    """`kind` is `default`, always in the token, or `optional`, when asked for."""
    client_id = admin.get_client_id(name)
    if client_id is None:
        return
    ids = {scope["name"]: scope["id"] for scope in admin.get_client_scopes()}
    path = f"admin/realms/{REALM}/clients/{client_id}/{kind}-client-scopes"
    found = {scope["name"] for scope in call(admin, "GET", path)}
    thing = f"client {name}, {kind} scope"
    for scope in sorted(found - wanted):
        yield superfluous(
            f"{thing} {scope}", partial(call, admin, "DELETE", f"{path}/{ids[scope]}")
        )
    for scope in sorted(wanted - found):
        yield missing(f"{thing} {scope}", partial(call, admin, "PUT", f"{path}/{ids[scope]}"))


def _rights(admin: KeycloakAdmin) -> Iterator[Gap]:
    client_id = admin.get_client_id(DIRECTORY_CLIENT)
    if client_id is None:
        return
    account = admin.get_client_service_account_user(client_id)["id"]
    management = admin.get_client_id("realm-management")
    path = f"admin/realms/{REALM}/users/{account}/role-mappings/clients/{management}"
    have = {role["name"]: role for role in call(admin, "GET", path)}
    thing = f"client {DIRECTORY_CLIENT}, right"
    for name in sorted(DIRECTORY_RIGHTS - set(have)):
        role = call(admin, "GET", f"admin/realms/{REALM}/clients/{management}/roles/{name}")
        yield missing(f"{thing} {name}", partial(call, admin, "POST", path, [role]))
    for name in sorted(set(have) - DIRECTORY_RIGHTS):
        yield superfluous(f"{thing} {name}", partial(call, admin, "DELETE", path, [have[name]]))
