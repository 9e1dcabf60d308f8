"""What happens to a case before it is decided: taken, handed over, noted, asked, withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO
from uuid import UUID, uuid5

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from obshto.modules.eservices.errors import ChangedMeanwhile, NotFromHere, NotYours
from obshto.modules.eservices.events import (
    ApplicationHandedOver,
    ApplicationNoted,
    ApplicationTaken,
)
from obshto.modules.eservices.models import Case, Proposal, Step
from obshto.modules.eservices.services.attaching import Brought, attach
from obshto.modules.eservices.services.fees import let_go
from obshto.modules.eservices.services.reading import term_of
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
    Transition,
    add_step,
    move,
    procedure_of,
    record,
)
from obshto.modules.eservices.services.terms import day_of, received_on, term
from obshto.platform.work import Work

ANSWERED = "Отговор на искане"  # what a file that came with an answer is called
# Each act asks first whether it is so already: then it was the same form, sent twice.


def take_case(work: Work, case: Case, *, seen: int) -> None:
    """It is mine from now on; from a colleague too, which the colleague sees.

    Raises ChangedMeanwhile, NotFromHere.
    """
    if case.assignee_id == work.principal.person_id and case.state != SENT:
        return
    _as_seen(case, seen)
    if case.state not in OPEN:
        raise NotFromHere(state=STATES[case.state])
    case.assignee_id, case.assignee = work.principal.person_id, work.principal.name
    if case.state == SENT:
        move(work, case, TAKE)
    else:
        add_step(work, case, "taken", by_name=work.principal.name, is_internal=True)
        record(work, case, ApplicationTaken)


def hand_over(work: Work, case: Case, *, to: UUID, name: str, seen: int) -> None:
    """A colleague works on it from now on. Raises ChangedMeanwhile, NotFromHere, NotYours."""
    if case.assignee_id == to:
        return
    only_mine(work, case, seen)
    if case.state not in OPEN:
        raise NotFromHere(state=STATES[case.state])
    case.assignee_id, case.assignee = to, name
    add_step(work, case, "handed-over", by_name=work.principal.name, words=name, is_internal=True)
    record(work, case, ApplicationHandedOver)


def note(work: Work, case: Case, words: str, *, request_id: UUID) -> None:
    """A note among colleagues, never shown to the person. The same `request_id` again is one."""
    try:
        with work.session.begin_nested():
            add_step(
                work,
                case,
                "noted",
                words=words,
                by_name=work.principal.name,
                is_internal=True,
                request_id=request_id,
            )
    except IntegrityError:  # a second click
        return
    record(work, case, ApplicationNoted)


def ask_for_more(work: Work, case: Case, words: str, *, seen: int) -> None:
    """Ask for what is missing: the clock stops until it comes.

    АПК чл. 30, ал. 2; ДОПК чл. 89, ал. 3. Raises ChangedMeanwhile, NotFromHere, NotYours.
    """
    if case.state == ASKED:
        return
    only_mine(work, case, seen)
    move(work, case, ASK, words=words)
    cure = procedure_of(case)["cure"]
    case.cure_until = term(cure, starts_on=day_of(work.now)).due_on
    case.due_on = None


def answer(
    work: Work, case: Case, words: str, *, seen: int, files: Sequence[BinaryIO] = ()
) -> None:
    """The person gives what was asked, with files or without: the term begins anew from this day.

    АПК чл. 30, ал. 3. Raises ChangedMeanwhile, NotFromHere, FileRefused.
    """
    if case.state == IN_WORK and case.version > seen and _last_answer(work, case) == words:
        return
    _as_seen(case, seen)
    with work.session.begin_nested():  # all or none, on the page that refuses, too
        for at, file in enumerate(files):
            request_id = uuid5(case.id, f"{ANSWER.name}/{seen}/{at}")
            attach(work, case, Brought(stream=file, paper=ANSWERED, request_id=request_id))
    move(work, case, ANSWER, words=words)
    case.starts_on, case.extension = received_on(work.now), ""
    case.due_on = term_of(case).due_on
    case.cure_until = None


def withdraw(work: Work, case: Case, *, seen: int) -> None:
    """The person wants it no longer. АПК чл. 56, ал. 1. Raises ChangedMeanwhile, NotFromHere."""
    if case.state == WITHDRAWN:
        return
    _as_seen(case, seen)
    _end(work, case, WITHDRAW)


def close_unanswered(work: Work, case: Case, *, seen: int) -> None:
    """What was asked for did not come in its time.

    Raises ChangedMeanwhile, NotFromHere, NotYours.
    """
    if case.state == CLOSED:
        return
    only_mine(work, case, seen)
    if case.cure_until is None or case.cure_until >= day_of(work.now):
        raise NotFromHere(state=STATES[case.state])
    _end(work, case, CLOSE)


def only_mine(work: Work, case: Case, seen: int) -> None:
    """For who works on it, as they saw it. Raises ChangedMeanwhile, NotYours."""
    _as_seen(case, seen)
    if case.assignee_id != work.principal.person_id:
        raise NotYours


def _end(work: Work, case: Case, way: Transition) -> None:
    move(work, case, way)
    case.ended_at, case.due_on, case.cure_until = work.now, None, None
    let_go(work, case)
    work.session.execute(delete(Proposal).where(Proposal.id == case.id))


def _last_answer(work: Work, case: Case) -> str | None:
    given = select(Step).where(Step.case_id == case.id, Step.name == ANSWER.name)
    step = work.session.scalars(given.order_by(Step.at.desc(), Step.id.desc()).limit(1)).first()
    return step.words if step else None


def _as_seen(case: Case, seen: int) -> None:
    if case.version != seen:
        raise ChangedMeanwhile
