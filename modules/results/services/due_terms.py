"""Due terms of a result: who owes the next step, by when, and why then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from obshto.modules.results.models import NightStep, SectionProtocol, VoteNight
from obshto.modules.results.services.states import (
    ANNOUNCED,
    ANNULLED,
    CHALLENGED,
    COUNTING,
    KEPT,
    SETTLED,
    SUPREME,
)
from obshto.platform.legal.reasons import Why, why_of_hours, why_of_term
from obshto.platform.legal.terms import HourTerm, Term, term, term_hours

SECTIONS = _("Секционните избирателни комисии")
COMMISSION = _("Общинската избирателна комисия")
PROPOSERS = _("Предложителите и областният управител")
COURT, HIGH_COURT = _("Административният съд"), _("Върховният административен съд")
CHAIR = _("Председателят на общинския съвет")


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """Who owes what. `due_at` is a moment where the law counts hours, `due_on` a day else."""

    owes: LazyString
    what: LazyString
    why: Why | None = None
    due_on: date | None = None
    due_at: datetime | None = None


def days_of(steps: Sequence[NightStep]) -> Mapping[str, date]:
    """The last day of each act; `judged` is the first court's day."""
    days = {step.name: step.happened_on for step in steps}
    judged = [step.happened_on for step in steps if step.name in ("keep", "annul")]
    if judged:
        days["judged"] = judged[-1]
    return days


def last_handed(protocols: Sequence[SectionProtocol]) -> datetime | None:
    """When the last section handed its protocol over; None while one is missing."""
    told = [row.handed_at for row in protocols if row.state in SETTLED]
    return max((at for at in told if at), default=None)


def section_term(closed_at: datetime) -> HourTerm:
    """чл. 39, ал. 4."""
    return term_hours("zpu_section_report", starts_at=closed_at)


def report_term(handed_at: datetime) -> HourTerm:
    """чл. 40, ал. 3."""
    return term_hours("zpu_municipal_report", starts_at=handed_at)


def publish_term(step: str, days: Mapping[str, date]) -> Term:
    """Three days from the end of the term that nobody used, or from the last judgment
    (чл. 43, ал. 1). `step` is the act that made the result final.
    """
    if step == "lapse":
        starts_on = term("zpu_challenge", starts_on=days["announce"]).due_on
    elif step == "stand":
        starts_on = term("zpu_cassation", starts_on=days["judged"]).due_on
    else:
        starts_on = days[step]
    return term("zpu_publish", starts_on=starts_on)


def next_step(
    night: VoteNight,
    steps: Sequence[NightStep],
    protocols: Sequence[SectionProtocol],
    *,
    closed_at: datetime,
    is_complete: bool,
) -> NextStep | None:
    """Who owes what now; None where a result is final and what follows are its duties."""
    if night.state == COUNTING:
        return _while_counting(night, protocols, closed_at=closed_at, is_complete=is_complete)
    days = days_of(steps)
    if night.state == ANNOUNCED:
        found = term("zpu_challenge", starts_on=days["announce"])
        return _by(PROPOSERS, _("могат да оспорят резултата"), found)
    if night.state == CHALLENGED:
        found = term("zpu_court", starts_on=days["challenge"])
        return _by(COURT, _("решава по жалбата"), found)
    if night.state in (KEPT, ANNULLED):
        found = term("zpu_cassation", starts_on=days["judged"])
        return _by(_("Страните по делото"), _("могат да обжалват решението на съда"), found)
    if night.state == SUPREME:
        found = term("zpu_supreme_court", starts_on=days["appeal"])
        return _by(HIGH_COURT, _("решава окончателно"), found)
    return None


def _while_counting(
    night: VoteNight,
    protocols: Sequence[SectionProtocol],
    *,
    closed_at: datetime,
    is_complete: bool,
) -> NextStep:
    if not is_complete:
        return _by_hour(SECTIONS, _("предават протоколите си"), section_term(closed_at))
    handed_at = last_handed(protocols)
    if night.reported_at is None and handed_at:
        what = _("отчита резултата пред Централната избирателна комисия")
        return _by_hour(COMMISSION, what, report_term(handed_at))
    return NextStep(owes=COMMISSION, what=_("обявява резултата"))


def _by(owes: LazyString, what: LazyString, found: Term) -> NextStep:
    return NextStep(owes=owes, what=what, why=why_of_term(found), due_on=found.due_on)


def _by_hour(owes: LazyString, what: LazyString, found: HourTerm) -> NextStep:
    return NextStep(owes=owes, what=what, why=why_of_hours(found), due_at=found.due_at)
