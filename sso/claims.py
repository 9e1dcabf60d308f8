"""What the provider's words of somebody mean to the house."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from obshto.platform.clock import now
from obshto.platform.web.language import LANGUAGES, SOURCE
from obshto.sso.oidc import EID_LEVEL, Refused
from obshto.sso.organizations import places_of
from obshto.tenants.api import Profile

# Keycloak asks for an address where the state gives none (`EidMapper.java`). RFC 2606: no letter
# can go there.
NOBODY = "@eid.invalid"


def assurance(claims: Mapping[str, Any]) -> int:
    """What was shown to the provider, or to the state: of its sign-in a provider says level 1."""
    return max(_level(claims, "acr"), _level(claims, EID_LEVEL))


def _level(claims: Mapping[str, Any], key: str) -> int:
    said = str(claims.get(key, ""))
    return int(said) if said.isdecimal() and len(said) == 1 else 0


def proved_at(claims: Mapping[str, Any]) -> datetime:
    """When they showed who they are. Raises Refused."""
    said = claims.get("auth_time")
    if not isinstance(said, int):
        raise Refused("it does not say when")
    return min(datetime.fromtimestamp(said, UTC), now())


def profile(issuer: str, claims: Mapping[str, Any]) -> Profile:
    """An address that nobody has verified is not taken: letters and invitations go by it."""
    email = claims.get("email") if claims.get("email_verified") is True else None
    if str(email).endswith(NOBODY):
        email = None
    language = claims.get("locale")
    return Profile(
        issuer=issuer,
        subject=text(claims, "sub"),
        name=str(claims.get("name") or email or ""),
        email=str(email).casefold() if email else None,
        language=language if language in LANGUAGES else SOURCE,
        works_in=places_of(claims),
    )


def text(claims: Mapping[str, Any], key: str) -> str:
    """A word that must be there. Raises Refused."""
    value = claims.get(key)
    if not isinstance(value, str) or not value:
        raise Refused(f"no {key}")
    return value
