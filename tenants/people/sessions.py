"""Open, recognise and end sessions, each in a short transaction of the region's."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from flask import has_request_context, request
from sqlalchemy import ColumnElement, and_, delete, or_, select, update

from obshto.platform.clock import now
from obshto.platform.db.session import shared_session
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.hosts import Host
from obshto.tenants.municipalities.lookup import read_shared
from obshto.tenants.people.models import LoginSession, Person
from obshto.tenants.ports import DirectoryUnavailable, directory

# A write on every click would make each page a write: a minute's grain is enough for idleness.
GRAIN = timedelta(minutes=1)
# In the environment: what was asked at the door, and the row that was found.
AT_THE_DOOR = "obshto.session"


@dataclass(frozen=True, slots=True)
class Term:
    """How long a session may rest, how long it lives at all."""

    idle: timedelta
    whole: timedelta


STAFF = Term(timedelta(minutes=30), timedelta(hours=10))
CITIZEN = Term(timedelta(days=30), timedelta(days=30))
SHARED_COMPUTER = Term(timedelta(minutes=20), timedelta(minutes=20))


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What the identity provider vouches for at this sign-in.

    `idp_session` names its own session, so that signing out there ends ours; `id_token` is what it
    wants to see when we sign somebody out of it.
    """

    is_member: bool = False
    assurance: int = 1
    assured_at: datetime | None = None  # None is now
    idp_session: str | None = None
    id_token: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Inside:
    """The region's specialist stepped in: why, until when."""

    reason: str
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """Who stands behind a cookie, in the municipality where it was given."""

    person_id: UUID
    name: str
    language: str
    is_member: bool
    assurance: int
    assured_at: datetime
    regional_roles: frozenset[str]
    step_in: Inside | None
    acting_under: UUID | None = None


# Read on every page of somebody signed in. A step-in counts while it lasts and its person is of
# the region's team.
ALIVE = """
SELECT person.id AS person_id, person.name, person.language,
    session.is_member, session.assurance, session.assured_at, session.seen_at,
    session.acting_under, inside.reason, inside.ends_at AS step_in_ends_at,
    ARRAY(SELECT role FROM shared.regional_appointment AS held
        WHERE held.person_id = person.id) AS regional_roles
FROM shared.session
JOIN shared.person ON person.id = session.person_id
LEFT JOIN LATERAL (
    SELECT reason, ends_at FROM shared.step_in
    WHERE step_in.person_id = session.person_id
        AND step_in.municipality = session.municipality
        AND step_in.ends_at > %(moment)s
        AND EXISTS (SELECT FROM shared.regional_appointment AS held
            WHERE held.person_id = step_in.person_id)
    ORDER BY ends_at DESC LIMIT 1
) AS inside ON true
WHERE session.token_hash = %(token)s AND session.municipality = %(municipality)s
    AND session.idle_ends_at > %(moment)s AND session.ends_at > %(moment)s
"""


def open_session(
    person_id: UUID, *, municipality: str, term: Term, proof: Proof, device: str = ""
) -> str:
    """A new session; answers what the cookie shall hold. Every sign-in makes a new one."""
    token = secrets.token_urlsafe(32)
    moment = now()
    with shared_session() as shared:
        shared.add(
            LoginSession(
                token_hash=_hash(token),
                person_id=person_id,
                municipality=municipality,
                is_member=proof.is_member,
                assurance=proof.assurance,
                assured_at=proof.assured_at or moment,
                device=device,
                idp_session=proof.idp_session,
                id_token=proof.id_token,
                opened_at=moment,
                seen_at=moment,
                idle_ends_at=moment + term.idle,
                ends_at=moment + term.whole,
            )
        )
        shared.commit()
    return token


def recognise(token: str, municipality: str) -> Recognised | None:
    """Who holds this cookie here; None when it ended, or was given by another municipality.

    Whoever is of the region's team no longer is inside nowhere, whatever time they had left.
    """
    asked = session_asked(token, municipality)
    found = _found_at_the_door(asked) or read_shared(ALIVE, **asked)
    if found is None or found["person_id"] is None:
        return None
    moment, hashed = asked["moment"], asked["token"]
    if moment - found["seen_at"] > GRAIN:
        _note_seen(hashed, moment)
    is_inside = found["reason"] is not None
    return Recognised(
        person_id=found["person_id"],
        name=found["name"],
        language=found["language"],
        is_member=found["is_member"],
        assurance=found["assurance"],
        assured_at=found["assured_at"],
        regional_roles=frozenset(found["regional_roles"]),
        step_in=Inside(reason=found["reason"], ends_at=found["step_in_ends_at"])
        if is_inside
        else None,
        acting_under=found["acting_under"],
    )


def session_asked(token: str, municipality: str) -> dict[str, Any]:
    """What `ALIVE` is asked with."""
    return {"token": _hash(token), "municipality": municipality, "moment": now()}


def _found_at_the_door(asked: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """What was read together with the host, for this very cookie; of nobody it has nothing."""
    read = request.environ.get(AT_THE_DOOR) if has_request_context() else None
    keys = ("token", "municipality")
    return read[1] if read and all(read[0][key] == asked[key] for key in keys) else None


def _note_seen(hashed: bytes, moment: datetime) -> None:
    """Whoever was just here may rest anew from now on; said twice it moves no further."""
    earlier = update(LoginSession).where(
        LoginSession.token_hash == hashed, LoginSession.seen_at < moment
    )
    idle_ends_at = LoginSession.idle_ends_at + (moment - LoginSession.seen_at)
    with shared_session() as shared:
        shared.execute(earlier.values(idle_ends_at=idle_ends_at, seen_at=moment))
        shared.commit()


def members_inside(place: str, issuer: str) -> dict[UUID, str]:
    """Who works here and is signed in now: the provider's subjects, by person."""
    moment = now()
    alive = select(Person.id, Person.subject).join(
        LoginSession, LoginSession.person_id == Person.id
    )
    inside = alive.where(
        LoginSession.municipality == place,
        LoginSession.is_member,
        LoginSession.ends_at > moment,
        LoginSession.idle_ends_at > moment,
        Person.issuer == issuer,
    )
    with shared_session() as shared:
        return {row.id: row.subject for row in shared.execute(inside.distinct())}


def sessions_of(person_id: UUID) -> list[LoginSession]:
    """Where somebody is signed in now, the latest use first."""
    moment = now()
    alive = (
        select(LoginSession)
        .where(
            LoginSession.person_id == person_id,
            LoginSession.ends_at > moment,
            LoginSession.idle_ends_at > moment,
        )
        .order_by(LoginSession.seen_at.desc())
    )
    with shared_session() as shared:
        return list(shared.scalars(alive))


def session_behind(token: str) -> LoginSession | None:
    """The session of a cookie, ended or not."""
    with shared_session() as shared:
        return shared.get(LoginSession, _hash(token))


def is_on_shared_computer(token: str) -> bool:
    """Whether whoever holds this cookie said that the computer is not theirs."""
    session = session_behind(token)
    return session is not None and session.ends_at - session.opened_at <= SHARED_COMPUTER.whole


def act_under(token: str, mandate_id: UUID | None) -> None:
    """From the next request on this session acts under the mandate; under none from None on."""
    own = update(LoginSession).where(LoginSession.token_hash == _hash(token))
    with shared_session() as shared:
        shared.execute(own.values(acting_under=mandate_id))
        shared.commit()


def end_session(token: str) -> None:
    """Sign out here."""
    _end(LoginSession.token_hash == _hash(token))


def end_sessions(idp_session: str) -> None:
    """Sign out everywhere the provider's session reached."""
    _end(LoginSession.idp_session == idp_session)


def end_one_session(person_id: UUID, session_id: UUID, *, own: str | None) -> bool | None:
    """Sign somebody out of one device, and that device out of the provider: it would go on unasked.

    `own` is the provider's session of this browser: of it only the one asked for ends. None where
    they have no such session; False where the provider did not answer, ours having ended.
    """
    theirs = and_(LoginSession.person_id == person_id, LoginSession.id == session_id)
    with shared_session() as shared:
        found = shared.scalar(select(LoginSession).where(theirs))
    if found is None:
        return None
    _end(theirs)
    if found.idp_session is None or found.idp_session == own:
        return True
    end_sessions(found.idp_session)
    try:
        directory().end_session(found.idp_session)
    except DirectoryUnavailable:
        return False
    return True


def end_sessions_of(person_id: UUID, *, municipality: str | None = None) -> None:
    """Sign somebody out on every device: of one municipality, or everywhere."""
    here = LoginSession.municipality == municipality
    theirs = LoginSession.person_id == person_id
    _end(and_(theirs, here) if municipality else theirs)


def sign_out_everywhere(person: Person) -> bool:
    """Out on every device, and out of the provider, which would let them in again unasked.

    False when the provider did not answer: ours have ended all the same.
    """
    end_sessions_of(person.id)
    try:
        directory().end_sessions(person.subject)
    except DirectoryUnavailable:
        return False
    return True


def end_sessions_of_subject(issuer: str, subject: str) -> None:
    """Sign somebody out everywhere, named as the provider names them."""
    who = select(Person.id).where(Person.issuer == issuer, Person.subject == subject)
    _end(LoginSession.person_id.in_(who))


def sweep_sessions(uow: UnitOfWork) -> None:
    """Job: forget what has ended, here and on the operations host, which has no jobs of its own."""
    ended = or_(LoginSession.ends_at < uow.now, LoginSession.idle_ends_at < uow.now)
    _end(and_(LoginSession.municipality.in_((uow.scope.slug, Host.OPS.value)), ended))


def _end(which: ColumnElement[bool]) -> bool:
    with shared_session() as shared:
        ended = shared.execute(delete(LoginSession).where(which).returning(LoginSession.id)).all()
        shared.commit()
    return bool(ended)


def _hash(token: str) -> bytes:
    return sha256(token.encode()).digest()
