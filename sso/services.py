"""A sign-in in four steps: leave a host, return from the provider, be handed over, arrive."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, TypeVar

from sqlalchemy import delete
from sqlalchemy.orm import Session

from obshto.platform.clock import now
from obshto.platform.db.session import shared_session
from obshto.platform.keys.sealed import open_sealed, seal
from obshto.platform.scope import in_municipality
from obshto.platform.web.hosts import Host
from obshto.platform.web.language import LANGUAGES, SOURCE
from obshto.platform.work import Principal, Work, working
from obshto.sso.events import SessionOpened, SignInFailed
from obshto.sso.models import Attempt, HandOff
from obshto.sso.oidc import EID_LEVEL, Provider, Refused
from obshto.sso.organizations import is_member
from obshto.tenants.api import (
    CITIZEN,
    SHARED_COMPUTER,
    STAFF,
    Person,
    Profile,
    Proof,
    Term,
    accept_invitation,
    confirm_identity,
    open_session,
    regional_roles_of,
    register_person,
    roles_of,
)

ATTEMPT, HAND_OFF = timedelta(minutes=15), timedelta(seconds=60)
COLUMN = "sso_hand_off.identifier"
SLACK = timedelta(seconds=60)  # the way back from the provider takes a moment too

# Keycloak asks for an address where the state gives none (`EidMapper.java`). RFC 2606: no letter
# can go there.
NOBODY = "@eid.invalid"

Row = TypeVar("Row", Attempt, HandOff)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Who wants to sign in where: what the host knew when it sent somebody away."""

    place: str
    back: str
    browser: str  # sha256 in hex of what only the host's cookie holds
    language: str
    level: int = 1
    within: int | None = None
    is_shared_computer: bool = False


def set_out(provider: Provider, wish: Wish) -> str:
    """The provider's address to send somebody to. Raises ProviderUnavailable."""
    provider.check()
    state = secrets.token_urlsafe(32)
    more: dict[str, Any] = {
        "acr_values": str(wish.level),
        "ui_locales": wish.language,
        "municipality": wish.place,  # for the look of the provider's pages alone
    }
    if wish.within is not None:
        more["max_age"] = wish.within
    departure = provider.depart(state=state, **more)
    _keep(
        Attempt(
            state_hash=hashed(state),
            place=wish.place,
            back=wish.back,
            browser_hash=bytes.fromhex(wish.browser),
            language=wish.language,
            level=wish.level,
            within=wish.within,
            is_shared_computer=wish.is_shared_computer,
            nonce=departure.nonce,
            verifier=departure.verifier,
            ends_at=now() + ATTEMPT,
        )
    )
    return departure.url


def take_attempt(state: str) -> Attempt | None:
    """The attempt behind a state, once; None when there is none, or no longer."""
    return _take(Attempt, hashed(state))


def take_hand_off(code: str, *, place: str, browser: str) -> HandOff | None:
    """What was handed over, once: to this place, in the browser that set out. Else None.

    A code that was never given leaves no line in the log: anybody can make one up.
    """
    found = _take(HandOff, hashed(code))
    if found and (found.place != place or found.browser_hash != hashed(browser)):
        note_failure(place, "hand-off")
        return None
    return found


def come_back(provider: Provider, attempt: Attempt, *, code: str, issuer: str | None) -> str:
    """A code to arrive with at the host. Raises Refused, ProviderUnavailable."""
    answer = provider.receive(
        code=code, nonce=attempt.nonce, verifier=attempt.verifier, issuer=issuer
    )
    claims = answer.claims
    assurance, assured_at = _assurance(claims), _proved_at(claims)
    # `acr_values` and `max_age` stood in an address that anybody could edit; the token decides.
    if assurance < attempt.level:
        raise Refused("the level is lower than asked for")
    if attempt.within is not None and now() - assured_at > timedelta(0, attempt.within) + SLACK:
        raise Refused("shown too long ago")
    person_id = register_person(_profile(provider, claims))
    arrival = secrets.token_urlsafe(32)
    _keep(
        HandOff(
            code_hash=hashed(arrival),
            place=attempt.place,
            back=attempt.back,
            browser_hash=attempt.browser_hash,
            person_id=person_id,
            is_member=is_member(attempt.place, claims),
            assurance=assurance,
            assured_at=assured_at,
            idp_session=_text(claims, "sid"),
            id_token=answer.id_token,
            identifier=_sealed(attempt.place, answer.identifier),
            is_shared_computer=attempt.is_shared_computer,
            ends_at=now() + HAND_OFF,
        )
    )
    return arrival


def begin_session(work: Work, found: HandOff, person: Person, device: str) -> tuple[str, Term]:
    """Open the session that was handed over: what its cookie shall hold, how long it lives.

    Staff get their own term on any computer; an invitation that waited is taken up first.
    """
    if found.is_member and work.scope:
        accept_invitation(work, person)
    if found.identifier and work.scope:
        identifier = open_sealed(COLUMN, found.identifier)
        confirm_identity(work, person.id, identifier=identifier, level=found.assurance)
    roles = roles_of(work, person.id) if work.scope else regional_roles_of(person.id)
    is_staff = found.is_member and bool(roles)
    term = STAFF if is_staff else SHARED_COMPUTER if found.is_shared_computer else CITIZEN
    proof = Proof(
        is_member=found.is_member,
        assurance=found.assurance,
        assured_at=found.assured_at,
        idp_session=found.idp_session,
        id_token=found.id_token,
    )
    token = open_session(person.id, municipality=found.place, term=term, proof=proof, device=device)
    fact = SessionOpened(subject_id=person.id, assurance=found.assurance, is_staff=is_staff)
    work.record(fact)
    return token, term


def note_failure(place: str, why: str) -> None:
    """Keep in the log that somebody was not let in, though the answer is an error."""
    with working(None, Principal.system("Непознат посетител")) as region:
        region.record(SignInFailed(municipality=place, why=why))


def sweep_sign_ins(work: Work) -> None:
    """Job: forget attempts and hand-offs that nobody finished."""
    with shared_session() as shared:
        for model in (Attempt, HandOff):
            shared.execute(delete(model).where(model.ends_at < work.now))
        shared.commit()


def hashed(secret: str) -> bytes:
    """How secrets stand in tables: a copy of them opens nothing."""
    return sha256(secret.encode()).digest()


def _keep(row: Attempt | HandOff) -> None:
    with shared_session() as shared:
        shared.add(row)
        shared.commit()


def _take(model: type[Row], key: bytes) -> Row | None:
    """Atomically: of two who come with the same secret one gets it."""
    with shared_session() as shared:
        row = _deleted(shared, model, key)
        shared.commit()
    return row if row is not None and row.ends_at > now() else None


def _deleted(shared: Session, model: type[Row], key: bytes) -> Row | None:
    column = Attempt.state_hash if model is Attempt else HandOff.code_hash
    return shared.scalars(delete(model).where(column == key).returning(model)).one_or_none()


def _assurance(claims: Mapping[str, Any]) -> int:
    """What was shown to the provider, or to the state: of its sign-in a provider says level 1."""
    return max(_level(claims, "acr"), _level(claims, EID_LEVEL))


def _level(claims: Mapping[str, Any], key: str) -> int:
    said = str(claims.get(key, ""))
    return int(said) if said.isdecimal() and len(said) == 1 else 0


def _sealed(place: str, identifier: str | None) -> bytes | None:
    """Only the municipality that somebody goes to can open it; the region's team needs none."""
    if identifier is None or place == Host.OPS:
        return None
    with in_municipality(place):
        return seal(COLUMN, identifier)


def _proved_at(claims: Mapping[str, Any]) -> datetime:
    said = claims.get("auth_time")
    if not isinstance(said, int):
        raise Refused("it does not say when")
    return min(datetime.fromtimestamp(said, UTC), now())


def _profile(provider: Provider, claims: Mapping[str, Any]) -> Profile:
    """An address that nobody has verified is not taken: letters and invitations go by it."""
    email = claims.get("email") if claims.get("email_verified") is True else None
    if str(email).endswith(NOBODY):
        email = None
    language = claims.get("locale")
    return Profile(
        issuer=provider.config.name,
        subject=_text(claims, "sub"),
        name=str(claims.get("name") or email or ""),
        email=str(email).casefold() if email else None,
        language=language if language in LANGUAGES else SOURCE,
    )


def _text(claims: Mapping[str, Any], key: str) -> str:
    value = claims.get(key)
    if not isinstance(value, str) or not value:
        raise Refused(f"no {key}")
    return value
