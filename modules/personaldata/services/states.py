"""States of a request and the ways between them."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from flask_babel import LazyString, lazy_gettext

from obshto.modules.personaldata import events
from obshto.modules.personaldata.errors import RequestNotFromHere
from obshto.modules.personaldata.models import DataRequest, RequestLine
from obshto.modules.personaldata.permissions import PersonalDataPermission
from obshto.platform.cases.case_machine import CaseMachine
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.workflow import Transition

UNCONFIRMED, RECEIVED, IN_WORK, IDENTITY = "unconfirmed", "received", "in_work", "identity"
ANSWERED, REFUSED, WITHDRAWN, LAPSED = "answered", "refused", "withdrawn", "lapsed"
OPEN = (RECEIVED, IN_WORK, IDENTITY)
DONE = (ANSWERED, REFUSED, WITHDRAWN)
STATES: Mapping[str, LazyString] = {
    UNCONFIRMED: lazy_gettext("Чака потвърждение от имейла"),
    RECEIVED: lazy_gettext("Прието"),
    IN_WORK: lazy_gettext("В работа"),
    IDENTITY: lazy_gettext("Чака да докажете кой сте"),
    ANSWERED: lazy_gettext("Отговорено"),
    REFUSED: lazy_gettext("Отказано"),
    WITHDRAWN: lazy_gettext("Оттеглено"),
    LAPSED: lazy_gettext("Непотвърдено"),
}
COLOURS: Mapping[str, str] = {
    **{UNCONFIRMED: "grey", RECEIVED: "blue", IN_WORK: "yellow", IDENTITY: "purple"},
    **{ANSWERED: "green", REFUSED: "red", WITHDRAWN: "grey", LAPSED: "grey"},
}
MACHINE = CaseMachine(
    states=STATES, refusal=RequestNotFromHere, lines=RequestLine, told={"kind": "kind"}
)
note, record = MACHINE.note, MACHINE.record
RequestTransition = Transition[events.RequestFact]
_HANDLE = PersonalDataPermission.HANDLE
SEND = Transition(
    name="sent",
    sources=(UNCONFIRMED,),
    to=RECEIVED,
    who=None,
    fact=events.RequestSent,
    told=lazy_gettext("Искането е прието."),
)
TAKE = Transition(
    name="taken",
    sources=(RECEIVED,),
    to=IN_WORK,
    who=_HANDLE,
    fact=events.RequestTaken,
    told=lazy_gettext("Длъжностното лице по защита на данните започна работа."),
)
ASK_IDENTITY = Transition(
    name="identity-asked",
    sources=(IN_WORK,),
    to=IDENTITY,
    who=_HANDLE,
    fact=events.IdentityAsked,
    told=lazy_gettext("Общината трябва да се увери кой пита."),
)
IDENTIFY = Transition(
    name="identified",
    sources=(IDENTITY, IN_WORK),
    to=IN_WORK,
    who=_HANDLE,
    fact=events.IdentityChecked,
    told=lazy_gettext("Проверено е кой пита."),
)
ANSWER = Transition(
    name="answered",
    sources=(IN_WORK,),
    to=ANSWERED,
    who=_HANDLE,
    fact=events.RequestAnswered,
    told=lazy_gettext("Общината отговори."),
)
REFUSE = Transition(
    name="refused",
    sources=(IN_WORK, IDENTITY),
    to=REFUSED,
    who=_HANDLE,
    fact=events.RequestRefused,
    told=lazy_gettext("Общината отказа и каза защо."),
)
WITHDRAW = Transition(
    name="withdrawn",
    sources=(UNCONFIRMED, *OPEN),
    to=WITHDRAWN,
    who=None,
    fact=events.RequestWithdrawn,
    told=lazy_gettext("Искането е оттеглено."),
)
LAPSE = Transition(
    name="lapsed",
    sources=(UNCONFIRMED,),
    to=LAPSED,
    who=None,
    fact=events.RequestLapsed,
    told=lazy_gettext("Никой не потвърди искането от имейла и то отпадна."),
)
WAYS: Mapping[str, RequestTransition] = {
    way.name: way for way in (SEND, TAKE, ASK_IDENTITY, IDENTIFY, ANSWER, REFUSE, WITHDRAW, LAPSE)
}
# Lines that are no way from a state to another.
LINES: Mapping[str, LazyString] = {
    "extended": lazy_gettext("Срокът е удължен с два месеца."),
    "again": lazy_gettext("Поискахте същото още веднъж."),
    "assembled": lazy_gettext("Копието на данните е готово."),
    "lifted": lazy_gettext("Ограничението се вдига след един ден. Ето защо:"),
    "consent": lazy_gettext("Съгласието е оттеглено. Това е разписката."),
    **{name: way.told for name, way in WAYS.items()},
}


def move(
    uow: UnitOfWork,
    row: DataRequest,
    way: RequestTransition,
    *,
    words: str | None = None,
    request_id: UUID | None = None,
) -> None:
    """Take a way: the state, a line of the history, a fact. Raises RequestNotFromHere."""
    MACHINE.move(uow, row, way, words=words, request_id=request_id)
    if row.state in (*DONE, LAPSED):
        row.ended_at, row.open_key = uow.now, None
