"""Acts upon a request. Each asks first whether it is so already: then it was the same form."""

from __future__ import annotations

from uuid import UUID

from obshto.modules.personaldata.errors import (
    ExtendedBefore,
    IdentityNeeded,
    NoAccountBehind,
    PapersNeeded,
    RequestNotFromHere,
    RequestNotYours,
    StaleRequest,
    TooLateToExtend,
)
from obshto.modules.personaldata.events import IdentityChecked, RequestExtended
from obshto.modules.personaldata.models import DataRequest
from obshto.modules.personaldata.services.kinds import BY_PAPERS, IDENTIFIED, KINDS
from obshto.modules.personaldata.services.states import (
    ANSWER,
    ASK_IDENTITY,
    IDENTIFY,
    IDENTITY,
    IN_WORK,
    OPEN,
    RECEIVED,
    REFUSE,
    STATES,
    TAKE,
    WITHDRAW,
    move,
    note,
    record,
)
from obshto.modules.personaldata.services.submission import EXTENDED_RULE, RULE
from obshto.platform.clock import day_of
from obshto.platform.entity import expect_version
from obshto.platform.legal.terms import RULES, term
from obshto.platform.unit_of_work import UnitOfWork

MOST_WORDS = 10_000
ASSEMBLE = "personaldata:assemble-copy"


def take_request(uow: UnitOfWork, row: DataRequest, *, expected_version: int) -> None:
    """It is mine from now on; from a colleague too. Raises StaleRequest, RequestNotFromHere."""
    me = uow.principal
    if row.assignee_id == me.person_id and row.state != RECEIVED:
        return
    expect_version(row, expected_version, StaleRequest)
    if row.state not in OPEN:
        raise RequestNotFromHere(state=STATES[row.state])
    row.assignee_id, row.assignee = me.person_id, me.name
    if row.state == RECEIVED:
        move(uow, row, TAKE)
    else:
        note(uow, row, TAKE.name)


def ask_identity(uow: UnitOfWork, row: DataRequest, words: str, *, expected_version: int) -> None:
    """Ask who it is; the term goes on. Raises StaleRequest, RequestNotYours, RequestNotFromHere."""
    if row.state == IDENTITY:
        return
    _mine(row, uow, expected_version)
    move(uow, row, ASK_IDENTITY, words=words)


def identify_person(uow: UnitOfWork, row: DataRequest, how: str, *, expected_version: int) -> None:
    """Somebody saw who asks, and how. Raises StaleRequest, RequestNotYours, RequestNotFromHere."""
    if row.identified_how == how and row.state == IN_WORK:
        return
    _mine(row, uow, expected_version)
    row.identified_at, row.identified_how = uow.now, how
    row.identified_by = uow.principal.name
    if row.state == IDENTITY:
        move(uow, row, IDENTIFY, words=str(IDENTIFIED[how]))
        return
    note(uow, row, IDENTIFY.name, words=str(IDENTIFIED[how]))
    record(uow, row, IdentityChecked)


def extend_term(uow: UnitOfWork, row: DataRequest, why: str, *, expected_version: int) -> None:
    """Two months more, once, told within the first month with the reason (art. 12(3)).

    Raises StaleRequest, RequestNotYours, ExtendedBefore, TooLateToExtend.
    """
    if row.extended_at:
        if row.version > expected_version:
            return
        raise ExtendedBefore
    _mine(row, uow, expected_version)
    if row.state not in OPEN:
        raise RequestNotFromHere(state=STATES[row.state])
    if day_of(uow.now) > term(RULE, starts_on=row.starts_on).due_on:
        raise TooLateToExtend
    row.extended_at = uow.now
    row.due_on = term(EXTENDED_RULE, starts_on=row.starts_on).due_on
    note(uow, row, "extended", words=why)
    record(uow, row, RequestExtended)


def ask_for_copy(uow: UnitOfWork, row: DataRequest, *, expected_version: int) -> None:
    """Let the job put together all that is known of the person.

    Raises StaleRequest, RequestNotYours, IdentityNeeded, NoAccountBehind.
    """
    _mine(row, uow, expected_version)
    if row.person_id is None or row.behalf:
        raise NoAccountBehind
    if not row.identified_at:
        raise IdentityNeeded
    uow.defer(ASSEMBLE, once=f"{ASSEMBLE}:{row.id}", case_id=row.id)


def answer_request(uow: UnitOfWork, row: DataRequest, words: str, *, expected_version: int) -> None:
    """The answer. Raises StaleRequest, RequestNotYours, RequestNotFromHere; IdentityNeeded, and
    PapersNeeded where somebody asks for another and only their own identity was seen.
    """
    if row.state == ANSWER.to:
        return
    _mine(row, uow, expected_version)
    if KINDS[row.kind].proves and not row.identified_at:
        raise IdentityNeeded
    if row.behalf and row.identified_how not in BY_PAPERS:
        raise PapersNeeded
    move(uow, row, ANSWER)
    row.answer = words


def refuse_request(uow: UnitOfWork, row: DataRequest, words: str, *, expected_version: int) -> None:
    """A refusal with its reason. Raises StaleRequest, RequestNotYours, RequestNotFromHere."""
    if row.state == REFUSE.to:
        return
    _mine(row, uow, expected_version)
    move(uow, row, REFUSE)
    row.answer = words


def withdraw_request(uow: UnitOfWork, row: DataRequest, *, expected_version: int) -> None:
    """The person wants it no more. Raises StaleRequest, RequestNotFromHere."""
    if row.state == WITHDRAW.to:
        return
    expect_version(row, expected_version, StaleRequest)
    move(uow, row, WITHDRAW)


def law_of_term() -> str:
    """The article that the month stands in."""
    return str(RULES[RULE]["article"])


def _mine(row: DataRequest, uow: UnitOfWork, expected_version: int) -> None:
    expect_version(row, expected_version, StaleRequest)
    me: UUID | None = uow.principal.person_id
    if row.assignee_id != me:
        raise RequestNotYours
