"""What a token says about membership: aliases with ids."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from keycloak import KeycloakAdmin

from obshto.sso.keycloak.gap import Gap, JsonObject, compared, missing, superfluous

SCOPE = "organization"
KIND = "oidc-organization-membership-mapper"
# Without `addOrganizationId` the claim is a bare list of aliases, and an alias can be used anew.
MAPPER: JsonObject = {
    "name": "organization",
    "protocol": "openid-connect",
    "protocolMapper": KIND,
    "consentRequired": False,
    "config": {
        "claim.name": "organization",
        "jsonType.label": "JSON",
        "multivalued": "true",
        "addOrganizationId": "true",
        "addOrganizationAttributes": "false",
        "id.token.claim": "true",
        "access.token.claim": "false",
        "userinfo.token.claim": "true",
        "introspection.token.claim": "true",
    },
}


def scope_gaps(admin: KeycloakAdmin) -> Iterator[Gap]:
    """The scope that every realm has; exactly one mapper, since two would make the claim a list."""
    scope = admin.get_client_scope_by_name(SCOPE)
    if scope is None:
        yield missing(f"scope {SCOPE}", lambda: admin.create_client_scope(_scope()))
        return
    mappers = admin.get_mappers_from_client_scope(scope["id"])
    # They come in no order: of two of the kind ours is the one of our name.
    alike = [one for one in mappers if one["protocolMapper"] == KIND]
    ours = min(alike, key=lambda one: one["name"] != MAPPER["name"], default=None)
    if ours is None:
        yield missing(
            f"scope {SCOPE}, mapper {MAPPER['name']}",
            lambda: admin.add_mapper_to_client_scope(scope["id"], MAPPER),
        )
    else:
        yield from compared(
            f"scope {SCOPE}, mapper {ours['name']}",
            ours,
            MAPPER,
            lambda whole: admin.update_mapper_in_client_scope(scope["id"], ours["id"], whole),
        )
    for other in mappers:
        if other is not ours:
            yield superfluous(
                f"scope {SCOPE}, mapper {other['name']}",
                partial(admin.delete_mapper_from_client_scope, scope["id"], other["id"]),
            )


def _scope() -> JsonObject:
    return {
        "name": SCOPE,
        "protocol": "openid-connect",
        "attributes": {"include.in.token.scope": "true", "display.on.consent.screen": "false"},
        "protocolMappers": [MAPPER],
    }
