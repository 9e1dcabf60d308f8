"""What happens to a case before it is decided: taken, handed over, noted, asked, withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import BinaryIO
from uuid import UUID, uuid5

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from obshto.modules.eservices.errors import NotFromHere, NotYours, StaleVersion
from obshto.modules.eservices.events import (
    ApplicationHandedOver,
    ApplicationNoted,
    ApplicationTaken,
    RequestServed,
)
from obshto.modules.eservices.models import Case, Proposal, Step
from obshto.modules.eservices.services.attachments import Brought, attach
from obshto.modules.eservices.services.case_queries import term_of
from obshto.modules.eservices.services.fees import let_go
from obshto.modules.eservices.services.states import (
    ANSWER,
    ASK,
    ASKED,
    CLOSE,
    CLOSED,
    IN_WORK,
    OPEN,
    SENT,
    STATES,
    TAKE,
    WITHDRAW,
    WITHDRAWN,
    CaseTransition,
    add_step,
    move,
    procedure_of,
    record,
)
from obshto.platform.clock import day_of
from obshto.platform.entity import expect_version
from obshto.platform.legal.terms import received_on, term
from obshto.platform.unit_of_work import UnitOfWork

ANSWERED = "Отговор на искане"  # what a file that came with an answer is called
# Each act asks first whether it is so already: then it was the same form, sent twice.


def take_case(uow: UnitOfWork, case: Case, *, expected_version: int) -> None:
    """It is mine from now on; from a colleague too, which the colleague sees.

    Raises StaleVersion, NotFromHere.
    """
    if case.assignee_id == uow.principal.person_id and case.state != SENT:
        return
    expect_version(case, expected_version, StaleVersion)
    if case.state not in OPEN:
        raise NotFromHere(state=STATES[case.state])
    case.assignee_id, case.assignee = uow.principal.person_id, uow.principal.name
    if case.state == SENT:
        move(uow, case, TAKE)
    else:
        add_step(uow, case, "taken", by_name=uow.principal.name, is_internal=True)
        record(uow, case, ApplicationTaken)


def hand_over(uow: UnitOfWork, case: Case, *, to: UUID, name: str, expected_version: int) -> None:
    """A colleague works on it from now on. Raises StaleVersion, NotFromHere, NotYours."""
    if case.assignee_id == to:
        return
    only_mine(uow, case, expected_version)
    if case.state not in OPEN:
        raise NotFromHere(state=STATES[case.state])
    case.assignee_id, case.assignee = to, name
    add_step(uow, case, "handed-over", by_name=uow.principal.name, words=name, is_internal=True)
    record(uow, case, ApplicationHandedOver)


def note(uow: UnitOfWork, case: Case, words: str, *, request_id: UUID) -> None:
    """A note among colleagues, never shown to the person. The same `request_id` again is one."""
    try:
        with uow.session.begin_nested():
            add_step(
                uow,
                case,
                "noted",
                words=words,
                by_name=uow.principal.name,
                is_internal=True,
                request_id=request_id,
            )
    except IntegrityError:  # a second click
        return
    record(uow, case, ApplicationNoted)


def ask_for_more(uow: UnitOfWork, case: Case, words: str, *, expected_version: int) -> None:
    """Ask for what is missing: the clock stops until it comes.

    АПК чл. 30, ал. 2; ДОПК чл. 89, ал. 3. Raises StaleVersion, NotFromHere, NotYours.
    """
    if case.state == ASKED:
        return
    only_mine(uow, case, expected_version)
    move(uow, case, ASK, words=words)
    case.served_on = case.cure_until = case.due_on = None


def serve_request(uow: UnitOfWork, case: Case, *, on: date, by_name: str = "") -> None:
    """What is asked reached the person on that day: the days to answer run from it.

    By reading it here, or by hand, post or phone as the clerk writes down (АПК чл. 30, ал. 2:
    from the notice). Nothing is done where it was served already, or nothing is asked.
    """
    if case.state != ASKED or case.cure_until is not None:
        return
    procedure = procedure_of(case)
    case.served_on, case.cure_until = on, term(procedure["cure"], starts_on=on).due_on
    add_step(uow, case, "served", ground=procedure["ask"], by_name=by_name)
    record(uow, case, RequestServed)
    uow.session.flush()  # the page shows the version that it has now


def answer(
    uow: UnitOfWork,
    case: Case,
    words: str,
    *,
    expected_version: int,
    files: Sequence[BinaryIO] = (),
) -> None:
    """The person gives what was asked, with files or without: the term begins anew from this day.

    АПК чл. 30, ал. 3. Raises StaleVersion, NotFromHere, FileRefused.
    """
    if (
        case.state == IN_WORK
        and case.version > expected_version
        and _last_answer(uow, case) == words
    ):
        return
    expect_version(case, expected_version, StaleVersion)
    with uow.session.begin_nested():  # all or none, on the page that refuses, too
        for at, file in enumerate(files):
            request_id = uuid5(case.id, f"{ANSWER.name}/{expected_version}/{at}")
            attach(uow, case, Brought(stream=file, paper=ANSWERED, request_id=request_id))
    move(uow, case, ANSWER, words=words)
    case.starts_on, case.extension = received_on(uow.now), ""
    case.due_on = term_of(case).due_on
    case.served_on = case.cure_until = None


def withdraw(uow: UnitOfWork, case: Case, *, expected_version: int) -> None:
    """The person wants it no longer. АПК чл. 56, ал. 1. Raises StaleVersion, NotFromHere."""
    if case.state == WITHDRAWN:
        return
    expect_version(case, expected_version, StaleVersion)
    _end(uow, case, WITHDRAW)


def close_unanswered(uow: UnitOfWork, case: Case, *, expected_version: int) -> None:
    """What was asked for did not come in its time.

    Raises StaleVersion, NotFromHere, NotYours.
    """
    if case.state == CLOSED:
        return
    only_mine(uow, case, expected_version)
    if case.cure_until is None or case.cure_until >= day_of(uow.now):
        raise NotFromHere(state=STATES[case.state])
    _end(uow, case, CLOSE)


def only_mine(uow: UnitOfWork, case: Case, expected_version: int) -> None:
    """For who works on it, as they saw it. Raises StaleVersion, NotYours."""
    expect_version(case, expected_version, StaleVersion)
    if case.assignee_id != uow.principal.person_id:
        raise NotYours


def _end(uow: UnitOfWork, case: Case, way: CaseTransition) -> None:
    move(uow, case, way)
    case.ended_at = uow.now
    case.due_on = case.served_on = case.cure_until = None
    let_go(uow, case)
    uow.session.execute(delete(Proposal).where(Proposal.id == case.id))


def _last_answer(uow: UnitOfWork, case: Case) -> str | None:
    given = select(Step).where(Step.case_id == case.id, Step.name == ANSWER.name)
    step = uow.session.scalars(given.order_by(Step.at.desc(), Step.id.desc()).limit(1)).first()
    return step.words if step else None
