"""The yearly review: begun as roles stand, decided role by role, ended for good."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import Select, delete, func, select
from sqlalchemy.exc import IntegrityError

from obshto.modules.accessreview.errors import LinesWaiting, ReviewClosed, RoleAlreadyTaken
from obshto.modules.accessreview.events import (
    AccessReviewBegun,
    AccessReviewEnded,
    ReviewRoleTaken,
)
from obshto.modules.accessreview.models import AccessReview, LineDecision, ReviewLine
from obshto.modules.accessreview.services.usage import RoleUse, uses_here
from obshto.platform.entity import expect_version, of_request
from obshto.platform.errors import NotAllowed, NotFound, StaleRow
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.api import RoleHolding, role_holdings, take_role

KEPT_FOR = timedelta(days=5 * 365)  # as long as the activity log
AT_ONCE = 20  # reviews of one transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewState:
    """A review as it stands: who holds what now, decisions by their number."""

    held: Mapping[tuple[UUID | None, str], RoleHolding]
    counts: Mapping[str, int]
    waiting: Collection[UUID]  # ids of lines that somebody can still decide
    own: Collection[UUID]  # of lines of who looks, undecided


def reviews() -> Select[AccessReview]:
    """The newest first."""
    return select(AccessReview).order_by(AccessReview.begun_at.desc(), AccessReview.id.desc())


def open_review(uow: UnitOfWork) -> AccessReview | None:
    return uow.session.scalar(reviews().where(AccessReview.is_open.is_(True)))


def review_of(uow: UnitOfWork, review_id: UUID, *, to_change: bool = False) -> AccessReview:
    """Raises NotFound."""
    found = uow.session.get(AccessReview, review_id, with_for_update=to_change or None)
    if found is None:
        raise NotFound
    return found


def line_of(uow: UnitOfWork, line_id: UUID) -> ReviewLine:
    """Raises NotFound."""
    found = uow.session.get(ReviewLine, line_id)
    if found is None:
        raise NotFound
    return found


def line_to_decide(uow: UnitOfWork, line_id: UUID) -> tuple[AccessReview, ReviewLine]:
    """The line with its review, both locked, the review first. Raises NotFound."""
    line = line_of(uow, line_id)
    review = review_of(uow, line.review_id, to_change=True)
    uow.session.refresh(line, with_for_update=True)
    return review, line


def lines_of_review(review: AccessReview) -> Select[ReviewLine]:
    """By name."""
    rows = select(ReviewLine).where(ReviewLine.review_id == review.id)
    return rows.order_by(ReviewLine.name, ReviewLine.id)


def counts_of(uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, Mapping[str, int]]:
    """Lines by decision, those without one under „“, by review. One query."""
    decision = func.coalesce(ReviewLine.decision, "")
    rows = (
        select(ReviewLine.review_id, decision, func.count())
        .where(ReviewLine.review_id.in_(ids))
        .group_by(ReviewLine.review_id, decision)
    )
    found: dict[UUID, Counter[str]] = {review_id: Counter() for review_id in ids}
    for review_id, word, number in uow.session.execute(rows):
        found[review_id][word] = number
    return found


def begin_review(uow: UnitOfWork, *, request_id: UUID) -> AccessReview:
    """Roles as they stand, a line each. The same form twice, or while one lasts, is that one."""
    found = of_request(uow, AccessReview, request_id)
    if existing := found or open_review(uow):
        return existing
    who = uow.principal
    review = AccessReview(
        request_id=request_id,
        is_open=True,
        begun_at=uow.now,
        begun_by_id=who.person_id,
        begun_by=who.name,
    )
    try:
        with uow.session.begin_nested():
            uow.session.add(review)
    except IntegrityError:  # somebody else, in the same instant
        existing = open_review(uow)
        assert existing
        return existing
    number = add_lines(uow, review, uses_here(uow))
    uow.emit(AccessReviewBegun(subject_id=review.id, lines=number))
    return review


def add_lines(uow: UnitOfWork, review: AccessReview, uses: Collection[RoleUse]) -> int:
    """Snapshot of roles, a line each; gives their number."""
    uow.session.add_all(
        ReviewLine(
            review_id=review.id,
            person_id=use.person_id,
            name=use.name,
            role=use.role.value,
            role_name=str(use.role.label),
            given_at=use.given_at,
            used_at=use.used_at,
        )
        for use in uses
    )
    uow.session.flush()
    return len(uses)


def state_of_review(uow: UnitOfWork, review: AccessReview) -> ReviewState:
    """Four queries."""
    held: dict[tuple[UUID | None, str], RoleHolding] = {
        (one.person_id, one.role.value): one for one in role_holdings(uow)
    }
    counts = counts_of(uow, [review.id])[review.id]
    columns = ReviewLine.id, ReviewLine.person_id, ReviewLine.role
    undecided = select(*columns).where(
        ReviewLine.review_id == review.id, ReviewLine.decision.is_(None)
    )
    me = uow.principal.person_id
    waiting: set[UUID] = set()
    own: set[UUID] = set()
    for line_id, person_id, role in uow.session.execute(undecided):
        if (person_id, role) in held and review.is_open:
            (own if person_id == me else waiting).add(line_id)
    return ReviewState(held=held, counts=counts, waiting=waiting, own=own)


def is_held(uow: UnitOfWork, line: ReviewLine) -> bool:
    """Whether the role of a line is still its person's. Two queries."""
    return any(
        (one.person_id, one.role.value) == (line.person_id, line.role) for one in role_holdings(uow)
    )


def given_meanwhile(uow: UnitOfWork, review: AccessReview, state: ReviewState) -> list[RoleHolding]:
    """Roles that are held now and were not when the review began. One query."""
    pairs = select(ReviewLine.person_id, ReviewLine.role).where(ReviewLine.review_id == review.id)
    known = {(person, role) for person, role in uow.session.execute(pairs)}
    return [one for key, one in state.held.items() if key not in known]


def keep_line(
    uow: UnitOfWork, review: AccessReview, line: ReviewLine, *, expected_version: int
) -> None:
    """The role stays; where it is not held any more the line says so. Both rows are locked.

    Raises ReviewClosed, RoleAlreadyTaken, NotAllowed for one's own, StaleRow.
    """
    if line.decision == LineDecision.KEPT:
        return
    _check(uow, review, line, expected_version)
    _decide(uow, line, LineDecision.KEPT if is_held(uow, line) else LineDecision.GONE)


def keep_used(uow: UnitOfWork, review: AccessReview, *, expected_version: int) -> int:
    """Each role that waits and was used in the year stays; gives how many. The row is locked.

    Raises ReviewClosed, StaleRow.
    """
    if review.ended_at:
        raise ReviewClosed
    expect_version(review, expected_version, StaleRow)
    waiting = state_of_review(uow, review).waiting
    rows = lines_of_review(review).where(
        ReviewLine.decision.is_(None), ReviewLine.used_at.is_not(None)
    )
    kept = [line for line in uow.session.scalars(rows) if line.id in waiting]
    for line in kept:
        _decide(uow, line, LineDecision.KEPT)
    return len(kept)


def take_line(
    uow: UnitOfWork, review: AccessReview, line: ReviewLine, reason: str, *, expected_version: int
) -> None:
    """The role is taken, now; where it is not held any more the line says so. Both rows are locked.

    Raises as `keep_line`, and what refuses to take a role: the last administrator stays.
    """
    if line.decision in (LineDecision.TAKEN, LineDecision.GONE):
        return
    _check(uow, review, line, expected_version)
    assert line.person_id  # of an erased person no role is held, so nothing waits
    if not take_role(uow, line.person_id, line.role):
        _decide(uow, line, LineDecision.GONE)
        return
    line.reason = reason
    _decide(uow, line, LineDecision.TAKEN)
    uow.emit(ReviewRoleTaken(subject_id=line.id, review_id=review.id))


def end_review(uow: UnitOfWork, review: AccessReview, *, expected_version: int) -> None:
    """Signed off: nothing of it changes any more. The row is locked.

    Lines of roles that are not held any more, and of who ends it, are marked so. Raises
    LinesWaiting, StaleRow.
    """
    if review.ended_at:
        return
    expect_version(review, expected_version, StaleRow)
    state = state_of_review(uow, review)
    if state.waiting:
        raise LinesWaiting(number=len(state.waiting))
    rows = lines_of_review(review).where(ReviewLine.decision.is_(None))
    for line in uow.session.scalars(rows):
        _decide(uow, line, LineDecision.OWN if line.id in state.own else LineDecision.GONE)
    who = uow.principal
    review.is_open, review.ended_at = None, uow.now
    review.ended_by_id, review.ended_by = who.person_id, who.name
    uow.session.flush()
    counts = counts_of(uow, [review.id])[review.id]
    told = {one.value: counts.get(one, 0) for one in LineDecision}
    uow.emit(AccessReviewEnded(subject_id=review.id, **told))


def forget_old(uow: UnitOfWork) -> None:
    """Job: five years after its end a review is gone."""
    over = select(AccessReview.id).where(AccessReview.ended_at < uow.now - KEPT_FOR).limit(AT_ONCE)
    ids = list(uow.session.scalars(over))
    uow.session.execute(delete(ReviewLine).where(ReviewLine.review_id.in_(ids)))
    uow.session.execute(delete(AccessReview).where(AccessReview.id.in_(ids)))


def _check(uow: UnitOfWork, review: AccessReview, line: ReviewLine, expected_version: int) -> None:
    if review.ended_at:
        raise ReviewClosed
    if line.decision in (LineDecision.TAKEN, LineDecision.GONE):
        raise RoleAlreadyTaken
    if line.person_id is None or line.person_id == uow.principal.person_id:
        raise NotAllowed
    expect_version(line, expected_version, StaleRow)


def _decide(uow: UnitOfWork, line: ReviewLine, decision: LineDecision) -> None:
    who = uow.principal
    line.decision, line.decided_at = decision.value, uow.now
    line.decided_by_id, line.decided_by = who.person_id, who.name
