"""What people may do about their own account on Keycloak's pages, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from keycloak import KeycloakAdmin

from obshto.sso.keycloak.drift import Field, Gap, JsonObject
from obshto.sso.keycloak.plan import RealmPlan

# What is a second factor here can be set up, what is none can't: security keys beside passkeys, and
# codes on paper, would be shown and never asked for.
OFFERED = frozenset(
    {
        "CONFIGURE_TOTP",
        "UPDATE_PASSWORD",
        "UPDATE_PROFILE",
        "VERIFY_EMAIL",
        "VERIFY_PROFILE",
        "delete_credential",
        "idp_link",
        "update_user_locale",
        "webauthn-register-passwordless",
    }
)
BY_LETTER = "UPDATE_EMAIL"  # where letters are sent: a new address is proven before it counts


def action_gaps(admin: KeycloakAdmin, plan: RealmPlan) -> Iterator[Gap]:
    """Each of Keycloak's actions, on or off as it should be."""
    offered = OFFERED | {BY_LETTER} if plan.sends_letters else OFFERED
    for action in admin.get_required_actions():
        found, wanted = action["enabled"], action["alias"] in offered
        if found != wanted:
            difference = Field("enabled", found, wanted)
            yield Gap(
                f"action {action['alias']}", (difference,), partial(_turn, admin, action, wanted)
            )


def _turn(admin: KeycloakAdmin, action: JsonObject, wanted: bool) -> None:
    admin.update_required_action(action["alias"], {**action, "enabled": wanted})
