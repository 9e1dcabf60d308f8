"""States of an initiative and the acts between them: by whom, on what ground, what is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from obshto.modules.initiatives import events
from obshto.modules.initiatives.errors import InitiativeNotFromHere
from obshto.modules.initiatives.permissions import InitiativesPermission
from obshto.platform.workflow import Machine, Transition, TransitionAct

COUNCIL, MAYOR, VILLAGE_MAYOR = "council", "mayor", "village-mayor"
ADDRESSEES: Mapping[str, LazyString] = {
    COUNCIL: _("Общинският съвет"),
    MAYOR: _("Кметът на общината"),
    VILLAGE_MAYOR: _("Кметът на кметството"),
}
DRAFT, COLLECTING, FILED, CHECKING = "draft", "collecting", "filed", "checking"
CHECKED, ANSWERED, PRINTED = "checked", "answered", "printed"
ANNOUNCED, DONE = "announced", "done"
WITHDRAWN, LAPSED, DISCARDED = "withdrawn", "lapsed", "discarded"
STATES: Mapping[str, LazyString] = {
    DRAFT: _("Чернова"),
    COLLECTING: _("Събират се подписи"),
    FILED: _("Внесена"),
    CHECKING: _("Проверка на подписите"),
    CHECKED: _("Чака отговор"),
    ANSWERED: _("Има отговор"),
    PRINTED: _("Чака писмото до комитета"),
    ANNOUNCED: _("Отговорът е обявен"),
    DONE: _("Изпълнена"),
    WITHDRAWN: _("Оттеглена"),
    LAPSED: _("Невнесена в срока"),
    DISCARDED: _("Изтрита чернова"),
}
COLOURS: Mapping[str, str] = {
    **{DRAFT: "grey", COLLECTING: "blue", FILED: "yellow", CHECKING: "yellow", CHECKED: "yellow"},
    **dict.fromkeys((ANSWERED, PRINTED, ANNOUNCED, DONE), "green"),
    **dict.fromkeys((WITHDRAWN, LAPSED), "grey"),
}
ACCEPTED, PARTLY, REFUSED = "accepted", "partly", "refused"
OUTCOMES: Mapping[str, LazyString] = {
    ACCEPTED: _("Прието"),
    PARTLY: _("Прието отчасти"),
    REFUSED: _("Отказано"),
}
HIDDEN = (DRAFT, DISCARDED)  # what the public does not see
AWAIT_ANSWER = (FILED, CHECKING, CHECKED)
WITH_ANSWER = (ANSWERED, PRINTED, ANNOUNCED, DONE)
OVER = (*WITH_ANSWER, WITHDRAWN, LAPSED, DISCARDED)  # the time for which names are kept runs
CLOSED = (ANNOUNCED, DONE, WITHDRAWN, LAPSED, DISCARDED)  # nobody owes anything
MACHINE = Machine(states=STATES, refusal=InitiativeNotFromHere)


@dataclass(frozen=True, slots=True, kw_only=True)
class InitiativeAct(TransitionAct[events.InitiativeFact]):
    """An act; `asks` is what else it asks: the minutes of the meeting, the outcome."""

    asks: str = ""


def _act(
    name: str,
    sources: tuple[str, ...],
    to: str,
    told: LazyString,
    button: LazyString,
    hint: LazyString,
    *,
    ground: str = "",
    who: InitiativesPermission | None = InitiativesPermission.LEAD,
    fact: type[events.InitiativeFact] = events.InitiativeChanged,
    words: LazyString | str = "",
    asks: str = "",
) -> InitiativeAct:
    way = Transition(
        name=name, sources=sources, to=to, who=who, fact=fact, told=told, ground=ground
    )
    return InitiativeAct(way=way, button=button, hint=hint, words=words, asks=asks)


_ACTS = (
    _act(
        *("meet", (DRAFT,), COLLECTING, _("Събранието учреди инициативата")),
        _("Впишете протокола от събранието"),
        _("Списъкът с имената и подписите на присъствалите остава на хартия при комитета."),
        ground="ЗПУГДВМС чл. 47",
        who=None,
        asks="meeting",
    ),
    _act(
        *("discard", (DRAFT,), DISCARDED, _("Черновата е изтрита")),
        _("Изтрийте черновата"),
        _("Още никой друг не я вижда. Изтритото не се връща."),
        who=None,
        fact=events.InitiativeDiscarded,
    ),
    _act(
        *("file", (COLLECTING,), FILED, _("Комитетът внесе подписката")),
        _("Внесете подписката"),
        _("Денят, в който протоколът, листата и файлът са предадени в общината на хартия."),
        ground="ЗПУГДВМС чл. 51, ал. 1",
        who=None,
        fact=events.InitiativeFiled,
    ),
    _act(
        *("withdraw", (COLLECTING,), WITHDRAWN, _("Комитетът оттегли инициативата")),
        _("Оттеглете инициативата"),
        _("Подписите не се внасят. Имената се изтриват, щом мине срокът за пазене."),
        who=None,
        words=_("Защо се оттегля"),
    ),
    _act(
        *("send", (FILED,), CHECKING, _("Подписката е изпратена за проверка в ГРАО")),
        _("Изпратете за проверка"),
        _("Изпратете файла на териториалното звено на ГРАО и запишете деня."),
        ground="ЗПУГДВМС чл. 51, ал. 3",
    ),
    _act(
        *("confirm", (CHECKING,), CHECKED, _("Проверката на подписите завърши")),
        _("Запишете протокола от проверката"),
        _("Първо въведете кои редове не са на гласоподаватели по протокола."),
        ground="ЗПУГДВМС чл. 51, ал. 3",
        words=_("Номер и дата на протокола"),
    ),
    _act(
        *("answer", AWAIT_ANSWER, ANSWERED, _("Общината отговори")),
        _("Обявете решението и мерките"),
        _("Публикува се тук веднага. Срокът не спира, докато ГРАО проверява."),
        ground="ЗПУГДВМС чл. 52, ал. 2",
        words=_("Решението и мерките, кой ги прави и до кога"),
        asks="outcome",
    ),
    _act(
        *("print", (ANSWERED,), PRINTED, _("Отговорът излезе във вестник")),
        _("Запишете само вестника"),
        _("Когато писмото до комитета тръгва друг ден: впишете го след това."),
        ground="ЗПУГДВМС чл. 52, ал. 2",
        words=_("Вестник, брой и дата"),
    ),
    _act(
        *("announce", (ANSWERED, PRINTED), ANNOUNCED),
        _("Отговорът е обявен във вестник и съобщен"),
        _("Запишете вестника и писмото до комитета"),
        _("Един регионален вестник. Комитетът се уведомява писмено, на хартия."),
        ground="ЗПУГДВМС чл. 52, ал. 2 и 3",
        words=_("Вестник, брой и дата; изходящ номер на писмото до комитета"),
    ),
    _act(
        *("carry-out", (ANSWERED, PRINTED, ANNOUNCED), DONE, _("Общината изпълни обещаното")),
        _("Запишете какво е направено"),
        _("Всички го четат под отговора."),
        words=_("Какво е направено"),
    ),
)
ACTS: Mapping[str, InitiativeAct] = {act.way.name: act for act in _ACTS}
# The clock takes it, so that no signature waits for ever on a committee that gave up.
LAPSE: Transition[events.InitiativeFact] = Transition(
    name="lapse",
    sources=(COLLECTING,),
    to=LAPSED,
    who=None,
    fact=events.InitiativeChanged,
    told=_("Подписката не беше внесена в срока"),
    ground="ЗПУГДВМС чл. 48, ал. 2",
)
WAYS: Mapping[str, Transition[events.InitiativeFact]] = {
    **{act.way.name: act.way for act in _ACTS},
    LAPSE.name: LAPSE,
}
AHEAD = ("meet", "file", "send", "confirm", "answer", "announce")


def acts_from(state: str, outcome: str) -> list[InitiativeAct]:
    """The ways out of a state, each with its button; a refusal is not carried out."""
    return [
        act
        for act in ACTS.values()
        if state in act.way.sources and not (act.way.to == DONE and outcome == REFUSED)
    ]
