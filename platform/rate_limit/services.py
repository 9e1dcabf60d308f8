"""Count what is sent, ask a sum beyond the limit."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from flask import g, has_request_context
from sqlalchemy import bindparam, delete, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.sql.dml import ReturningInsert

from obshto.platform.clock import now
from obshto.platform.db.session import begin_with, shared_session
from obshto.platform.rate_limit.models import Count
from obshto.platform.unit_of_work import UnitOfWork

ANSWERABLE = timedelta(hours=1)  # how long somebody may think about a sum
LEAST, MOST = 2, 9
COUNTED = "rate_counted"  # in `g`: keys that the request at hand has counted under
WITHIN = "rate_counted_within"  # in `g`: the same within its own transaction, with their ends
LONGEST = 100  # characters of a sum's token


@dataclass(frozen=True, slots=True, kw_only=True)
class RateLimit:
    """How often one thing may be sent from one neighbourhood before a sum is asked."""

    thing: str  # „slug:noun.verb“
    most: int = 30
    window: timedelta = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Where something was sent from, where to, and the secret that hides both."""

    neighbourhood: str
    place: str
    secret: bytes


@dataclass(frozen=True, slots=True)
class Sum:
    """Two small numbers to be added; the token says which, and that it was we who asked."""

    one: int
    other: int
    token: str


def within_limit(rate_limit: RateLimit, sender: Sender, *, work: UnitOfWork | None = None) -> bool:
    """Count this one; False when there were more than the limit in this window.

    It counts in a transaction of its own, so that what is refused afterwards counts as well, but
    for what the database could not take (`give_back`). With `work` it is the first statement of the
    request's own transaction, unless that has begun: where the act lands they land together, and
    what is refused takes the count away with it, so it is counted anew once that is known
    (`count_refused`). Whoever sends from the same place meanwhile waits, so the limit holds.
    """
    begun = _begun(rate_limit.window)
    told = f"{rate_limit.thing}|{sender.place}|{sender.neighbourhood}|{begun:%Y-%m-%dT%H:%M}"
    key = _sign(_key_of_the_day(sender.secret, begun), told)
    ends_at = begun + rate_limit.window
    if work is None or work.session.in_transaction():
        return _count(key, ends_at) <= rate_limit.most
    g.setdefault(WITHIN, []).append((key, ends_at))
    times: int = begin_with(work.session, _counting(key, ends_at))
    return times <= rate_limit.most


def ask_sum(rate_limit: RateLimit, secret: bytes) -> Sum:
    """A sum that can be answered once, within the hour."""
    one, other = (LEAST + secrets.randbelow(MOST - LEAST + 1) for _ in range(2))
    ends = int((now() + ANSWERABLE).timestamp())
    told = f"{one}.{other}.{ends}.{secrets.token_hex(8)}"
    return Sum(one, other, f"{told}.{_seal(rate_limit, secret, told)}")


def is_answered(rate_limit: RateLimit, secret: bytes, *, token: str, typed: str) -> bool:
    """Whether this is the right answer to a sum of ours, given for the first time."""
    told, _, seal = token.rpartition(".")
    if len(token) > LONGEST or not hmac.compare_digest(
        seal.encode(), _seal(rate_limit, secret, told).encode()
    ):
        return False
    one, other, ends = (int(number) for number in told.split(".")[:3])
    ends_at = datetime.fromtimestamp(ends, UTC)
    if typed.strip() != str(one + other) or ends_at < now():
        return False
    return _count(_sign(secret, token), ends_at) == 1


def give_back(keys: Sequence[bytes]) -> None:
    """What was counted of a request is not, since the database took nothing else of it."""
    taken = update(Count).where(Count.key == bindparam("counted")).values(times=Count.times - 1)
    with suppress(DBAPIError, PoolTimeout), shared_session() as shared:
        for key in keys:
            shared.execute(taken, {"counted": key})
        shared.commit()


def count_refused(counted: Sequence[tuple[bytes, datetime]]) -> None:
    """What was counted within a transaction that did not land is counted by itself."""
    with suppress(DBAPIError, PoolTimeout):
        for key, ends_at in counted:
            _count(key, ends_at)


def sweep(uow: UnitOfWork) -> None:
    """Job: forget every window that is over."""
    with shared_session() as shared:
        shared.execute(delete(Count).where(Count.ends_at < uow.now))
        shared.commit()


def _counting(key: bytes, ends_at: datetime) -> ReturningInsert[int]:
    """One more, in one statement: two at once are two."""
    put = insert(Count).values(key=key, times=1, ends_at=ends_at)
    return put.on_conflict_do_update(
        index_elements=[Count.key], set_={"times": Count.times + 1}
    ).returning(Count.times)


def _count(key: bytes, ends_at: datetime) -> int:
    with shared_session() as shared:
        times = shared.scalars(_counting(key, ends_at)).one()
        shared.commit()
    if has_request_context():
        g.setdefault(COUNTED, []).append(key)
    return times


def _begun(window: timedelta) -> datetime:
    """When the window at hand began; windows follow one another from midnight UTC."""
    length = window.total_seconds()
    return datetime.fromtimestamp(now().timestamp() // length * length, UTC)


def _key_of_the_day(secret: bytes, moment: datetime) -> bytes:
    """Other every day, so that nobody can follow a neighbourhood from one day to the next."""
    return _sign(secret, f"brake|{moment:%Y-%m-%d}")


def _seal(rate_limit: RateLimit, secret: bytes, told: str) -> str:
    return _sign(secret, f"sum|{rate_limit.thing}|{told}").hex()[:32]


def _sign(key: bytes, told: str) -> bytes:
    return hmac.new(key, told.encode(), sha256).digest()
