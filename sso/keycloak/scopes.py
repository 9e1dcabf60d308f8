"""What a token says beside a name: organizations with their ids, and what the state said."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from keycloak import KeycloakAdmin

from obshto.sso.keycloak.drift import Gap, JsonObject, compared, missing, superfluous

IN_TOKEN = {
    "id.token.claim": "true",
    "access.token.claim": "false",
    "userinfo.token.claim": "true",
    "introspection.token.claim": "true",
}


def _mapper(name: str, kind: str, **config: str) -> JsonObject:
    return {
        "name": name,
        "protocol": "openid-connect",
        "protocolMapper": kind,
        "consentRequired": False,
        "config": {key.replace("_", "."): value for key, value in config.items()},
    }


def _note(name: str, **more: str) -> JsonObject:
    """What the state said stands in the session (`EidMapper.java`)."""
    made = _mapper(
        name,
        "oidc-usersessionmodel-note-mapper",
        user_session_note=name,
        claim_name=name,
    )
    made["config"] |= {"jsonType.label": "String", **IN_TOKEN, **more}
    return made


# Without `addOrganizationId` the claim is a bare list of aliases, and an alias can be used anew.
# Exactly one mapper: two would make the claim a list.
ORGANIZATION = _mapper("organization", "oidc-organization-membership-mapper")
ORGANIZATION["config"] = {
    "claim.name": "organization",
    "jsonType.label": "JSON",
    "multivalued": "true",
    "addOrganizationId": "true",
    "addOrganizationAttributes": "false",
    **IN_TOKEN,
}
# The ID token goes through the browser when somebody signs out, so the number is not in it.
SCOPES: dict[str, tuple[JsonObject, ...]] = {
    "organization": (ORGANIZATION,),
    "eid": (_note("eid_loa"), _note("eid_identifier", **{"id.token.claim": "false"})),
}


def scope_gaps(admin: KeycloakAdmin) -> Iterator[Gap]:
    """Each scope with its mappers and no others."""
    for name, mappers in SCOPES.items():
        yield from _scope_gaps(admin, name, mappers)


def _scope_gaps(admin: KeycloakAdmin, name: str, mappers: tuple[JsonObject, ...]) -> Iterator[Gap]:
    scope = admin.get_client_scope_by_name(name)
    if scope is None:
        yield missing(f"scope {name}", lambda: admin.create_client_scope(_scope(name, mappers)))
        return
    found = {one["name"]: one for one in admin.get_mappers_from_client_scope(scope["id"])}
    for wanted in mappers:
        thing = f"scope {name}, mapper {wanted['name']}"
        ours = found.pop(wanted["name"], None)
        if ours is None:
            add = partial(admin.add_mapper_to_client_scope, scope["id"], wanted)
            yield missing(thing, add)
        else:
            write = partial(admin.update_mapper_in_client_scope, scope["id"], ours["id"])
            yield from compared(thing, ours, wanted, write)
    for other in found.values():
        yield superfluous(
            f"scope {name}, mapper {other['name']}",
            partial(admin.delete_mapper_from_client_scope, scope["id"], other["id"]),
        )


def _scope(name: str, mappers: tuple[JsonObject, ...]) -> JsonObject:
    return {
        "name": name,
        "protocol": "openid-connect",
        "attributes": {"include.in.token.scope": "true", "display.on.consent.screen": "false"},
        "protocolMappers": list(mappers),
    }
