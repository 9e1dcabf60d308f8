"""The national sign-in as a way into the realm: еАвтентикация, SAML 2.0.

It belongs to no organization: Keycloak links a provider to one at most, and citizens to none.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from keycloak import KeycloakAdmin
from keycloak.exceptions import KeycloakGetError, KeycloakOperationError

from obshto.sso.keycloak.call import call
from obshto.sso.keycloak.drift import Field, Gap, JsonObject, compared, missing, superfluous
from obshto.sso.keycloak.plan import REALM, EidPlan, RealmPlan

ALIAS = "eauth"  # Keycloak lets nobody change it, and the state knows our address by it
MAPPER = "obshto-eid"  # `EidMapper.java`
FLOW = "obshto newcomers"
ATTRIBUTES = "urn:egov:bg:eauth:2.0:attributes:"
PROVIDERS = f"admin/realms/{REALM}/identity-provider/instances"
FLOWS = f"admin/realms/{REALM}/authentication/flows"
# Nothing is asked: the state knows the name, and whoever has no e-mail must come in, too. An
# account with a password is never joined to it: the hash of a number is nobody's e-mail.
STEP = "idp-create-user-if-unique"


def broker_gaps(admin: KeycloakAdmin, plan: RealmPlan) -> Iterator[Gap]:
    """The provider with its mapper; where none is planned one that is there is switched off.

    It is not removed: with it everybody's link to their account would go.
    """
    found = _found(admin)
    if plan.eid is None:
        if found and found["enabled"]:
            difference = (Field("enabled", True, False),)
            yield Gap(_THING, difference, partial(_write, admin, found | {"enabled": False}))
        return
    _need_mapper(admin)
    yield from _flow_gaps(admin)
    server = str(admin.connection.server_url).rstrip("/")
    wanted = provider(plan.eid, issuer=f"{server}/realms/{REALM}")
    if found is None:
        yield missing(_THING, partial(call, admin, "POST", PROVIDERS, wanted))
    else:
        yield from compared(_THING, found, wanted, partial(_write, admin))
    if _found(admin):
        yield from _mapper_gaps(admin)


def provider(eid: EidPlan, *, issuer: str) -> JsonObject:
    """As Keycloak's API spells it. What is ours begins with `eid` (`EidRequest.java`)."""
    return {
        "alias": ALIAS,
        "displayName": "еАвтентикация",
        "providerId": "saml",
        "enabled": True,
        "trustEmail": True,  # it is one that our mapper makes up; else a letter would be waited for
        "storeToken": False,
        "linkOnly": False,
        "firstBrokerLoginFlowAlias": FLOW,
        "config": {
            "entityId": issuer,
            "singleSignOnServiceUrl": eid.sign_in_url,
            "postBindingAuthnRequest": "true",
            "postBindingResponse": "true",
            "wantAuthnRequestsSigned": "true",
            "signatureAlgorithm": "RSA_SHA256",
            "validateSignature": "true",
            "signingCertificate": eid.certificates,
            "wantAssertionsEncrypted": _spelled(eid.is_encrypted),
            "principalType": "ATTRIBUTE",
            "principalAttribute": f"{ATTRIBUTES}personIdentifier",
            "nameIDPolicyFormat": "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified",
            "syncMode": "FORCE",
            "allowedClockSkew": "30",
            "eidService": eid.service,
            "eidProvider": eid.provider,
            "eidLevel": eid.level,
            "eidHashKey": eid.hash_key,
        },
    }


_THING = f"identity provider {ALIAS}"
_MAPPER: JsonObject = {
    "name": "who",
    "identityProviderAlias": ALIAS,
    "identityProviderMapper": MAPPER,
    "config": {"syncMode": "FORCE"},
}


def _need_mapper(admin: KeycloakAdmin) -> None:
    """Without it Keycloak would keep personal numbers. Raises KeycloakOperationError."""
    kinds = call(admin, "GET", "admin/serverinfo")["providers"]["identity-provider-mapper"]
    if MAPPER not in kinds["providers"]:
        raise KeycloakOperationError(
            error_message="This Keycloak lacks our extension: make it ready with a JDK (javac)."
        )


def _mapper_gaps(admin: KeycloakAdmin) -> Iterator[Gap]:
    path = f"{PROVIDERS}/{ALIAS}/mappers"
    found = {one["name"]: one for one in call(admin, "GET", path)}
    ours = found.pop(_MAPPER["name"], None)
    thing = f"{_THING}, mapper {_MAPPER['name']}"
    if ours is None:
        yield missing(thing, partial(call, admin, "POST", path, _MAPPER))
    else:
        write = partial(call, admin, "PUT", f"{path}/{ours['id']}")
        yield from compared(thing, ours, _MAPPER, write)
    for name, other in found.items():
        remove = partial(call, admin, "DELETE", f"{path}/{other['id']}")
        yield superfluous(f"{_THING}, mapper {name}", remove)


def _flow_gaps(admin: KeycloakAdmin) -> Iterator[Gap]:
    if not any(flow["alias"] == FLOW for flow in admin.get_authentication_flows()):
        yield missing(f"flow {FLOW}", partial(_make_flow, admin))
    steps = admin.get_authentication_flow_executions(FLOW)
    names = [(one.get("providerId"), one["requirement"]) for one in steps]
    if names != [(STEP, "REQUIRED")]:
        difference = (Field("steps", [str(name) for name, _ in names], [STEP]),)
        yield Gap(f"flow {FLOW}", difference, partial(_remake_flow, admin))


def _make_flow(admin: KeycloakAdmin) -> None:
    body = {"alias": FLOW, "providerId": "basic-flow", "topLevel": True, "builtIn": False}
    call(admin, "POST", FLOWS, body)
    _fill(admin)


def _remake_flow(admin: KeycloakAdmin) -> None:
    """The flow stays, for the provider uses it; its steps are made anew."""
    for one in admin.get_authentication_flow_executions(FLOW):
        call(admin, "DELETE", f"admin/realms/{REALM}/authentication/executions/{one['id']}")
    _fill(admin)


def _fill(admin: KeycloakAdmin) -> None:
    call(admin, "POST", f"{FLOWS}/{FLOW}/executions/execution", {"provider": STEP})
    made = admin.get_authentication_flow_executions(FLOW)[0] | {"requirement": "REQUIRED"}
    call(admin, "PUT", f"{FLOWS}/{FLOW}/executions", made)


def _found(admin: KeycloakAdmin) -> JsonObject | None:
    try:
        return dict(admin.get_idp(ALIAS))
    except KeycloakGetError as error:
        if error.response_code == 404:
            return None
        raise


def _write(admin: KeycloakAdmin, whole: JsonObject) -> None:
    call(admin, "PUT", f"{PROVIDERS}/{ALIAS}", whole)


def _spelled(value: bool) -> str:
    return str(value).lower()
