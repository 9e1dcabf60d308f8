"""States of a petition for an assembly and the acts between them."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from obshto.modules.assembly import events
from obshto.modules.assembly.errors import AssemblyPetitionNotFromHere
from obshto.modules.assembly.permissions import AssemblyPermission
from obshto.platform.workflow import Machine, Transition, TransitionAct

DRAFT, COLLECTING, CHECKING, CONFIRMED = "draft", "collecting", "checking", "confirmed"
CALLED, REFUSED, WITHDRAWN = "called", "refused", "withdrawn"
LAPSED, DISCARDED = "lapsed", "discarded"
PETITION_STATES: Mapping[str, LazyString] = {
    DRAFT: _("Чернова"),
    COLLECTING: _("Събират се подписи"),
    CHECKING: _("Проверка на подписите"),
    CONFIRMED: _("Подписите стигат"),
    CALLED: _("Събранието е свикано"),
    REFUSED: _("Кметът отказа"),
    WITHDRAWN: _("Оттеглена"),
    LAPSED: _("Изоставена"),
    DISCARDED: _("Изтрита чернова"),
}
PETITION_COLOURS: Mapping[str, str] = {
    **{DRAFT: "grey", COLLECTING: "blue", CHECKING: "yellow", CONFIRMED: "yellow"},
    **{CALLED: "green", REFUSED: "red", WITHDRAWN: "grey", LAPSED: "grey"},
}
HIDDEN = (DRAFT, DISCARDED)  # what the public does not see
OVER = (CALLED, REFUSED, WITHDRAWN, LAPSED, DISCARDED)  # the time for which names are kept runs
PETITION_MACHINE = Machine(states=PETITION_STATES, refusal=AssemblyPetitionNotFromHere)
PetitionWay = Transition[events.AssemblyPetitionFact]
PetitionAct = TransitionAct[events.AssemblyPetitionFact]


def _act(
    name: str,
    sources: tuple[str, ...],
    to: str,
    told: LazyString,
    button: LazyString,
    hint: LazyString,
    *,
    ground: str = "",
    who: AssemblyPermission | None = None,
    fact: type[events.AssemblyPetitionFact] = events.AssemblyPetitionChanged,
    words: LazyString | str = "",
) -> PetitionAct:
    way = Transition(
        name=name, sources=sources, to=to, who=who, fact=fact, told=told, ground=ground
    )
    return TransitionAct(way=way, button=button, hint=hint, words=words)


_ACTS = (
    _act(
        *("start", (DRAFT,), COLLECTING, _("Започна събирането на подписи")),
        _("Започнете да събирате подписи"),
        _("Всички виждат въпросите и колко подписа са въведени. Въпросите вече не се менят."),
        ground="ЗПУГДВМС чл. 57, ал. 1 – 3",
    ),
    _act(
        *("discard", (DRAFT,), DISCARDED, _("Черновата е изтрита")),
        _("Изтрийте черновата"),
        _("Още никой друг не я вижда. Изтритото не се връща."),
        fact=events.AssemblyPetitionDiscarded,
    ),
    _act(
        *("file", (COLLECTING,), CHECKING, _("Подписката е внесена в общината")),
        _("Внесете подписката"),
        _("Листата и файлът се предават в общината на хартия. После редове не се добавят."),
        ground="ЗПУГДВМС чл. 57, ал. 3 – 5",
        fact=events.AssemblyPetitionFiled,
    ),
    _act(
        *("withdraw", (COLLECTING,), WITHDRAWN, _("Подписката е оттеглена")),
        _("Оттеглете подписката"),
        _("Подписите не се внасят. Имената се изтриват, щом мине срокът за пазене."),
        words=_("Защо се оттегля"),
    ),
    _act(
        *("confirm", (CHECKING,), CONFIRMED, _("Проверката показа, че подписите стигат")),
        _("Потвърдете подписката"),
        _("Първо въведете кои редове не са на гласоподаватели по протокола на ГРАО."),
        ground="ЗПУГДВМС чл. 57, ал. 1",
        who=AssemblyPermission.PETITION,
        words=_("Номер и дата на протокола"),
    ),
    _act(
        *("fall-short", (CHECKING,), COLLECTING, _("Проверката показа, че подписите не стигат")),
        _("Върнете подписката: подписите не стигат"),
        _("Събирането продължава и подписката може да се внесе отново."),
        ground="ЗПУГДВМС чл. 57, ал. 1",
        who=AssemblyPermission.PETITION,
        words=_("Номер и дата на протокола"),
    ),
    _act(
        *("refuse", (CONFIRMED,), REFUSED, _("Кметът отказа да свика събранието")),
        _("Запишете отказа на кмета"),
        _("Публикува се тук с причината. Отказът се обжалва пред съда до 7 дни."),
        ground="ЗПУГДВМС чл. 64",
        who=AssemblyPermission.CALL,
        words=_("Номер и дата на отказа, защо кметът отказва"),
    ),
)
PETITION_ACTS: Mapping[str, PetitionAct] = {act.way.name: act for act in _ACTS}
# The notice of the assembly takes it.
CALL: PetitionWay = Transition(
    name="call",
    sources=(CONFIRMED,),
    to=CALLED,
    who=AssemblyPermission.CALL,
    fact=events.AssemblyPetitionChanged,
    told=_("Събранието е обявено"),
    ground="ЗПУГДВМС чл. 57, ал. 6 – 7",
)
# The clock takes it, so that no signature waits for ever on somebody who gave up.
LAPSE: PetitionWay = Transition(
    name="lapse",
    sources=(COLLECTING,),
    to=LAPSED,
    who=None,
    fact=events.AssemblyPetitionChanged,
    told=_("По подписката дълго не се работи и тя се прекрати"),
)
PETITION_WAYS: Mapping[str, PetitionWay] = {
    **{act.way.name: act.way for act in _ACTS},
    **{way.name: way for way in (CALL, LAPSE)},
}
AHEAD = ("start", "file", "confirm", "call")


def petition_acts_from(state: str) -> list[PetitionAct]:
    """The ways out of a state, each with its button."""
    return [act for act in _ACTS if state in act.way.sources]
