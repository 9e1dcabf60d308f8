"""States of a report and the ways between them: who may, what is told."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString, lazy_gettext

from obshto.modules.reports import events
from obshto.modules.reports.errors import ReportNotFromHere
from obshto.modules.reports.models import ReportLine
from obshto.modules.reports.permissions import ReportsPermission
from obshto.platform.cases.case_machine import CaseMachine
from obshto.platform.workflow import Transition

RECEIVED, REOPENED, IN_WORK, ASKED = "received", "reopened", "in_work", "asked"
HANDED, MERGED = "handed_over", "merged"
FIXED, CONFIRMED, REFUSED, PASSED_ON = "fixed", "confirmed", "refused", "passed_on"
HALF = "half"  # mended in part, shown with a photograph; never counted as proven
OPEN = (RECEIVED, REOPENED, IN_WORK, ASKED, HANDED)
DONE = (FIXED, CONFIRMED, HALF, REFUSED, PASSED_ON)
STATES: Mapping[str, LazyString] = {
    RECEIVED: lazy_gettext("Приет"),
    REOPENED: lazy_gettext("Отворен отново"),
    IN_WORK: lazy_gettext("В работа"),
    ASKED: lazy_gettext("Чака подателя"),
    HANDED: lazy_gettext("Предаден"),
    FIXED: lazy_gettext("Решен"),
    CONFIRMED: lazy_gettext("Решен и потвърден"),
    HALF: lazy_gettext("Решен отчасти"),
    REFUSED: lazy_gettext("Приключен без действие"),
    PASSED_ON: lazy_gettext("Не е на общината"),
    MERGED: lazy_gettext("Повторен"),
}
COLOURS: Mapping[str, str] = {
    **{RECEIVED: "blue", REOPENED: "orange", IN_WORK: "yellow", ASKED: "purple"},
    **{HANDED: "purple", MERGED: "grey"},
    **{FIXED: "turquoise", CONFIRMED: "green", HALF: "yellow", REFUSED: "grey", PASSED_ON: "grey"},
}
MACHINE = CaseMachine(
    states=STATES, refusal=ReportNotFromHere, lines=ReportLine, told={"kind": "kind"}
)
move, note, record = MACHINE.move, MACHINE.note, MACHINE.record
ReportTransition = Transition[events.ReportFact]
SEND = Transition(
    name="sent",
    sources=(),
    to=RECEIVED,
    who=None,
    fact=events.ReportSent,
    told=lazy_gettext("Сигналът е приет."),
)
TAKE = Transition(
    name="taken",
    sources=(RECEIVED, REOPENED),
    to=IN_WORK,
    who=ReportsPermission.HANDLE,
    fact=events.ReportTaken,
    told=lazy_gettext("Служител започна работа по сигнала."),
)
ASK = Transition(
    name="asked",
    sources=(IN_WORK,),
    to=ASKED,
    who=ReportsPermission.HANDLE,
    fact=events.ReporterAsked,
    told=lazy_gettext("Общината попита подателя за още нещо."),
)
ANSWER = Transition(
    name="answered",
    sources=(ASKED,),
    to=IN_WORK,
    who=None,
    fact=events.ReporterAnswered,
    told=lazy_gettext("Подателят отговори."),
)
FIX = Transition(
    name="fixed",
    sources=(IN_WORK, HANDED),
    to=FIXED,
    who=ReportsPermission.HANDLE,
    fact=events.ReportFixed,
    told=lazy_gettext("Общината съобщи, че е решен, и показа снимка."),
)
FIX_IN_PART = Transition(
    name="half",
    sources=(IN_WORK, HANDED),
    to=HALF,
    who=ReportsPermission.HANDLE,
    fact=events.ReportFixed,
    told=lazy_gettext("Общината съобщи, че е решен отчасти, показа снимка и каза какво остава."),
)
REFUSE = Transition(
    name="refused",
    sources=(IN_WORK, ASKED, HANDED),
    to=REFUSED,
    who=ReportsPermission.HANDLE,
    fact=events.ReportRefused,
    told=lazy_gettext("Общината приключи сигнала без действие и каза защо."),
)
PASS_ON = Transition(
    name="passed-on",
    sources=(IN_WORK, ASKED, HANDED),
    to=PASSED_ON,
    who=ReportsPermission.HANDLE,
    fact=events.ReportPassedOn,
    told=lazy_gettext("Не е в правомощията на общината. Препратихме го и питаме какво става."),
)
CONFIRM = Transition(
    name="confirmed",
    sources=(FIXED,),
    to=CONFIRMED,
    who=None,
    fact=events.ReportConfirmed,
    told=lazy_gettext("Подателят потвърди, че е решен."),
)
LAPSE = Transition(
    name="unopposed",
    sources=(FIXED,),
    to=CONFIRMED,
    who=None,
    fact=events.ReportConfirmed,
    told=lazy_gettext("Четиринадесет дни никой не възрази, че е решен."),
)
DISPUTE = Transition(
    name="disputed",
    sources=DONE,
    to=REOPENED,
    who=None,
    fact=events.ReportDisputed,
    told=lazy_gettext("Подателят каза, че не е решен. Сигналът е отворен отново."),
)
CHALLENGE = Transition(
    name="challenged",
    sources=DONE,
    to=REOPENED,
    who=None,
    fact=events.ReportDisputed,
    told=lazy_gettext("Друг човек показа със снимка, че не е оправено. Сигналът е отворен отново."),
)
HAND_OVER = Transition(
    name="handed-over",
    sources=(IN_WORK, ASKED),
    to=HANDED,
    who=ReportsPermission.HANDLE,
    fact=events.ReportHandedOver,
    told=lazy_gettext("Общината предаде сигнала на друга служба и следи какво става."),
)
RECLAIM = Transition(
    name="reclaimed",
    sources=(HANDED,),
    to=IN_WORK,
    who=ReportsPermission.HANDLE,
    fact=events.ReportTaken,
    told=lazy_gettext("Другата служба отговори. Общината продължава работа по сигнала."),
)
MERGE = Transition(
    name="merged",
    sources=(RECEIVED, REOPENED, IN_WORK, ASKED),
    to=MERGED,
    who=ReportsPermission.HANDLE,
    fact=events.ReportMerged,
    told=lazy_gettext("Същото беше казано и преди. Водим двата сигнала заедно."),
)
PART = Transition(
    name="parted",
    sources=(MERGED,),
    to=IN_WORK,
    who=ReportsPermission.HANDLE,
    fact=events.ReportParted,
    told=lazy_gettext("Сигналът отново се води отделно."),
)
GIVE_BACK = Transition(
    name="given-back",
    sources=(RECEIVED, REOPENED, IN_WORK),
    to=RECEIVED,
    who=ReportsPermission.FIELD,
    fact=events.ReportGivenBack,
    told=lazy_gettext("Върнат от терен"),
)
WAYS: Mapping[str, ReportTransition] = {
    way.name: way
    for way in (
        *(SEND, TAKE, ASK, ANSWER, FIX, FIX_IN_PART, REFUSE, PASS_ON, CONFIRM, LAPSE, DISPUTE),
        *(CHALLENGE,),
        *(HAND_OVER, RECLAIM, MERGE, PART),
    )
}
# Lines of the public history that are no transition.
NOTES: Mapping[str, LazyString] = {
    "team": lazy_gettext("Общината предаде сигнала на екип."),
    "late-head": lazy_gettext("Срокът мина. Научи ръководителят на службата."),
    "late-mayor": lazy_gettext("Сигналът още не е решен. Научи кметът."),
    "late-everybody": lazy_gettext(
        "Сигналът още не е решен. Вече е в публичния списък на просрочените."
    ),
    "late-unseen": lazy_gettext(
        "Сигналът още не е решен. В публичния списък ще е, щом може да се вижда публично."
    ),
    "late-council": lazy_gettext("Сигналът още не е решен. Вече е в списъка за общинския съвет."),
}
STOPPED, FOLLOWED = "letters-stopped", "body-answered"
# Besides, what the sender and staff read and the public does not.
OWN_NOTES: Mapping[str, LazyString] = {
    STOPPED: lazy_gettext("Писмата до имейла на подателя са спрени и имейлът е изтрит."),
    FOLLOWED: lazy_gettext("Общината попита службата какво е направено."),
    "passing-allowed": lazy_gettext("Подателят разреши сигналът да отиде в съседна община."),
    "passing-ended": lazy_gettext("Подателят не иска сигналът да отиде в съседна община."),
}
TOLD: Mapping[str, LazyString] = {**{name: way.told for name, way in WAYS.items()}, **NOTES}
PROVEN_BY_PHOTO = (FIX, FIX_IN_PART)
OUTCOMES = (*PROVEN_BY_PHOTO, REFUSE, PASS_ON)
