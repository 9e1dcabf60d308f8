"""Due terms: who owes the next step of a proposal, by when, and why then."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from flask_babel import lazy_gettext as _

from obshto.modules.referendum.services.question_rules import WAITS, again_after
from obshto.modules.referendum.services.states import (
    ANNULLED,
    APPEALED,
    CALLED,
    CHECKING,
    COLLECTING,
    DATING,
    DEBATE,
    DEMAND,
    DRAFT,
    FILED,
    FORMED,
    GOVERNOR,
    IRREGULAR,
    REJECTED,
)
from obshto.platform.legal.terms import Term, term, waiting_term
from obshto.platform.petitions.stations import Due

Days = Mapping[str, date]  # by the name of the act: the last day on which it happened
PROPOSER, COMMITTEE = _("Предложителят"), _("Инициативният комитет")
CHAIR, COUNCIL, MAYOR = _("Председателят на съвета"), _("Общинският съвет"), _("Кметът")


def due_of(
    state: str,
    days: Days,
    *,
    proposer: str,
    decision_on: date | None = None,
    check_stops_month: bool = False,
) -> Due | None:
    """What is owed in a state; None where all is over and nothing has to be waited for."""
    if state == COLLECTING:
        return Due(
            owes=COMMITTEE,
            what=_("събира подписите и внася подписката"),
            term=_collecting(days, proposer, decision_on),
        )
    if state == DEBATE:
        return Due(
            owes=COUNCIL,
            what=_("разглежда предложението; становищата се дават най-късно 3 дни преди сесията"),
            term=_session(days, check_stops_month=check_stops_month),
        )
    if state in WAITS and state != REJECTED:
        wait = again_after(state, days["ended"]) if "ended" in days else None
        return Due(
            owes=PROPOSER, what=_("може да предложи същия въпрос пак"), term=wait, is_wait=True
        )
    made = _FIXED.get(state)
    return made(days) if made else None


def _collecting(days: Days, proposer: str, decision_on: date | None) -> Term:
    """Three months from the notice (чл. 28, ал. 8); against a decision a month (чл. 27, ал. 3)."""
    if proposer == DEMAND and decision_on:
        return term("zpu_demand", starts_on=decision_on)
    return term("zpu_collect", starts_on=days["start"])


def _session(days: Days, *, check_stops_month: bool) -> Term:
    """A month from the day it came (чл. 30, ал. 1); by one reading without the days of the check,
    which § 5, ал. 3 of the act in ДВ 100/2010 wrote for petitions of its own time.
    """
    came = days.get("file") or days["submit"]
    if check_stops_month and "send" in days and "confirm" in days:
        came += days["confirm"] - days["send"]
    return term("zpu_session", starts_on=came)


_FIXED: Mapping[str, Callable[[Days], Due]] = {
    DRAFT: lambda days: Due(owes=PROPOSER, what=_("довършва предложението")),
    FORMED: lambda days: Due(owes=COMMITTEE, what=_("уведомява писмено съвета и кмета")),
    FILED: lambda days: Due(
        owes=CHAIR,
        what=_("уведомява съветниците и изпраща подписката за проверка"),
        term=term("zpu_chair", starts_on=days["file"]),
    ),
    CHECKING: lambda days: Due(owes=_("ГРАО"), what=_("проверява подписите веднага")),
    IRREGULAR: lambda days: Due(
        owes=COMMITTEE,
        what=_("отстранява нередовностите"),
        term=term("zpu_cure", starts_on=days["fault"]),
    ),
    DATING: lambda days: Due(
        owes=MAYOR,
        what=_("определя ден за гласуване в срока"),
        term=waiting_term("zpu_demanded_vote", starts_on=days["file"]),
    ),
    REJECTED: lambda days: Due(
        owes=_("Предложителите и областният управител"),
        what=_("могат да обжалват отказа"),
        term=term("zpu_appeal", starts_on=days["reject"]),
    ),
    APPEALED: lambda days: Due(owes=_("Административният съд"), what=_("решава окончателно")),
    ANNULLED: lambda days: Due(
        owes=COUNCIL,
        what=_("насрочва референдума с гласуване в срока"),
        term=waiting_term("zpu_vote_last", starts_on=days["annul"]),
    ),
    GOVERNOR: lambda days: Due(
        owes=CHAIR,
        what=_("предава подписката на областния управител, който решава"),
        term=term("zpu_hand_over", starts_on=days["turn"]),
    ),
    CALLED: lambda days: Due(
        owes=_("Общинската избирателна комисия"),
        what=_("провежда гласуването на хартия и обявява резултата"),
    ),
}
