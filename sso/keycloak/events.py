"""What the house reads in Keycloak's own events, which `provision` switches on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from urllib.parse import urlencode

from keycloak import KeycloakAdmin
from keycloak.exceptions import KeycloakGetError

from obshto.sso.keycloak.call import call
from obshto.sso.keycloak.drift import JsonObject
from obshto.sso.keycloak.plan import REALM
from obshto.tenants.ports import Failure, Trouble

PAGE = 100
TRIES = ("LOGIN_ERROR", "RESET_PASSWORD_ERROR")
PAUSE = "USER_DISABLED_BY_TEMPORARY_LOCKOUT"
READ = (*TRIES, PAUSE)
ADDRESS = "UPDATE_EMAIL"
NOT_FOUND = 404
WRONG = "invalid_user_credentials"
CHOSEN = "selected_credential_id"  # which phone was asked for: of a code alone
WHY = {
    "user_not_found": Trouble.UNKNOWN,
    "user_temporarily_disabled": Trouble.PAUSED,
    "user_disabled": Trouble.OFF,
}
# Nobody showed anything: a page was left open for too long, or somebody pressed „Back“. Who comes
# back to the house without success is told of by the house.
NO_TRY = frozenset(
    {
        "already_logged_in",
        "cookie_not_found",
        "expired_code",
        "invalid_code",
        "login_required",
        "rejected_by_user",
        "session_expired",
    }
)


def read_failures(admin: KeycloakAdmin, since: datetime) -> Iterator[Sequence[Failure]]:
    """The oldest first; what comes while we read stands at the end."""
    for page in _events(admin, READ, since):
        yield [found for event in page if (found := _failure(event))]


def read_new_addresses(admin: KeycloakAdmin, since: datetime) -> Mapping[str, str]:
    """By subject, as each is at this moment; who has left is not told of."""
    found = {}
    for page in _events(admin, (ADDRESS,), since):
        for subject in {event["userId"] for event in page if event.get("userId")}:
            if (user := _user(admin, subject)).get("emailVerified"):
                found[subject] = user["email"]
    return found


def _events(
    admin: KeycloakAdmin, kinds: Sequence[str], since: datetime
) -> Iterator[Sequence[JsonObject]]:
    asked = [("type", one) for one in kinds]
    asked += [("dateFrom", str(int(since.timestamp() * 1000))), ("direction", "asc")]
    first, size = 0, PAGE
    while size == PAGE:
        where = urlencode([*asked, ("first", str(first)), ("max", str(PAGE))])
        page = call(admin, "GET", f"admin/realms/{REALM}/events?{where}")
        yield page
        first, size = first + PAGE, len(page)


def _user(admin: KeycloakAdmin, subject: str) -> JsonObject:
    try:
        return dict(admin.get_user(subject))
    except KeycloakGetError as error:
        if error.response_code == NOT_FOUND:
            return {}
        raise


def _failure(event: JsonObject) -> Failure | None:
    """None where nobody tried. The details hold what was typed, and are read for the kind alone."""
    error = event.get("error") or ""
    if error in NO_TRY:
        return None
    return Failure(
        failure_id=event["id"],
        at=datetime.fromtimestamp(event["time"] / 1000, UTC),
        why=_why(event["type"], error, event.get("details") or {}),
        subject=event.get("userId"),
    )


def _why(kind: str, error: str, details: JsonObject) -> Trouble:
    if kind == PAUSE:
        return Trouble.PAUSED
    if error == WRONG:
        return Trouble.CODE if CHOSEN in details else Trouble.PASSWORD
    return WHY.get(error, Trouble.OTHER)
