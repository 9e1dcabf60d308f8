"""Outcome of a vote by the rule that applies: turnout and majority, or majority alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import lazy_gettext as _

from obshto.modules.referendum.errors import ImpossibleResult
from obshto.platform.legal.reasons import Why, why_of_threshold
from obshto.platform.legal.thresholds import threshold

RULES_ALONE = ("zpu_turnout", "zpu_majority")  # чл. 41, ал. 2
RULES_TOGETHER = ("zpu_majority_together",)  # чл. 41, ал. 3: with general local elections


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteNumbers:
    """Numbers of the commission's decision. `council_votes` only together with local elections."""

    voters: int
    participants: int
    yes: int
    no: int
    council_votes: int | None = None


def outcome_of(
    numbers: VoteNumbers, *, on: date, begun_on: date | None = None
) -> tuple[bool, list[Why]]:
    """Adopted or not, and why (чл. 41, ал. 2 и 3). Raises ImpossibleResult."""
    check_numbers(numbers)
    if numbers.council_votes is not None:
        [rule] = RULES_TOGETHER
        counted = [(rule, numbers.council_votes, numbers.yes)]
    else:
        turnout, majority = RULES_ALONE
        counted = [
            (turnout, numbers.voters, numbers.participants),
            (majority, numbers.participants, numbers.yes),
        ]
    whys = [
        why_of_threshold(threshold(rule, base=base, on=on, begun_on=begun_on), number=number)
        for rule, base, number in counted
    ]
    return all(why.holds for why in whys), whys


def check_numbers(numbers: VoteNumbers) -> None:
    """Raises ImpossibleResult for numbers that no count can give."""
    if min(numbers.voters, numbers.participants, numbers.yes, numbers.no) < 0:
        raise ImpossibleResult(how=_("число под нула"))
    if numbers.participants > numbers.voters:
        raise ImpossibleResult(how=_("гласувалите са повече от гласоподавателите"))
    if numbers.yes + numbers.no > numbers.participants:
        raise ImpossibleResult(how=_("„да“ и „не“ са повече от гласувалите"))
