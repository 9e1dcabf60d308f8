"""States of a request and of a visit, and the ways of a request between them."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from obshto.modules.assistants import events
from obshto.modules.assistants.errors import HelpRequestNotFromHere
from obshto.modules.assistants.models import HelpLine
from obshto.modules.assistants.permissions import AssistantsPermission
from obshto.platform.cases.case_machine import CaseMachine
from obshto.platform.workflow import Transition

RECEIVED, PLANNED, DONE, WITHDRAWN = "received", "planned", "done", "withdrawn"
OPEN = (RECEIVED, PLANNED)
STATES: Mapping[str, LazyString] = {
    RECEIVED: _("Чака ден"),
    PLANNED: _("Насрочено посещение"),
    DONE: _("Приключена"),
    WITHDRAWN: _("Оттеглена"),
}
COLOURS = {RECEIVED: "blue", PLANNED: "yellow", DONE: "green", WITHDRAWN: "grey"}
# Of a visit.
AHEAD, UNDERWAY, ENDED, MISSED, CANCELLED = "ahead", "underway", "ended", "missed", "cancelled"
RUNNING = (AHEAD, UNDERWAY)
VISIT_STATES: Mapping[str, LazyString] = {
    AHEAD: _("Предстои"),
    UNDERWAY: _("Помощникът е при човека"),
    ENDED: _("Състоя се"),
    MISSED: _("Никой не отвори"),
    CANCELLED: _("Отменено"),
}
VISIT_COLOURS = {
    **{AHEAD: "yellow", UNDERWAY: "turquoise", ENDED: "green"},
    **{MISSED: "orange", CANCELLED: "grey"},
}
MACHINE = CaseMachine(states=STATES, refusal=HelpRequestNotFromHere, lines=HelpLine)
move, note, record = MACHINE.move, MACHINE.note, MACHINE.record
HelpTransition = Transition[events.HelpFact]
SEND = Transition(
    name="sent",
    sources=(),
    to=RECEIVED,
    who=None,
    fact=events.HelpAsked,
    told=_("Молбата е приета."),
)
PLAN = Transition(
    name="planned",
    sources=OPEN,
    to=PLANNED,
    who=AssistantsPermission.COORDINATE,
    fact=events.HelpPlanned,
    told=_("Посещението е насрочено."),
)
RETURN = Transition(
    name="returned",
    sources=OPEN,
    to=RECEIVED,
    who=None,
    fact=events.HelpReturned,
    told=_("Търсим нов ден."),
)
FINISH = Transition(
    name="done",
    sources=OPEN,
    to=DONE,
    who=AssistantsPermission.VISIT,
    fact=events.HelpGiven,
    told=_("Помощта приключи."),
)
WITHDRAW = Transition(
    name="withdrawn",
    sources=OPEN,
    to=WITHDRAWN,
    who=None,
    fact=events.HelpWithdrawn,
    told=_("Молбата е оттеглена."),
)
WAYS: Mapping[str, HelpTransition] = {
    way.name: way for way in (SEND, PLAN, RETURN, FINISH, WITHDRAW)
}
