"""Acts of staff upon a promise. Each asks first whether it is so already: the same form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from obshto.modules.promises.errors import NoSuchPromise, PromiseEnded, StalePromise
from obshto.modules.promises.events import (
    PromiseChanged,
    PromiseDropped,
    PromiseFact,
    PromiseGiven,
    PromiseKept,
    PromiseReopened,
)
from obshto.modules.promises.models import Promise
from obshto.platform.entity import create_once, expect_version
from obshto.platform.thread.links import expect_thing
from obshto.platform.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseWords:
    """What staff say of a promise: what, where, who owes it (`office` names others), by when."""

    title: str
    words: str
    settlement: str
    owes: str
    office: str
    given_on: date
    due_on: date


def promise_of(uow: UnitOfWork, promise_id: UUID, *, to_change: bool = False) -> Promise:
    """Raises NoSuchPromise."""
    found = uow.session.get(Promise, promise_id, with_for_update=to_change or None)
    if found is None:
        raise NoSuchPromise
    return found


def give_promise(
    uow: UnitOfWork,
    words: PromiseWords,
    *,
    after: tuple[str, UUID] | None = None,
    request_id: UUID,
) -> Promise:
    """A new one; the same request again finds the first. `after` is what led to it.

    Raises NoSuchThing where nobody may see what led to it.
    """
    known = select(Promise).where(Promise.request_id == request_id)
    if found := uow.session.scalar(known):
        return found
    if after:
        expect_thing(uow, *after)
    promise = Promise(
        request_id=request_id,
        first_due_on=words.due_on,
        outcome="",
        reason="",
        after_part=after[0] if after else "",
        after_id=after[1] if after else None,
        written_at=uow.now,
        **_columns(words),
    )
    if (first := create_once(uow, promise)) is not promise:
        return first
    _tell(uow, PromiseGiven, promise)
    return promise


def change_promise(
    uow: UnitOfWork, promise: Promise, words: PromiseWords, *, expected_version: int
) -> None:
    """Words, day, who owes it; the first day stays beside a later one.

    Raises StalePromise, PromiseEnded.
    """
    told = _columns(words)
    if all(getattr(promise, name) == value for name, value in told.items()):
        return
    _expect_open(promise, expected_version)
    for name, value in told.items():
        setattr(promise, name, value)
    _tell(uow, PromiseChanged, promise)


def keep_promise(
    uow: UnitOfWork, promise: Promise, outcome: str, *, kept_on: date, expected_version: int
) -> None:
    """It is done, and how. Raises StalePromise, PromiseEnded."""
    if promise.kept_on and promise.outcome == outcome:
        return
    _expect_open(promise, expected_version)
    promise.kept_on, promise.outcome = kept_on, outcome
    _tell(uow, PromiseKept, promise)


def drop_promise(
    uow: UnitOfWork, promise: Promise, reason: str, *, dropped_on: date, expected_version: int
) -> None:
    """It will not be done, and everybody reads why. Raises StalePromise, PromiseEnded."""
    if promise.dropped_on and promise.reason == reason:
        return
    _expect_open(promise, expected_version)
    promise.dropped_on, promise.reason = dropped_on, reason
    _tell(uow, PromiseDropped, promise)


def reopen_promise(uow: UnitOfWork, promise: Promise, *, expected_version: int) -> None:
    """Neither kept nor dropped after all. Raises StalePromise."""
    if promise.is_open:
        return
    expect_version(promise, expected_version, StalePromise)
    promise.kept_on = promise.dropped_on = None
    promise.outcome = promise.reason = ""
    _tell(uow, PromiseReopened, promise)


def _expect_open(promise: Promise, expected_version: int) -> None:
    if not promise.is_open:
        raise PromiseEnded
    expect_version(promise, expected_version, StalePromise)


def _columns(words: PromiseWords) -> dict[str, str | date]:
    return {name: getattr(words, name) for name in PromiseWords.__slots__}


def _tell(uow: UnitOfWork, fact: type[PromiseFact], promise: Promise) -> None:
    uow.session.flush()
    uow.emit(fact(subject_id=promise.id, title=promise.title))
