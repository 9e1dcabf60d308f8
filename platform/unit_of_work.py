"""One unit of work: who acts, for whom, what happened and what follows.

Services read and add through `uow.session`, record facts and ask for jobs; only the edge commits.
Use `working()` where there is no request: jobs, the command line, an act of the region. Do not use
it inside a service: a service that opens its own unit can be acknowledged while its caller fails.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Flask, current_app
from sqlalchemy import text
from sqlalchemy.orm import Session, SessionTransaction

from obshto.platform.clock import now
from obshto.platform.db.session import TenantSession, db
from obshto.platform.domain_events import DomainEvent
from obshto.platform.permissions import Permission
from obshto.platform.scope import NoMunicipality, Scope, in_municipality

BEFORE_COMMIT_HOOKS = "obshto.closers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts in a person's place under a mandate: the `act` claim of RFC 8693, 4.1.

    `act` is the declared act that the request at hand belongs to; one that only reads is no write.
    """

    person_id: UUID
    name: str
    mandate_id: UUID
    number: str
    act: str
    is_write: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """The person who acts, as the session or the job says.

    With an `actor` it is the person on whose behalf is acted: what is written belongs to them, and
    the log names the actor.
    """

    person_id: UUID | None = None
    name: str = ""
    municipality: str | None = None
    permissions: frozenset[Permission] = frozenset()
    assurance: int = 0
    at: datetime | None = None  # when the person last proved who they are
    actor: Actor | None = None

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions

    @property
    def is_known(self) -> bool:
        return self.person_id is not None

    @classmethod
    def system(cls, reason: str) -> Principal:
        """The house itself: a job, a seed, the command line. The reason stands in the log."""
        return cls(name=reason)


ANONYMOUS = Principal()


@dataclass(frozen=True, slots=True, kw_only=True)
class DeferredJob:
    """A job to be run after the commit, with ids as its only arguments."""

    name: str
    arguments: dict[str, Any]
    once: str | None = None  # while one with this key waits, another is not added
    in_turn: str | None = None  # those with this key run one after the other
    queue: str | None = None  # of the keeper, for an act of the region; else the worker's


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitOfWork:
    """What a service is given."""

    session: Session
    within: Scope | None  # none is the region
    principal: Principal
    now: datetime
    facts: list[DomainEvent] = field(default_factory=list)
    jobs: list[DeferredJob] = field(default_factory=list)

    @property
    def scope(self) -> Scope:
        """The municipality, of whoever is only ever asked within one. Raises NoMunicipality."""
        if self.within is None:
            raise NoMunicipality("asked within the region's unit of work")
        return self.within

    def emit(self, fact: DomainEvent) -> None:
        """Say what happened; it is logged in the same transaction, others hear of it after."""
        self.facts.append(fact)

    def defer(
        self,
        name: str,
        *,
        once: str | None = None,
        in_turn: str | None = None,
        queue: str | None = None,
        **ids: Any,
    ) -> None:
        """Ask for a job in this municipality, enqueued in the same transaction."""
        arguments = {key: str(v) if isinstance(v, UUID) else v for key, v in ids.items()}
        self.jobs.append(
            DeferredJob(name=name, arguments=arguments, once=once, in_turn=in_turn, queue=queue)
        )

    @contextmanager
    def savepoint(self) -> Iterator[SessionTransaction]:
        """Rows, facts and jobs of the block stay or go together.

        They go when it raises, or rolls back the transaction that it is given.
        """
        facts, jobs, is_kept = len(self.facts), len(self.jobs), False
        try:
            with self.session.begin_nested() as transaction:
                yield transaction
                is_kept = transaction.is_active
        finally:
            if not is_kept:
                del self.facts[facts:], self.jobs[jobs:]

    def invalidate_region_pages(self) -> None:
        """The pages of the region show something else from now on."""
        self.session.execute(text("UPDATE shared.region SET version = version + 1"))

    def commit(self) -> None:
        """For the edge alone: audit rows, messages, jobs, the touch, then COMMIT."""
        for hook in current_app.extensions[BEFORE_COMMIT_HOOKS]:
            hook(self)
        self.session.commit()
        self.facts.clear()
        self.jobs.clear()


BeforeCommitHook = Callable[[UnitOfWork], None]


def install(app: Flask, before_commit_hooks: Sequence[BeforeCommitHook]) -> None:
    """`closers` run in this order before every commit; composition names them."""
    app.extensions[BEFORE_COMMIT_HOOKS] = tuple(before_commit_hooks)


@contextmanager
def open_uow(scope: Scope | None, principal: Principal) -> Iterator[UnitOfWork]:
    """A unit of work of its own, committed when the block ends well, dropped when it raises."""
    with ExitStack() as stack:
        if scope:
            stack.enter_context(in_municipality(scope.slug))
        session = stack.enter_context(TenantSession(db, scope=scope, expire_on_commit=False))
        uow = UnitOfWork(session=session, within=scope, principal=principal, now=now())
        yield uow
        uow.commit()
