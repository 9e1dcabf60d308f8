"""Due terms as the row of a state tells them: who owes what, by which term of law."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from obshto.platform.legal.procedures import LawInForce, said
from obshto.platform.legal.terms import HourTerm, Rule, Term, term, term_hours, waiting_term
from obshto.platform.petitions.stations import Due

Days = Mapping[str, date]  # by the name of the act: the last day on which it happened
When = TypeVar("When", bound=date)
Moments = Mapping[str, datetime]  # the same for what is known to the minute
WAIT, WINDOW = "wait", "window"  # a time to wait, an edge of a window: no day off moves either
HOURS = "hours"  # as they pass, from a moment


def due_by_rows(
    law: LawInForce[Any],
    state: str,
    days: Days,
    *,
    party: str = "",
    pauses_count: bool = True,
    moments: Moments | None = None,
) -> Due | None:
    """What is owed in a state; None where nobody owes anything and nothing has to be waited for.

    Days between the two acts that a row `pauses` for do not count where `pauses_count` is False.
    """
    rows = law.states[state].get("due", ())
    found = [row for row in rows if party in row.get("proposers", (party,))]
    # A row that runs from a day or moment nobody knows leaves it to the next one.
    known = {**days, **(moments or {})}
    row = next((one for one in found if _start(one, known)), found[-1] if found else None)
    if row is None:
        return None
    return Due(
        owes=said(row["owes"]),
        what=said(row["what"]),
        term=_term(row, days, law.begun_on, pauses_count=pauses_count),
        is_wait=row.get("count") == WAIT,
        hours=_hours(row, moments or {}, law.begun_on),
    )


def _start(row: Rule, days: Mapping[str, When]) -> When | None:
    return next((days[name] for name in row.get("runs_from", ()) if name in days), None)


def _hours(row: Rule, moments: Moments, begun_on: date | None) -> HourTerm | None:
    starts_at = _start(row, moments)
    if row.get("count") != HOURS or starts_at is None:
        return None
    return term_hours(row["term"], starts_at=starts_at, begun_on=begun_on)


def _term(row: Rule, days: Days, begun_on: date | None, *, pauses_count: bool) -> Term | None:
    starts_on = _start(row, days)
    if "term" not in row or starts_on is None or row.get("count") == HOURS:
        return None
    pauses = row.get("pauses", ())
    if pauses and not pauses_count and all(name in days for name in pauses):
        starts_on += days[pauses[1]] - days[pauses[0]]
    if row.get("count") in (WAIT, WINDOW):
        return waiting_term(row["term"], starts_on=starts_on, begun_on=begun_on)
    return term(row["term"], starts_on=starts_on, begun_on=begun_on)
