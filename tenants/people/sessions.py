"""Open, recognise and end sessions, each in a short transaction of the region's."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, or_, select

from obshto.platform.clock import now
from obshto.platform.db.session import shared_session
from obshto.platform.work import Work
from obshto.tenants.people.models import Person, SignedIn

# A write on every click would make each page a write: a minute's grain is enough for idleness.
GRAIN = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Term:
    """How long a session may rest, how long it lives at all."""

    idle: timedelta
    whole: timedelta


STAFF = Term(timedelta(minutes=30), timedelta(hours=10))
CITIZEN = Term(timedelta(days=30), timedelta(days=30))
SHARED_COMPUTER = Term(timedelta(minutes=20), timedelta(minutes=20))


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """Who stands behind a cookie, in the municipality where it was given."""

    person_id: UUID
    name: str
    language: str
    assurance: int
    opened_at: datetime


def open_session(
    person_id: UUID,
    *,
    municipality: str,
    term: Term,
    assurance: int = 1,
    idp_session: str | None = None,
) -> str:
    """A new session; answers what the cookie shall hold. Every sign-in makes a new one."""
    token = secrets.token_urlsafe(32)
    moment = now()
    with shared_session() as shared:
        shared.add(
            SignedIn(
                token_hash=_hash(token),
                person_id=person_id,
                municipality=municipality,
                assurance=assurance,
                idp_session=idp_session,
                opened_at=moment,
                seen_at=moment,
                idle_ends_at=moment + term.idle,
                ends_at=moment + term.whole,
            )
        )
        shared.commit()
    return token


def recognise(token: str, municipality: str) -> Recognised | None:
    """Who holds this cookie here; None when it ended, or was given by another municipality."""
    moment = now()
    alive = (
        select(SignedIn, Person)
        .join(Person, Person.id == SignedIn.person_id)
        .where(
            SignedIn.token_hash == _hash(token),
            SignedIn.municipality == municipality,
            SignedIn.idle_ends_at > moment,
            SignedIn.ends_at > moment,
        )
    )
    with shared_session() as shared:
        found = shared.execute(alive).one_or_none()
        if found is None:
            return None
        session, person = found
        if moment - session.seen_at > GRAIN:
            session.idle_ends_at += moment - session.seen_at
            session.seen_at = moment
            shared.commit()
        return Recognised(
            person_id=person.id,
            name=person.name,
            language=person.language,
            assurance=session.assurance,
            opened_at=session.opened_at,
        )


def end_session(token: str) -> None:
    """Sign out here."""
    _end(SignedIn.token_hash == _hash(token))


def end_sessions(idp_session: str) -> None:
    """Sign out everywhere the provider's session reached."""
    _end(SignedIn.idp_session == idp_session)


def sweep_sessions(work: Work) -> None:
    """Job: forget what has ended in this municipality."""
    assert work.scope
    ended = or_(SignedIn.ends_at < work.now, SignedIn.idle_ends_at < work.now)
    _end(and_(SignedIn.municipality == work.scope.slug, ended))


def _end(which: ColumnElement[bool]) -> None:
    with shared_session() as shared:
        shared.execute(delete(SignedIn).where(which))
        shared.commit()


def _hash(token: str) -> bytes:
    return sha256(token.encode()).digest()
