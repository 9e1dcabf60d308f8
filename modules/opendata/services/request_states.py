"""States of a request for information and the ways between them; its kinds, its history."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString, lazy_gettext

from obshto.modules.opendata import events
from obshto.modules.opendata.errors import NotFromThere
from obshto.modules.opendata.models import InformationRequest, RequestEntry
from obshto.modules.opendata.permissions import OpendataPermission
from obshto.platform.cases.case_machine import CaseMachine
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.workflow import Transition

INFORMATION, DATA = "information", "data"
KINDS: Mapping[str, LazyString] = {
    INFORMATION: lazy_gettext("Достъп до обществена информация"),
    DATA: lazy_gettext("Набор от данни, който липсва"),
}
# In which form somebody wants it (ЗДОИ чл. 26).
FORMS: Mapping[str, LazyString] = {
    "electronic": lazy_gettext("по електронен път: безплатно"),
    "paper": lazy_gettext("копие на хартия"),
    "view": lazy_gettext("преглед на място"),
    "spoken": lazy_gettext("устно"),
}
RECEIVED, IN_WORK, UNCLEAR = "received", "in_work", "unclear"
ANSWERED, REFUSED, FORWARDED = "answered", "refused", "forwarded"
WITHDRAWN, LAPSED = "withdrawn", "lapsed"
OPEN, RUNNING = (RECEIVED, IN_WORK, UNCLEAR), (RECEIVED, IN_WORK)
DECIDED = (ANSWERED, REFUSED, FORWARDED)
DONE = (*DECIDED, WITHDRAWN, LAPSED)
STATES: Mapping[str, LazyString] = {
    RECEIVED: lazy_gettext("Прието"),
    IN_WORK: lazy_gettext("В работа"),
    UNCLEAR: lazy_gettext("Чака уточнение"),
    ANSWERED: lazy_gettext("Отговорено"),
    REFUSED: lazy_gettext("Отказано"),
    FORWARDED: lazy_gettext("Препратено"),
    WITHDRAWN: lazy_gettext("Оттеглено"),
    LAPSED: lazy_gettext("Неуточнено"),
}
COLOURS: Mapping[str, str] = {
    **{RECEIVED: "blue", IN_WORK: "yellow", UNCLEAR: "purple", ANSWERED: "green"},
    **{REFUSED: "red", FORWARDED: "turquoise", WITHDRAWN: "grey", LAPSED: "grey"},
}
MACHINE = CaseMachine(
    states=STATES, refusal=NotFromThere, lines=RequestEntry, told={"kind": "kind"}
)
note, record = MACHINE.note, MACHINE.record
RequestWay = Transition[events.InformationFact]
_STAFF = OpendataPermission.ANSWER


def _way(
    name: str,
    sources: tuple[str, ...],
    to: str,
    fact: type[events.InformationFact],
    told: LazyString,
    *,
    by_staff: bool = True,
) -> RequestWay:
    who = _STAFF if by_staff else None
    return Transition(name=name, sources=sources, to=to, who=who, fact=fact, told=told)


SEND = _way(
    *("sent", (), RECEIVED, events.AccessAsked),
    lazy_gettext("Искането е прието и срокът тече."),
    by_staff=False,
)
TAKE = _way(
    *("taken", (RECEIVED,), IN_WORK, events.InformationTaken),
    lazy_gettext("Служител започна работа."),
)
ASK = _way(
    *("unclear", (IN_WORK,), UNCLEAR, events.ClarificationAsked),
    lazy_gettext("Общината пита какво точно искате. Имате 30 дни да уточните."),
)
CLARIFY = _way(
    *("clarified", (UNCLEAR,), IN_WORK, events.InformationClarified),
    lazy_gettext("Искането е уточнено. Срокът тече от начало."),
    by_staff=False,
)
ANSWER = _way(
    *("answered", (IN_WORK,), ANSWERED, events.AccessGiven),
    lazy_gettext("Общината даде информацията."),
)
REFUSE = _way(
    *("refused", (IN_WORK,), REFUSED, events.InformationRefused),
    lazy_gettext("Общината отказа и каза защо."),
)
FORWARD = _way(
    *("forwarded", (IN_WORK,), FORWARDED, events.InformationForwarded),
    lazy_gettext("Информацията е у друг орган и искането му е препратено."),
)
WITHDRAW = _way(
    *("withdrawn", OPEN, WITHDRAWN, events.InformationWithdrawn),
    lazy_gettext("Искането е оттеглено."),
    by_staff=False,
)
LAPSE = _way(
    *("lapsed", (UNCLEAR,), LAPSED, events.InformationLapsed),
    lazy_gettext("Искането не беше уточнено за 30 дни и остана без разглеждане."),
    by_staff=False,
)
OUTCOMES: Mapping[str, RequestWay] = {way.name: way for way in (ANSWER, REFUSE, FORWARD)}
LINES: Mapping[str, LazyString] = {
    "extended": lazy_gettext("Срокът е удължен."),
    **{
        way.name: way.told
        for way in (SEND, TAKE, ASK, CLARIFY, ANSWER, REFUSE, FORWARD, WITHDRAW, LAPSE)
    },
}


def move(
    uow: UnitOfWork, row: InformationRequest, way: RequestWay, *, words: str | None = None
) -> None:
    """Take a way: the state, a line of the history, a fact. Raises NotFromThere."""
    MACHINE.move(uow, row, way, words=words)
    if row.state in DONE:
        row.ended_at = uow.now
