"""Rule by which a question is adopted, in sentences: the one source of all pages and papers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from obshto.modules.referendum.models import Referendum
from obshto.modules.referendum.services.outcome import RULES_ALONE, RULES_TOGETHER
from obshto.platform.clock import day_of
from obshto.platform.legal.reasons import Why, sentence_of, why_of_term, why_of_threshold
from obshto.platform.legal.terms import term
from obshto.platform.legal.thresholds import threshold
from obshto.platform.modularity.polling_places import VoteCounts
from obshto.platform.modularity.ports import port_here
from obshto.platform.unit_of_work import UnitOfWork

HUNDRED = 100  # voters of whom the share is a number of per cent


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoption:
    """`conditions` hold together; `otherwise` are those of the other rule while nobody knows yet
    which one it is. Each is a sentence with its article, as the law stood when the council was
    told of the question.

    `turnout` is how many in a hundred must vote, None where the rule asks for no turnout;
    `turnout_why` counts them for the municipality. `again` is when the question may come back.
    """

    conditions: Sequence[Why]
    otherwise: Sequence[Why]
    again: Why
    turnout: int | None
    turnout_why: Why | None


def adoption_of(uow: UnitOfWork, proposal: Referendum) -> Adoption:
    """The rule that it goes by, that of today while nothing has begun.

    One query where votes are counted. Raises NoRuleYet.
    """
    on, counts = proposal.vote_on or day_of(uow.now), port_here(VoteCounts)
    begun_on, rule = proposal.begun_on, "zpu_turnout"
    is_known = bool(counts and proposal.vote_on)
    is_together = bool(counts and proposal.vote_on and counts.is_together(uow, proposal.id))
    return Adoption(
        conditions=_conditions(RULES_TOGETHER if is_together else RULES_ALONE, on, begun_on),
        otherwise=() if is_known else _conditions(RULES_TOGETHER, on, begun_on),
        again=why_of_term(term("zpu_not_adopted", starts_on=on)),
        turnout=None
        if is_together
        else threshold(rule, base=HUNDRED, on=on, begun_on=begun_on).needed,
        turnout_why=None if is_together else _turnout_why(proposal, on),
    )


def with_article(why: Why) -> str:
    """A sentence with its article in brackets, in the language in force."""
    return f"{sentence_of(why)} ({why.article})"


def _conditions(rules: Sequence[str], on: date, begun_on: date | None) -> Sequence[Why]:
    found = [threshold(rule, base=HUNDRED, on=on, begun_on=begun_on) for rule in rules]
    return [why_of_threshold(one) for one in found]


def _turnout_why(proposal: Referendum, on: date) -> Why | None:
    """None where the number of voters is not written down, and for a mayoralty: by one reading of
    чл. 41, ал. 2 the voters of the whole municipality count there.
    """
    if proposal.voters is None or proposal.unit or proposal.vote_on is None:
        return None
    needed = threshold("zpu_turnout", base=proposal.voters, on=on, begun_on=proposal.begun_on)
    return why_of_threshold(needed)
