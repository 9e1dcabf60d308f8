"""A sign-in in four steps: leave a host, return from the provider, be handed over, arrive."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, TypeVar
from uuid import UUID

from flask import current_app
from sqlalchemy import delete
from sqlalchemy.orm import Session

from obshto.platform.clock import now
from obshto.platform.db.session import shared_session
from obshto.platform.keys.encryption import decrypt, encrypt
from obshto.platform.scope import PRACTICE, in_municipality
from obshto.platform.unit_of_work import Principal, UnitOfWork, open_uow
from obshto.platform.web.hosts import Host
from obshto.sso.account_actions import DONE, Act, notice_of, word_for
from obshto.sso.claims import assurance, profile, proved_at, text
from obshto.sso.events import STRANGER, SessionOpened, SignInFailed, WayChanged
from obshto.sso.models import Attempt, HandOff
from obshto.sso.oidc import Provider, Refused
from obshto.tenants.api import (
    CITIZEN,
    SHARED_COMPUTER,
    STAFF,
    Person,
    Proof,
    Term,
    accept_invitation,
    confirm_identity,
    open_session,
    regional_roles_of,
    register_person,
    roles_of,
)
from obshto.tenants.ports import DirectoryUnavailable, directory

ATTEMPT, HAND_OFF = timedelta(minutes=15), timedelta(seconds=60)
COLUMN = "sso_hand_off.identifier"
SLACK = timedelta(seconds=60)  # the way back from the provider takes a moment too

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
    act: Act | None = None  # what they mean to change of their account
    way: UUID | None = None  # what goes, where something goes


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
    if wish.act is not None:
        more["kc_action"] = word_for(wish.act, wish.way)
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
            act=wish.act,
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


def come_back(
    provider: Provider, attempt: Attempt, *, code: str, issuer: str | None, done: str = ""
) -> str:
    """A code to arrive with at the host; `done` is what became of the change they went for.

    Raises Refused, ProviderUnavailable.
    """
    answer = provider.receive(
        code=code, nonce=attempt.nonce, verifier=attempt.verifier, issuer=issuer
    )
    claims = answer.claims
    level, assured_at = assurance(claims), proved_at(claims)
    _refuse_too_little(attempt, level, assured_at)
    known = profile(provider.config.name, claims)
    person_id = register_person(known)
    arrival = secrets.token_urlsafe(32)
    session, is_kept = text(claims, "sid"), True
    if attempt.is_shared_computer:
        is_kept = not _forgotten(session)
    _keep(
        HandOff(
            code_hash=hashed(arrival),
            place=attempt.place,
            back=_back(attempt, done),
            browser_hash=attempt.browser_hash,
            person_id=person_id,
            is_member=_works_at(attempt.place, known.works_in),
            assurance=level,
            assured_at=assured_at,
            idp_session=session if is_kept else "",
            id_token=answer.id_token if is_kept else "",
            identifier=_sealed(attempt.place, answer.identifier),
            is_shared_computer=attempt.is_shared_computer,
            act=attempt.act if done == DONE else None,
            ends_at=now() + HAND_OFF,
        )
    )
    return arrival


def _works_at(place: str, works_in: Collection[str]) -> bool:
    """Membership of a place; everybody who works in the region belongs to practice."""
    return place in works_in or (place == PRACTICE and bool(works_in))


def begin_session(uow: UnitOfWork, found: HandOff, person: Person, device: str) -> tuple[str, Term]:
    """Open the session that was handed over: what its cookie shall hold, how long it lives.

    Staff get their own term on any computer; an invitation that waited is taken up first.
    """
    if found.is_member and uow.within:
        accept_invitation(uow, person)
    if found.identifier and uow.within:
        identifier = decrypt(COLUMN, found.identifier)
        confirm_identity(uow, person.id, identifier=identifier, level=found.assurance)
    roles = roles_of(uow, person.id) if uow.within else regional_roles_of(person.id)
    is_staff = found.is_member and bool(roles)
    term = STAFF if is_staff else SHARED_COMPUTER if found.is_shared_computer else CITIZEN
    proof = Proof(
        is_member=found.is_member,
        assurance=found.assurance,
        assured_at=found.assured_at,
        idp_session=found.idp_session or None,
        id_token=found.id_token or None,
    )
    token = open_session(person.id, municipality=found.place, term=term, proof=proof, device=device)
    fact = SessionOpened(subject_id=person.id, assurance=found.assurance, is_staff=is_staff)
    uow.emit(fact)
    if found.act:
        uow.emit(WayChanged(subject_id=person.id, what=found.act))
    return token, term


def note_failure(place: str, why: str) -> None:
    """Keep in the log that somebody was not let in, though the answer is an error."""
    with open_uow(None, Principal.system(STRANGER)) as region:
        region.emit(SignInFailed(municipality=place, why=why))


def sweep_sign_ins(uow: UnitOfWork) -> None:
    """Job: forget attempts and hand-offs that nobody finished."""
    with shared_session() as shared:
        for model in (Attempt, HandOff):
            shared.execute(delete(model).where(model.ends_at < uow.now))
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


def _refuse_too_little(attempt: Attempt, level: int, assured_at: datetime) -> None:
    """`acr_values` and `max_age` stood in an address that anybody could edit; the token decides."""
    if level < attempt.level:
        raise Refused("the level is lower than asked for")
    if attempt.within is not None and now() - assured_at > timedelta(0, attempt.within) + SLACK:
        raise Refused("shown too long ago")


def _forgotten(session: str) -> bool:
    """On a computer of many the next one who presses „Вход“ must be asked who they are.

    Our own session goes on for its minutes. Where the provider does not answer it remembers.
    """
    try:
        directory().end_session(session)
    except DirectoryUnavailable as error:
        current_app.logger.warning("the provider remembers a shared computer: %s", error)
        return False
    return True


def _back(attempt: Attempt, done: str) -> str:
    """Where they were going; after a change with a word about it."""
    if attempt.act is None:
        return attempt.back
    joint = "&" if "?" in attempt.back else "?"
    return f"{attempt.back}{joint}said={notice_of(Act(attempt.act), done)}"


def _sealed(place: str, identifier: str | None) -> bytes | None:
    """Only the municipality that somebody goes to can open it; the region's team needs none."""
    if identifier is None or place == Host.OPS:
        return None
    with in_municipality(place):
        return encrypt(COLUMN, identifier)
