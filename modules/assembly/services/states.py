"""States of an assembly and of its questions, and the acts between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from obshto.modules.assembly import events
from obshto.modules.assembly.errors import AssemblyNotFromHere, DecisionNotFromHere
from obshto.modules.assembly.permissions import AssemblyPermission
from obshto.platform.workflow import Machine, Transition, TransitionAct

MAYOR, COUNCIL, VOTERS = "mayor", "council", "voters"
CALLERS: Mapping[str, LazyString] = {
    MAYOR: _("Кметът по своя инициатива"),
    COUNCIL: _("Общинският съвет с решение"),
    VOTERS: _("Гласоподаватели с подписка"),
}
DRAFT, ANNOUNCED, POSTPONED, OPEN = "draft", "announced", "postponed", "open"
HELD, FAILED, CANCELLED, DISCARDED = "held", "failed", "cancelled", "discarded"
STATES: Mapping[str, LazyString] = {
    DRAFT: _("Чернова"),
    ANNOUNCED: _("Обявено"),
    POSTPONED: _("Отложено с един час"),
    OPEN: _("Започнало"),
    HELD: _("Проведено"),
    FAILED: _("Без кворум"),
    CANCELLED: _("Отменено"),
    DISCARDED: _("Изтрита чернова"),
}
HIDDEN = (DRAFT, DISCARDED)  # what the public does not see
COMING = (ANNOUNCED, POSTPONED, OPEN)
ENDED = (HELD, FAILED, CANCELLED, DISCARDED)
ASKED, ADOPTED, REJECTED, SKIPPED = "asked", "adopted", "rejected", "skipped"
ORDERED, PROPOSED, ACTED = "ordered", "proposed", "acted"
REFUSED, DONE, DROPPED = "refused", "done", "dropped"
QUESTION_STATES: Mapping[str, LazyString] = {
    ASKED: _("В дневния ред"),
    ADOPTED: _("Прието"),
    REJECTED: _("Не е прието"),
    SKIPPED: _("Не е гласувано"),
    ORDERED: _("Има заповед на кмета"),
    PROPOSED: _("Внесено в съвета"),
    ACTED: _("Съветът реши"),
    REFUSED: _("Съветът отказа"),
    DONE: _("Изпълнено"),
    DROPPED: _("Няма да се изпълни"),
}
COLOURS: Mapping[str, str] = {
    **{DRAFT: "grey", ANNOUNCED: "blue", POSTPONED: "yellow", OPEN: "blue", HELD: "green"},
    **{FAILED: "red", CANCELLED: "grey", ASKED: "blue", ADOPTED: "green", REJECTED: "grey"},
    **{SKIPPED: "grey", ORDERED: "yellow", PROPOSED: "yellow", ACTED: "yellow"},
    **{REFUSED: "red", DONE: "green", DROPPED: "red"},
}
DECIDED = (ADOPTED, ORDERED, PROPOSED, ACTED, REFUSED, DONE, DROPPED)  # adopted, and on its way
OWED = (ADOPTED, ORDERED, PROPOSED, ACTED)  # somebody still has to do something
SETTLED = (REJECTED, SKIPPED, REFUSED, DONE, DROPPED)
OPEN_VOTE, SECRET_VOTE, NO_VOTE = "open", "secret", "none"
BALLOTS: Mapping[str, LazyString] = {
    SECRET_VOTE: _("Тайно, с бюлетини"),
    OPEN_VOTE: _("Явно, с вдигане на ръка"),
    NO_VOTE: _("Не беше гласувано"),
}
MACHINE = Machine(states=STATES, refusal=AssemblyNotFromHere)
DECISIONS = Machine(states=QUESTION_STATES, refusal=DecisionNotFromHere)
Way = Transition[events.AssemblyFact]


@dataclass(frozen=True, slots=True, kw_only=True)
class AssemblyAct(TransitionAct[events.AssemblyFact]):
    """An act upon an assembly."""


def _act(
    name: str,
    sources: tuple[str, ...],
    to: str,
    told: LazyString,
    button: LazyString,
    hint: LazyString,
    *,
    ground: str = "",
    who: AssemblyPermission = AssemblyPermission.CALL,
    fact: type[events.AssemblyFact] = events.AssemblyChanged,
    words: LazyString | str = "",
) -> AssemblyAct:
    way = Transition(
        name=name, sources=sources, to=to, who=who, fact=fact, told=told, ground=ground
    )
    return AssemblyAct(way=way, button=button, hint=hint, words=words)


def _by_number(name: str, sources: tuple[str, ...], to: str, told: LazyString, ground: str) -> Way:
    """A way that the count of people or the minutes take."""
    who, fact = AssemblyPermission.RECORD, events.AssemblyChanged
    return Transition(
        name=name, sources=sources, to=to, who=who, fact=fact, told=told, ground=ground
    )


_ACTS = (
    _act(
        *("announce", (DRAFT,), ANNOUNCED, _("Събранието е обявено")),
        _("Обявете събранието"),
        _("Обявата се публикува тук веднага. Закачете я и на хартия: на таблото и пред залата."),
        ground="ЗПУГДВМС чл. 57, ал. 6 – 7",
        fact=events.AssemblyAnnounced,
    ),
    _act(
        *("discard", (DRAFT,), DISCARDED, _("Черновата е изтрита")),
        _("Изтрийте черновата"),
        _("Още никой друг не я вижда. Изтритото не се връща."),
        fact=events.AssemblyDiscarded,
    ),
    _act(
        *("cancel", (ANNOUNCED, POSTPONED), CANCELLED, _("Събранието е отменено")),
        _("Отменете събранието"),
        _("Хората го четат веднага. За друг ден се свиква ново събрание с нова обява."),
        words=_("Защо се отменя"),
    ),
    _act(
        *("recount", (POSTPONED, OPEN, FAILED), ANNOUNCED, _("Броят на хората се записва отново")),
        _("Запишете присъстващите отново"),
        _("Само за поправка на грешно число. Причината се публикува."),
        who=AssemblyPermission.RECORD,
        words=_("Какво беше сгрешено"),
    ),
    _act(
        *("reopen", (HELD,), OPEN, _("Протоколът е отворен за поправка")),
        _("Отворете протокола за поправка"),
        _("Само за поправка, докато кметът още не е действал. Причината се публикува."),
        who=AssemblyPermission.RECORD,
        words=_("Какво беше сгрешено"),
    ),
)
ACTS: Mapping[str, AssemblyAct] = {act.way.name: act for act in _ACTS}
POSTPONE = _by_number(
    *("postpone", (ANNOUNCED,), POSTPONED, _("Нямаше кворум: събранието се отложи с един час")),
    "ЗПУГДВМС чл. 60, ал. 3",
)
OPENED = _by_number(
    *("open", (ANNOUNCED, POSTPONED), OPEN, _("Имаше кворум: събранието се откри")),
    "ЗПУГДВМС чл. 60, ал. 1 – 3",
)
FAIL = _by_number(
    *("fail", (POSTPONED,), FAILED, _("И един час по-късно нямаше кворум")),
    "ЗПУГДВМС чл. 60, ал. 3",
)
HOLD = _by_number(*("hold", (OPEN,), HELD, _("Събранието се проведе")), "ЗПУГДВМС чл. 62")
_FOLLOWS = (
    _act(
        *("order", (ADOPTED,), ORDERED, _("Кметът издаде заповед")),
        _("Запишете заповедта на кмета"),
        _("Когато решението е по въпрос, който кметът решава сам."),
        ground="ЗПУГДВМС чл. 63, ал. 3",
        fact=events.AssemblyDecisionFollowed,
        words=_("Номер и дата на заповедта, какво се нарежда, на кого и до кога"),
    ),
    _act(
        *("propose", (ADOPTED,), PROPOSED, _("Кметът внесе предложение в общинския съвет")),
        _("Запишете предложението до съвета"),
        _("Когато решението е по въпрос, който решава общинският съвет."),
        ground="ЗПУГДВМС чл. 63, ал. 3",
        fact=events.AssemblyDecisionFollowed,
        words=_("Номер и дата на предложението"),
    ),
    _act(
        *("act", (PROPOSED,), ACTED, _("Общинският съвет прие акт")),
        _("Запишете решението на съвета"),
        _("Публикува се тук веднага."),
        ground="ЗПУГДВМС чл. 54, ал. 2 – 3",
        fact=events.AssemblyDecisionFollowed,
        words=_("Номер и дата на решението, кой го изпълнява и до кога"),
    ),
    _act(
        *("refuse", (PROPOSED,), REFUSED, _("Общинският съвет отказа")),
        _("Запишете отказа на съвета"),
        _("Публикува се тук с причината."),
        ground="ЗПУГДВМС чл. 54, ал. 2 – 3",
        fact=events.AssemblyDecisionFollowed,
        words=_("Номер и дата на решението, защо съветът отказва"),
    ),
    _act(
        *("carry-out", (ORDERED, ACTED), DONE, _("Решението е изпълнено")),
        _("Запишете какво е направено"),
        _("Всички го четат под решението."),
        fact=events.AssemblyDecisionFollowed,
        words=_("Какво е направено"),
    ),
    _act(
        *("drop", (ADOPTED, ORDERED, ACTED), DROPPED, _("Общината няма да изпълни решението")),
        _("Запишете, че няма да се изпълни"),
        _("Публикува се тук с причината."),
        fact=events.AssemblyDecisionFollowed,
        words=_("Защо няма да се изпълни"),
    ),
)
FOLLOWS: Mapping[str, AssemblyAct] = {act.way.name: act for act in _FOLLOWS}
WAYS: Mapping[str, Way] = {
    **{act.way.name: act.way for act in (*_ACTS, *_FOLLOWS)},
    **{way.name: way for way in (POSTPONE, OPENED, FAIL, HOLD)},
}


def acts_from(state: str) -> list[AssemblyAct]:
    """What staff may press for an assembly in that state."""
    return [act for act in _ACTS if state in act.way.sources]


def follows_from(state: str) -> list[AssemblyAct]:
    """What staff may press for a question in that state."""
    return [act for act in _FOLLOWS if state in act.way.sources]
