"""States of a section's protocol and of a result, and the ways between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from obshto.modules.results.errors import NotInThisState
from obshto.modules.results.events import ResultStepped
from obshto.modules.results.permissions import ResultsPermission
from obshto.platform.workflow import Machine, Transition, TransitionAct

# A section's protocol.
MISSING, ONCE, DIFFERENT, BROKEN = "missing", "once", "different", "broken"
RETURNED, AGREED, ACCEPTED, ABSENT = "returned", "agreed", "accepted", "absent"
PROTOCOL_STATES: Mapping[str, LazyString] = {
    MISSING: _("Не е въведен"),
    ONCE: _("Чака втори човек"),
    DIFFERENT: _("Двете въвеждания се различават"),
    BROKEN: _("Числата си противоречат"),
    RETURNED: _("Върнат на секцията"),
    AGREED: _("Приет без забележки"),
    ACCEPTED: _("Приет с обяснение"),
    ABSENT: _("Няма протокол"),
}
PROTOCOL_COLOURS: Mapping[str, str] = {
    **{MISSING: "grey", ONCE: "blue", DIFFERENT: "orange", BROKEN: "orange"},
    **{RETURNED: "purple", AGREED: "green", ACCEPTED: "turquoise", ABSENT: "grey"},
}
OPEN = (MISSING, ONCE, RETURNED)  # somebody may enter it
COUNTED = (AGREED, ACCEPTED)
SETTLED = (*COUNTED, ABSENT)

# A result.
COUNTING, ANNOUNCED, CHALLENGED = "counting", "announced", "challenged"
KEPT, ANNULLED, SUPREME, FINAL = "kept", "annulled", "supreme", "final"
STATES: Mapping[str, LazyString] = {
    COUNTING: _("Преди резултата"),
    ANNOUNCED: _("Обявен"),
    CHALLENGED: _("Оспорен пред съда"),
    KEPT: _("Потвърден от съда"),
    ANNULLED: _("Отменен от съда"),
    SUPREME: _("Пред Върховния административен съд"),
    FINAL: _("Окончателен"),
}
COLOURS: Mapping[str, str] = {
    **{COUNTING: "blue", ANNOUNCED: "yellow", CHALLENGED: "purple", KEPT: "yellow"},
    **{ANNULLED: "orange", SUPREME: "purple", FINAL: "green"},
}
MACHINE = Machine(states=STATES, refusal=NotInThisState)


@dataclass(frozen=True, slots=True, kw_only=True)
class NightAct(TransitionAct[ResultStepped]):
    """An act of the night and after it.

    With `within` it is done by the last day of that term, with `after` not before it is over; each
    names a rule of law and the act from whose day it runs.
    """

    within: tuple[str, str] | None = None
    after: tuple[str, str] | None = None


def _act(
    name: str,
    sources: tuple[str, ...],
    to: str,
    told: LazyString,
    button: LazyString,
    hint: LazyString,
    *,
    ground: str,
    **more: object,
) -> NightAct:
    way = Transition(
        name=name,
        sources=sources,
        to=to,
        who=ResultsPermission.LEAD,
        fact=ResultStepped,
        told=told,
        ground=f"ЗПУГДВМС {ground}",
    )
    return NightAct(way=way, button=button, hint=hint, **more)  # type: ignore[arg-type]


_COURT_WORDS = _("Номер на съдебното решение")
_ACTS = (
    _act(
        *("announce", (COUNTING,), ANNOUNCED, _("Общинската избирателна комисия обяви резултата")),
        _("Запишете обявения резултат"),
        _("Числата идват от протоколите на секциите. Тук никой не гласува."),
        ground="чл. 41, ал. 1",
        words=_("Номер на решението на комисията"),
    ),
    _act(
        *(
            "challenge",
            (ANNOUNCED,),
            CHALLENGED,
            _("Резултатът е оспорен пред съда"),
        ),
        _("Запишете жалба"),
        _("Оспорват предложителите и областният управител."),
        ground="чл. 42, ал. 1",
        words=_("Кой обжалва и номер на делото"),
        within=("zpu_challenge", "announce"),
    ),
    _act(
        *("lapse", (ANNOUNCED,), FINAL, _("Никой не оспори резултата в срока")),
        _("Запишете, че резултатът не е оспорен"),
        _("Само след края на седемте дни."),
        ground="чл. 42, ал. 1",
        after=("zpu_challenge", "announce"),
    ),
    _act(
        *("keep", (CHALLENGED,), KEPT, _("Административният съд потвърди резултата")),
        _("Запишете решение: резултатът остава"),
        _("Решението се обжалва до седем дни."),
        ground="чл. 42, ал. 1",
        words=_COURT_WORDS,
    ),
    _act(
        *("annul", (CHALLENGED,), ANNULLED, _("Административният съд отмени резултата")),
        _("Запишете решение: резултатът е отменен"),
        _("Решението се обжалва до седем дни."),
        ground="чл. 42, ал. 1",
        words=_COURT_WORDS,
    ),
    _act(
        *("appeal", (KEPT, ANNULLED), SUPREME, _("Решението на съда е обжалвано")),
        _("Запишете жалба до Върховния административен съд"),
        _("До седем дни от решението."),
        ground="чл. 42, ал. 2",
        words=_("Кой обжалва и номер на делото"),
        within=("zpu_cassation", "judged"),
    ),
    _act(
        *("stand", (KEPT,), FINAL, _("Решението на съда влезе в сила: резултатът остава")),
        _("Запишете, че решението на съда влезе в сила"),
        _("Само след края на седемте дни."),
        ground="чл. 42, ал. 2",
        after=("zpu_cassation", "judged"),
    ),
    _act(
        *("fall", (ANNULLED,), COUNTING, _("Решението на съда влезе в сила: резултатът отпадна")),
        _("Запишете, че решението на съда влезе в сила"),
        _("Резултатът се обявява отново, както съдът е решил."),
        ground="чл. 42, ал. 2",
        after=("zpu_cassation", "judged"),
    ),
    _act(
        *("last-keep", (SUPREME,), FINAL, _("Върховният административен съд остави резултата")),
        _("Запишете окончателно решение: резултатът остава"),
        _("Решението е окончателно."),
        ground="чл. 42, ал. 2",
        words=_COURT_WORDS,
    ),
    _act(
        *("last-annul", (SUPREME,), COUNTING, _("Върховният административен съд отмени резултата")),
        _("Запишете окончателно решение: резултатът е отменен"),
        _("Резултатът се обявява отново, както съдът е решил."),
        ground="чл. 42, ал. 2",
        words=_COURT_WORDS,
    ),
)
ACTS: Mapping[str, NightAct] = {act.way.name: act for act in _ACTS}
FALLS = ("fall", "last-annul")  # after these there is no result


def acts_from(state: str) -> list[NightAct]:
    """The ways out of a state."""
    return [act for act in ACTS.values() if state in act.way.sources]
