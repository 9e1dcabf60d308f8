"""The states of a case and the ways between them: who may, on what ground, what is told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask_babel import LazyString, lazy_gettext

from obshto.modules.eservices import events
from obshto.modules.eservices.errors import NotFromHere
from obshto.modules.eservices.models import Case, Step
from obshto.modules.eservices.permissions import ServicesPermission
from obshto.modules.eservices.services.own_services import definition_behind
from obshto.modules.eservices.services.procedures import PROCEDURES
from obshto.platform.cases.lines import add_line
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.workflow import Machine, Transition

SENT, IN_WORK, ASKED, SIGNING = "sent", "in_work", "asked", "signing"
ISSUED, REFUSED, WITHDRAWN, CLOSED = "issued", "refused", "withdrawn", "closed"
OPEN = (SENT, IN_WORK, ASKED, SIGNING)
RUNNING = (SENT, IN_WORK, SIGNING)  # the clock of the term goes
STATES: Mapping[str, LazyString] = {
    SENT: lazy_gettext("Подадено"),
    IN_WORK: lazy_gettext("В работа"),
    ASKED: lazy_gettext("Чака документи от заявителя"),
    SIGNING: lazy_gettext("Чака подпис"),
    ISSUED: lazy_gettext("Издадено"),
    REFUSED: lazy_gettext("Отказано"),
    WITHDRAWN: lazy_gettext("Оттеглено"),
    CLOSED: lazy_gettext("Прекратено"),
}
# The same, said to the person whose case it is.
YOUR_STATES: Mapping[str, LazyString] = {
    **STATES,
    ASKED: lazy_gettext("Чака документи от Вас"),
}


# `ground` is a word of the procedure (`data/procedures.json`), which names articles.
CaseTransition = Transition[events.CaseFact]
MACHINE = Machine(states=STATES, refusal=NotFromHere)

SEND = Transition(
    name="sent",
    sources=(),
    to=SENT,
    ground="send",
    who=None,
    fact=events.ApplicationSent,
    told=lazy_gettext("Подадохте заявлението. Срокът за отговор започна."),
)
TAKE = Transition(
    name="taken",
    sources=(SENT,),
    to=IN_WORK,
    ground="take",
    who=ServicesPermission.HANDLE,
    fact=events.ApplicationTaken,
    told=lazy_gettext("Служител започна работа по заявлението."),
)
ASK = Transition(
    name="asked",
    sources=(IN_WORK,),
    to=ASKED,
    ground="ask",
    who=ServicesPermission.HANDLE,
    fact=events.InformationAsked,
    told=lazy_gettext("Нужно е още нещо от Вас. Срокът спря, докато го дадете."),
)
ANSWER = Transition(
    name="answered",
    sources=(ASKED,),
    to=IN_WORK,
    ground="answer",
    who=None,
    fact=events.InformationGiven,
    told=lazy_gettext("Дадохте исканото. Срокът започна отначало от този ден."),
)
PROPOSE = Transition(
    name="proposed",
    sources=(IN_WORK,),
    to=SIGNING,
    ground="sign",
    who=ServicesPermission.HANDLE,
    fact=events.DecisionProposed,
    told=lazy_gettext("Решението е готово и чака втори подпис."),
)
PREPARE = Transition(
    name="prepared",
    sources=(IN_WORK,),
    to=SIGNING,
    ground="sign",
    who=ServicesPermission.HANDLE,
    fact=events.DecisionPrepared,
    told=lazy_gettext("Решението е готово и чака одобрение."),
)
TAKE_BACK = Transition(
    name="taken-back",
    sources=(SIGNING,),
    to=IN_WORK,
    ground="sign",
    who=ServicesPermission.HANDLE,
    fact=events.DecisionTakenBack,
    told=lazy_gettext("Решението се преработва."),
)
RETURN = Transition(
    name="returned",
    sources=(SIGNING,),
    to=IN_WORK,
    ground="sign",
    who=ServicesPermission.DECIDE,
    fact=events.DecisionReturned,
    told=lazy_gettext("Решението се преработва."),
)
ISSUE = Transition(
    name="issued",
    sources=(IN_WORK, SIGNING),
    to=ISSUED,
    ground="issue",
    who=ServicesPermission.DECIDE,
    fact=events.ApplicationDecided,
    told=lazy_gettext("Документът е издаден."),
)
REFUSE = Transition(
    name="refused",
    sources=(IN_WORK, SIGNING),
    to=REFUSED,
    ground="refuse",
    who=ServicesPermission.DECIDE,
    fact=events.ApplicationRefused,
    told=lazy_gettext("Общината отказа. В отказа пише защо и къде се обжалва."),
)
WITHDRAW = Transition(
    name="withdrawn",
    sources=OPEN,
    to=WITHDRAWN,
    ground="withdraw",
    who=None,
    fact=events.ApplicationWithdrawn,
    told=lazy_gettext("Оттеглихте заявлението. Работата по него спря."),
)
CLOSE = Transition(
    name="closed",
    sources=(ASKED,),
    to=CLOSED,
    ground="close",
    who=ServicesPermission.DECIDE,
    fact=events.ApplicationClosed,
    told=lazy_gettext("Исканото не дойде в срок и производството е прекратено."),
)
TRANSITIONS: Mapping[str, CaseTransition] = {
    way.name: way
    for way in (
        *(SEND, TAKE, ASK, ANSWER, PROPOSE, PREPARE, TAKE_BACK, RETURN),
        *(ISSUE, REFUSE, WITHDRAW, CLOSE),
    )
}


def procedure_of(case: Case) -> Mapping[str, Any]:
    """The law that this case is decided by: general administrative, or tax."""
    return PROCEDURES[definition_behind(case).procedure]


def move(
    uow: UnitOfWork,
    case: Case,
    way: CaseTransition,
    *,
    words: str | None = None,
    is_internal: bool = False,
) -> None:
    """Take a way: the state, a step that names its ground, a fact. Raises NotFromHere."""
    MACHINE.advance_row(case, way)
    who = uow.principal.name if way.who else ""
    add_step(
        uow,
        case,
        way.name,
        ground=procedure_of(case)[way.ground],
        words=words,
        by_name=who,
        is_internal=is_internal,
    )
    record(uow, case, way.fact)


def add_step(
    uow: UnitOfWork,
    case: Case,
    name: str,
    *,
    ground: str = "",
    words: str | None = None,
    by_name: str = "",
    is_internal: bool = False,
    request_id: UUID | None = None,
) -> Step:
    """Write down what happened; `by_name` is empty where the person did it themselves."""
    return add_line(
        uow,
        Step,
        case.id,
        name,
        ground=ground,
        words=words,
        by_name=by_name,
        is_internal=is_internal,
        request_id=request_id,
    )


def record(uow: UnitOfWork, case: Case, fact: type[events.CaseFact]) -> None:
    """Say it to the log and to others: the number and the service, never the person."""
    uow.emit(record_of(case, fact))


def record_of(case: Case, fact: type[events.CaseFact]) -> events.CaseFact:
    """The fact of a case: the number and the service, never the person."""
    return fact(subject_id=case.id, number=case.number, service=case.service)
