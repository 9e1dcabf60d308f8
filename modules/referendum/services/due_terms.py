"""Due terms: who owes the next step of a proposal, by when, as the row of its state says."""

from __future__ import annotations

from datetime import date

from obshto.modules.referendum.services.states import Act
from obshto.platform.legal.procedures import LawInForce
from obshto.platform.petitions.due_rows import Days, due_by_rows
from obshto.platform.petitions.stations import Due


def due_of(
    law: LawInForce[Act],
    state: str,
    days: Days,
    *,
    proposer: str,
    decision_on: date | None = None,
    check_stops_month: bool = False,
) -> Due | None:
    """What is owed in a state; None where all is over and nothing has to be waited for.

    By one reading the days of the check do not count (чл. 30, ал. 1), which § 5, ал. 3 of the act
    in ДВ 100/2010 wrote for petitions of its own time.
    """
    known = {**days, "decision": decision_on} if decision_on else days
    return due_by_rows(law, state, known, party=proposer, pauses_count=not check_stops_month)
