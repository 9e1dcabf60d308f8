"""The realm: languages, registration, sessions, protection from guessing."""

from __future__ import annotations

from collections.abc import Iterator

from keycloak import KeycloakAdmin
from keycloak.exceptions import KeycloakGetError

from obshto.sso.keycloak.drift import Gap, JsonObject, compared, missing, overlaid
from obshto.sso.keycloak.events import ADDRESS, READ
from obshto.sso.keycloak.plan import REALM, RealmPlan

MINUTE, HOUR, DAY = 60, 3600, 86400
STAFF_IDLE, STAFF_WHOLE = 30 * MINUTE, 10 * HOUR
REMEMBERED = 30 * DAY  # „Запомни ме“: somebody's own device
EVENTS_KEPT = 90 * DAY
KEPT_BESIDE = (
    "IDENTITY_PROVIDER_LOGIN_ERROR",
    "LOGIN",
    "LOGOUT",
    "REGISTER",
    "REGISTER_ERROR",
    "REMOVE_CREDENTIAL",
    "RESET_PASSWORD",
    "UPDATE_CREDENTIAL",
)


def realm_gaps(admin: KeycloakAdmin, plan: RealmPlan) -> Iterator[Gap]:
    """The realm itself. Where it is missing, all that follows is missing, too."""
    wanted = realm(plan)
    found = find_realm(admin)
    if found is None:
        # The flows are made later: a new realm begins with Keycloak's own.
        yield missing(f"realm {REALM}", lambda: admin.create_realm(wanted))
        return
    yield from compared(
        f"realm {REALM}",
        found,
        wanted,
        lambda whole: admin.update_realm(REALM, overlaid(whole, {"smtpServer": _mail(plan)})),
    )


def find_realm(admin: KeycloakAdmin) -> JsonObject | None:
    try:
        return dict(admin.get_realm(REALM))
    except KeycloakGetError as error:
        if error.response_code == 404:
            return None
        raise


def realm(plan: RealmPlan) -> JsonObject:
    """The realm as Keycloak's API spells it. Times are seconds."""
    return {
        "realm": REALM,
        "enabled": True,
        "displayName": "Общо",
        "sslRequired": "external",
        "organizationsEnabled": True,
        "loginTheme": "obshto",
        "emailTheme": "obshto",
        "internationalizationEnabled": True,
        "supportedLocales": ["bg", "en", "ro"],
        "defaultLocale": "bg",
        **_accounts(plan),
        **_against_guessing(),
        **_sessions(),
        **_passkeys(),
        **_events(),
        "smtpServer": plan.mail_server(),
        "attributes": {"acr.loa.map": '{"1":1,"2":2}', "adminEventsExpiration": str(EVENTS_KEPT)},
    }


def _mail(plan: RealmPlan) -> JsonObject:
    """Written with each change, because a password that changed cannot be seen."""
    return dict(plan.mail_server())


def _accounts(plan: RealmPlan) -> JsonObject:
    return {
        "registrationAllowed": True,
        "registrationEmailAsUsername": True,
        "loginWithEmailAllowed": True,
        "duplicateEmailsAllowed": False,
        "editUsernameAllowed": False,
        "rememberMe": True,
        # Both take a letter: without a mail server nobody is left waiting for one.
        "verifyEmail": plan.sends_letters,
        "resetPasswordAllowed": plan.sends_letters,
        "passwordPolicy": "length(10) and maxLength(128) and notUsername and notEmail",
        # Seven days for the invited, an hour for who forgot a password.
        "actionTokenGeneratedByAdminLifespan": 7 * DAY,
        "actionTokenGeneratedByUserLifespan": HOUR,
    }


def _against_guessing() -> JsonObject:
    """Waits grow to a quarter of an hour; nobody is shut out for good, by others least of all."""
    return {
        "bruteForceProtected": True,
        "permanentLockout": False,
        "bruteForceStrategy": "MULTIPLE",
        "failureFactor": 10,
        "waitIncrementSeconds": MINUTE,
        "maxFailureWaitSeconds": 15 * MINUTE,
        "maxDeltaTimeSeconds": 12 * HOUR,
        "quickLoginCheckMilliSeconds": 1000,
        "minimumQuickLoginWaitSeconds": MINUTE,
    }


def _sessions() -> JsonObject:
    return {
        "accessTokenLifespan": 5 * MINUTE,
        "accessCodeLifespan": MINUTE,
        "accessCodeLifespanLogin": 30 * MINUTE,
        "accessCodeLifespanUserAction": 30 * MINUTE,
        "revokeRefreshToken": True,
        "refreshTokenMaxReuse": 0,
        "ssoSessionIdleTimeout": STAFF_IDLE,
        "ssoSessionMaxLifespan": STAFF_WHOLE,
        "ssoSessionIdleTimeoutRememberMe": REMEMBERED,
        "ssoSessionMaxLifespanRememberMe": REMEMBERED,
    }


def _passkeys() -> JsonObject:
    """A passkey stands for password and second factor: the device checks finger, face or PIN."""
    return {
        "webAuthnPolicyPasswordlessRpEntityName": "Общо",
        "webAuthnPolicyPasswordlessUserVerificationRequirement": "required",
        "webAuthnPolicyPasswordlessResidentKey": "required",
        "webAuthnPolicyPasswordlessPasskeysEnabled": True,
    }


def _events() -> JsonObject:
    """What the house reads (`events.py`), and what explains it when somebody looks in Keycloak.

    Each holds the name that was typed and the address it came from, hence the end.
    """
    return {
        "eventsEnabled": True,
        "enabledEventTypes": sorted({*READ, ADDRESS, *KEPT_BESIDE}),
        "eventsExpiration": EVENTS_KEPT,
        "adminEventsEnabled": True,
        "adminEventsDetailsEnabled": False,
    }
