"""Look at the site by the criteria of every part, and read the report back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import LazyString

from obshto.platform.errors import Conflict
from obshto.platform.modularity.manifest import Component, Criterion, Mend, ModuleManifest, Outcome
from obshto.platform.modularity.registry import components_here, current_registry
from obshto.platform.selfcheck.events import ReportFound
from obshto.platform.selfcheck.models import SelfcheckReport
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE, speaking

THE_ONE = 1
UNSEEN = 0  # what a form saw of a report that was not there
LOOK = "selfcheck:look"
LISTED = 10  # things to mend that are kept for each criterion


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One criterion of the report: `share` of its points is there, `number` things are to mend."""

    word: str
    title: LazyString
    advice: LazyString
    points: int
    share: float
    number: int
    mends: tuple[Mend, ...]

    @property
    def lost(self) -> float:
        return self.points * (1 - self.share)

    @property
    def percent(self) -> int:
        return int(100 * self.share)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The site as it was found: what would gain most comes first."""

    score: int
    looked_at: datetime
    version: int
    lines: tuple[Line, ...]

    @property
    def to_mend(self) -> list[Line]:
        return [line for line in self.lines if line.share < 1]

    @property
    def whole(self) -> list[Line]:
        return [line for line in self.lines if line.share >= 1]


def look(uow: UnitOfWork) -> None:
    """Job: ask every criterion; a part that is switched off has none of its points.

    What was not to mend at the look before is told to staff: each thing once, until it is mended
    and comes again.
    """
    on = {part.slug for part in components_here()}
    with speaking(SOURCE):
        outcomes = {
            criterion.word: _outcome(uow, part, criterion, on) for part, criterion in criteria()
        }
    found = {word: _row(outcome) for word, outcome in outcomes.items()}
    row = uow.session.get(SelfcheckReport, THE_ONE)
    if row is None:
        row = SelfcheckReport(id=THE_ONE, known=[])
        uow.session.add(row)
    mends = {f"{word} {mend.path}": [word, mend.title] for word, mend in _each(outcomes)}
    row.fresh = [told for key, told in mends.items() if key not in row.known]
    row.known = list(mends)
    row.score, row.outcomes, row.looked_at = score_of(found), found, uow.now
    if row.fresh:
        uow.emit(ReportFound(number=len(row.fresh)))


def fresh(uow: UnitOfWork) -> list[tuple[str, str]]:
    """What the last look found new: what its criterion is called in the language in force, it."""
    row = uow.session.get(SelfcheckReport, THE_ONE)
    titles = {criterion.word: str(criterion.title) for _, criterion in criteria()}
    return [(titles[word], title) for word, title in (row.fresh if row else ()) if word in titles]


def ask_to_look(uow: UnitOfWork, *, expected_version: int) -> None:
    """The report is made anew, soon. Raises Conflict when it was already since it was seen."""
    row = uow.session.get(SelfcheckReport, THE_ONE)
    if (row.version if row else UNSEEN) != expected_version:
        raise Conflict
    uow.defer(LOOK, once=LOOK)


def report(uow: UnitOfWork) -> Report | None:
    """The last one; None before the first. One query."""
    row = uow.session.get(SelfcheckReport, THE_ONE)
    if row is None:
        return None
    known = [(one, row.outcomes[one.word]) for _, one in criteria() if one.word in row.outcomes]
    lines = [_line(criterion, told) for criterion, told in known]
    lines.sort(key=lambda line: -line.lost)
    return Report(score=row.score, looked_at=row.looked_at, version=row.version, lines=tuple(lines))


def last_score(uow: UnitOfWork) -> int | None:
    """The number alone. One query."""
    row = uow.session.get(SelfcheckReport, THE_ONE)
    return row.score if row else None


def last_numbers(uow: UnitOfWork) -> Mapping[str, int]:
    """Points and things to mend, for the board of the region; none before the first. One query."""
    row = uow.session.get(SelfcheckReport, THE_ONE)
    if row is None:
        return {}
    return {
        "site.score": row.score,
        "site.mends": sum(told["number"] for told in row.outcomes.values()),
    }


def score_of(outcomes: Mapping[str, Mapping[str, Any]]) -> int:
    """Points that are there, of all, in a hundred; 100 only where nothing is to mend."""
    points = {criterion.word: criterion.points for _, criterion in criteria()}
    there = sum(points[word] * told["share"] for word, told in outcomes.items() if word in points)
    return int(100 * there / sum(points.values()) + 1e-9)


def criteria() -> Iterable[tuple[Component, Criterion]]:
    """Those of every part that is installed, on or off: the model asks all municipalities alike."""
    parts = current_registry().parts.values()
    return [(part, criterion) for part in parts for criterion in part.selfcheck]


def _outcome(uow: UnitOfWork, part: Component, criterion: Criterion, on: set[str]) -> Outcome:
    if part.slug not in on and isinstance(part, ModuleManifest):
        return Outcome(0, (Mend(str(part.title), f"/console/tenants/{part.slug}"),))
    return criterion.look(uow)


def _each(outcomes: Mapping[str, Outcome]) -> Iterable[tuple[str, Mend]]:
    return ((word, mend) for word, outcome in outcomes.items() for mend in outcome.mends)


def _row(outcome: Outcome) -> dict[str, Any]:
    return {
        "share": round(min(max(outcome.share, 0), 1), 4),
        "number": len(outcome.mends),
        "mends": [[mend.title, mend.path] for mend in outcome.mends[:LISTED]],
    }


def _line(criterion: Criterion, told: Mapping[str, Any]) -> Line:
    return Line(
        word=criterion.word,
        title=criterion.title,
        advice=criterion.advice,
        points=criterion.points,
        share=told["share"],
        number=told["number"],
        mends=tuple(Mend(title, path) for title, path in told["mends"]),
    )
