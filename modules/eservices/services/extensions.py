"""A longer term, by a rule of the law, told to the person at once."""

from __future__ import annotations

from obshto.modules.eservices.errors import NotFromHere, NotLonger
from obshto.modules.eservices.events import TermExtended
from obshto.modules.eservices.models import Case
from obshto.modules.eservices.services.case_actions import only_mine
from obshto.modules.eservices.services.case_queries import term_of
from obshto.modules.eservices.services.prices import extended
from obshto.modules.eservices.services.states import (
    IN_WORK,
    STATES,
    add_step,
    procedure_of,
    record,
)
from obshto.platform.legal.terms import RULES, Term
from obshto.platform.unit_of_work import UnitOfWork


def extensions_of(case: Case) -> dict[str, Term]:
    """The rules by which the term of this case can be longer, with the day each leads to."""
    if case.extension:
        return {}
    base = term_of(case)
    found = {rule: extended(rule, base) for rule in procedure_of(case)["extensions"]}
    return {rule: longer for rule, longer in found.items() if longer.due_on > base.due_on}


def extend(uow: UnitOfWork, case: Case, rule: str, words: str, *, expected_version: int) -> None:
    """Once for each run of the clock (АПК чл. 57, ал. 8).

    Raises StaleVersion, NotFromHere, NotYours, NotLonger.
    """
    if case.extension == rule:
        return
    only_mine(uow, case, expected_version)
    if case.state != IN_WORK:
        raise NotFromHere(state=STATES[case.state])
    if rule not in extensions_of(case):
        raise NotLonger
    case.extension = rule
    case.due_on = term_of(case).due_on
    add_step(
        uow,
        case,
        "extended",
        ground=RULES[rule]["article"],
        words=words,
        by_name=uow.principal.name,
    )
    record(uow, case, TermExtended)
