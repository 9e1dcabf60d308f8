"""States of a proposal and the acts between them: by whom, on what ground of law, what is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _

from obshto.modules.referendum import events
from obshto.modules.referendum.errors import ReferendumNotFromHere
from obshto.modules.referendum.permissions import ReferendumPermission
from obshto.platform.clock import today
from obshto.platform.legal.sizes import body_size
from obshto.platform.workflow import Machine, Transition, TransitionAct

COUNCILLORS, MAYOR, CITIZENS, DEMAND = "councillors", "mayor", "citizens", "demand"
PROPOSERS: Mapping[str, LazyString] = {
    CITIZENS: _("Инициативен комитет с подписка"),
    DEMAND: _("Инициативен комитет срещу решение на съвета"),
    COUNCILLORS: _("Общински съветници"),
    MAYOR: _("Кмет"),
}
WITH_PETITION = (CITIZENS, DEMAND)
DRAFT, FORMED, COLLECTING, FILED = "draft", "formed", "collecting", "filed"
CHECKING, IRREGULAR, DEBATE, DATING = "checking", "irregular", "debate", "dating"
REJECTED, APPEALED, ANNULLED, GOVERNOR = "rejected", "appealed", "annulled", "governor"
CALLED, ADOPTED, FAILED = "called", "adopted", "failed"
TERMINATED, REFUSED, DISCARDED = "terminated", "refused", "discarded"
STATES: Mapping[str, LazyString] = {
    DRAFT: _("Чернова"),
    FORMED: _("Учреден комитет"),
    COLLECTING: _("Събират се подписи"),
    FILED: _("Внесена подписка"),
    CHECKING: _("Проверка на подписите"),
    IRREGULAR: _("С нередовности"),
    DEBATE: _("Чака съвета"),
    DATING: _("Чака дата"),
    REJECTED: _("Отказан от съвета"),
    APPEALED: _("Обжалван пред съда"),
    ANNULLED: _("Отказът е отменен"),
    GOVERNOR: _("При областния управител"),
    CALLED: _("Насрочен"),
    ADOPTED: _("Приет с гласуване"),
    FAILED: _("Неприет"),
    TERMINATED: _("Прекратен"),
    REFUSED: _("Окончателен отказ"),
    DISCARDED: _("Изтрита чернова"),
}
COLOURS: Mapping[str, str] = {
    **{DRAFT: "grey", FORMED: "grey", COLLECTING: "blue", FILED: "blue", CHECKING: "blue"},
    **{IRREGULAR: "orange", DEBATE: "yellow", DATING: "yellow", REJECTED: "red"},
    **{APPEALED: "purple", ANNULLED: "yellow", GOVERNOR: "yellow", CALLED: "green"},
    **{ADOPTED: "green", FAILED: "grey", TERMINATED: "grey", REFUSED: "grey"},
}
ENDED = (ADOPTED, FAILED, TERMINATED, REFUSED, DISCARDED)
HIDDEN = (DRAFT, FORMED, DISCARDED)  # what the public does not see
MACHINE = Machine(states=STATES, refusal=ReferendumNotFromHere)
Way = Transition[events.ReferendumFact]


@dataclass(frozen=True, slots=True, kw_only=True)
class Act(TransitionAct[events.ReferendumFact]):
    """An act of those `proposers`; `asks` is what else it asks: a date of the vote, a result."""

    asks: str = ""
    proposers: tuple[str, ...] = tuple(PROPOSERS)

    @property
    def is_committees(self) -> bool:
        """Done by whoever proposes; staff may do it for them from paper."""
        return self.way.who is None


LEAD = ReferendumPermission.LEAD


def _act(
    name: str,
    sources: tuple[str, ...],
    to: str,
    told: LazyString,
    button: LazyString,
    hint: LazyString,
    *,
    ground: str = "",
    who: ReferendumPermission | None = LEAD,
    fact: type[events.ReferendumFact] = events.ReferendumChanged,
    **more: object,
) -> Act:
    way = Transition(
        name=name, sources=sources, to=to, who=who, fact=fact, told=told, ground=ground
    )
    return Act(way=way, button=button, hint=hint, **more)  # type: ignore[arg-type]


def _committee_size() -> str:
    asked = body_size("zpu_committee", on=today())
    return str(
        gettext(
            "От %(least)s до %(most)s членове с избирателни права, един от тях председател.",
            least=asked.least,
            most=asked.most,
        )
    )


_ACTS = (
    _act(
        *("form", (DRAFT,), FORMED, _("Комитетът е учреден")),
        _("Учредете комитета"),
        LazyString(_committee_size),
        ground="ЗПУГДВМС чл. 28, ал. 1",
        who=None,
        fact=events.ReferendumAdvanced,
        proposers=WITH_PETITION,
    ),
    _act(
        *("discard", (DRAFT, FORMED), DISCARDED, _("Черновата е изтрита")),
        _("Изтрийте черновата"),
        _("Още никой друг не я вижда. Изтритото не се връща."),
        who=None,
        fact=events.ReferendumAdvanced,
    ),
    _act(
        *("start", (FORMED,), COLLECTING, _("Комитетът уведоми съвета и кмета за подписката")),
        _("Запишете уведомяването"),
        _("Денят, в който писмото до председателя на съвета и до кмета е входирано."),
        ground="ЗПУГДВМС чл. 28, ал. 2, т. 3",
        who=None,
        proposers=WITH_PETITION,
    ),
    _act(
        *("submit", (DRAFT,), DEBATE, _("Предложението е внесено в съвета")),
        _("Внесете предложението"),
        _("Денят, в който предложението е входирано в съвета."),
        ground="ЗПУГДВМС чл. 27, ал. 1, т. 1 и 2",
        who=None,
        proposers=(COUNCILLORS, MAYOR),
    ),
    _act(
        *("file", (COLLECTING,), FILED, _("Комитетът внесе подписката")),
        _("Внесете подписката"),
        _("Денят, в който листата и файлът са предадени в съвета."),
        ground="ЗПУГДВМС чл. 28, ал. 2, т. 4; чл. 29, ал. 1",
        who=None,
        proposers=WITH_PETITION,
    ),
    _act(
        *("send", (FILED,), CHECKING, _("Подписката е изпратена за проверка в ГРАО")),
        _("Изпратете за проверка"),
        _("Изпратете файла на териториалното звено на ГРАО и запишете деня."),
        ground="ЗПУГДВМС чл. 29, ал. 2",
        proposers=WITH_PETITION,
    ),
    _act(
        *("confirm", (CHECKING,), DEBATE, _("Проверката потвърди нужните подписи")),
        _("Запишете протокола: подписите стигат"),
        _("Първо въведете кои редове не са на гласоподаватели по протокола."),
        ground="ЗПУГДВМС чл. 29, ал. 2",
        words=_("Номер и дата на протокола"),
        proposers=(CITIZENS,),
    ),
    _act(
        *("confirm-demand", (CHECKING,), DATING, _("Проверката потвърди нужните подписи")),
        _("Запишете протокола: подписите стигат"),
        _("Първо въведете кои редове не са на гласоподаватели по протокола."),
        ground="ЗПУГДВМС чл. 27, ал. 3; чл. 29, ал. 2",
        words=_("Номер и дата на протокола"),
        proposers=(DEMAND,),
    ),
    _act(
        *("fault", (FILED, CHECKING), IRREGULAR, _("В подписката има нередовности")),
        _("Съобщете нередовности"),
        _("Комитетът има един месец, за да ги отстрани."),
        ground="ЗПУГДВМС чл. 29, ал. 3",
        words=_("Какво трябва да се поправи"),
        proposers=WITH_PETITION,
    ),
    _act(
        *("cure", (IRREGULAR,), CHECKING, _("Комитетът отстрани нередовностите")),
        _("Запишете, че нередовностите са отстранени"),
        _("Денят, в който поправеното е предадено."),
        ground="ЗПУГДВМС чл. 29, ал. 3",
        who=None,
        proposers=WITH_PETITION,
    ),
    _act(
        *("end", (COLLECTING, IRREGULAR), TERMINATED, _("Процедурата е прекратена")),
        _("Прекратете процедурата"),
        _("Само след края на срока. Нова подписка е възможна след шест месеца."),
        ground="ЗПУГДВМС чл. 28, ал. 8",
        words=_("Мотиви"),
        proposers=WITH_PETITION,
    ),
    _act(
        *("call", (DEBATE, ANNULLED), CALLED, _("Общинският съвет насрочи референдума")),
        _("Насрочете референдума"),
        _("Изберете ден от календара: предлагаме само допустими дни."),
        ground="ЗПУГДВМС чл. 30, ал. 4 и 5",
        words=_("Номер на решението"),
        asks="date",
        fact=events.ReferendumCalled,
    ),
    _act(
        *("set-date", (DATING,), CALLED, _("Кметът определи датата на референдума")),
        _("Определете датата"),
        _("До два месеца от искането, в почивен ден."),
        ground="ЗПУГДВМС чл. 27, ал. 3",
        words=_("Номер на заповедта"),
        asks="date",
        fact=events.ReferendumCalled,
        proposers=(DEMAND,),
    ),
    _act(
        *("reject", (DEBATE,), REJECTED, _("Общинският съвет отказа референдума")),
        _("Запишете отказ на съвета"),
        _("Мотивите се публикуват. Отказът се обжалва до седем дни от обявяването му."),
        ground="ЗПУГДВМС чл. 31",
        words=_("Номер на решението и мотиви"),
        asks="refusal",
    ),
    _act(
        *("appeal", (REJECTED,), APPEALED, _("Отказът е обжалван пред административния съд")),
        _("Запишете жалба"),
        _("Обжалват предложителите и областният управител."),
        ground="ЗПУГДВМС чл. 32, ал. 1",
        words=_("Кой обжалва и номер на делото"),
    ),
    _act(
        *("lapse", (REJECTED,), REFUSED, _("Никой не обжалва отказа в срока")),
        _("Запишете, че отказът не е обжалван"),
        _("Само след края на седемте дни."),
        ground="ЗПУГДВМС чл. 32, ал. 1",
    ),
    _act(
        *("annul", (APPEALED,), ANNULLED, _("Съдът отмени отказа")),
        _("Запишете решение: отказът е отменен"),
        _("Съветът насрочва референдума от 45 до 60 дни след решението на съда."),
        ground="ЗПУГДВМС чл. 32, ал. 2",
        words=_("Номер на съдебното решение"),
    ),
    _act(
        *("uphold", (APPEALED,), REFUSED, _("Съдът потвърди отказа")),
        _("Запишете решение: отказът остава"),
        _("Решението е окончателно."),
        ground="ЗПУГДВМС чл. 32, ал. 1",
        words=_("Номер на съдебното решение"),
    ),
    _act(
        *("turn", (DEBATE, ANNULLED), GOVERNOR, _("Комитетът поиска областният да насрочи")),
        _("Запишете искане до областния управител"),
        _("Когато съветът не е насрочил в срока."),
        ground="ЗПУГДВМС чл. 32, ал. 3",
        proposers=WITH_PETITION,
        words=_("Входящ номер при областния управител"),
    ),
    _act(
        *("order", (GOVERNOR,), CALLED, _("Областният управител насрочи референдума")),
        _("Запишете заповед: насрочен"),
        _("Изберете ден от календара."),
        ground="ЗПУГДВМС чл. 32, ал. 3",
        words=_("Номер на заповедта"),
        asks="date",
        fact=events.ReferendumCalled,
    ),
    _act(
        *("decline", (GOVERNOR,), REFUSED, _("Областният управител отказа да насрочи")),
        _("Запишете отказ на областния управител"),
        _("Мотивите се публикуват."),
        ground="ЗПУГДВМС чл. 32, ал. 3",
        words=_("Номер и мотиви"),
    ),
    _act(
        *("adopt", (CALLED,), ADOPTED, _("Въпросът е приет")),
        _("Запишете резултата"),
        _("Числата са от решението на общинската избирателна комисия. Тук никой не гласува."),
        ground="ЗПУГДВМС чл. 41",
        words=_("Номер на решението на комисията"),
        asks="result",
        fact=events.ReferendumDecided,
    ),
    _act(
        *("fail", (CALLED,), FAILED, _("Въпросът не е приет")),
        _("Запишете резултата"),
        _("Числата са от решението на общинската избирателна комисия. Тук никой не гласува."),
        ground="ЗПУГДВМС чл. 41",
        words=_("Номер на решението на комисията"),
        fact=events.ReferendumDecided,
    ),
    _act(
        *("overturn", (ADOPTED, FAILED), CALLED, _("Съдът отмени резултата")),
        _("Запишете решение: резултатът е отменен"),
        _("Резултатът се обявява отново, както съдът е решил."),
        ground="ЗПУГДВМС чл. 42",
        words=_("Номер на съдебното решение"),
    ),
)
ACTS: Mapping[str, Act] = {act.way.name: act for act in _ACTS}
# Without a button: which of two it is, the numbers say; a result falls where it was counted.
WITHOUT_BUTTON = ("fail", "overturn")
# Offered once the term is over; before it the law says no.
AFTER_TERM = ("end", "lapse", "turn")
# What is ahead of a proposal where all goes well, by who proposes.
AHEAD: Mapping[str, tuple[str, ...]] = {
    CITIZENS: ("form", "start", "file", "send", "confirm", "call"),
    DEMAND: ("form", "start", "file", "send", "confirm-demand", "set-date"),
    COUNCILLORS: ("submit", "call"),
    MAYOR: ("submit", "call"),
}
AHEAD_OF_STATE: Mapping[str, tuple[str, ...]] = {GOVERNOR: ("order",)}
# Where the council said no, a date may never come: only the ways on are told.
NOTHING_AHEAD = (*ENDED, CALLED, REJECTED, APPEALED)


def acts_from(state: str, proposer: str) -> list[Act]:
    """The ways out of a state for this kind of proposer, each with its button."""
    return [
        act
        for act in ACTS.values()
        if state in act.way.sources
        and proposer in act.proposers
        and act.way.name not in WITHOUT_BUTTON
    ]
