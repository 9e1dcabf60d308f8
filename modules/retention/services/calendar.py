"""Retention calendar: every declared kind of data with its term, its jobs, what went last."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from flask_babel import LazyString
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on

from obshto.platform.modularity.manifest import Component, DataKind, Job, OwnTerm, RetentionRule
from obshto.platform.modularity.registry import components_here
from obshto.platform.modularity.retention_rules import OutsideKeeper, OutsideRun
from obshto.platform.privacy.models import RetentionRun
from obshto.platform.unit_of_work import UnitOfWork


@dataclass(slots=True, kw_only=True)
class CalendarRule:
    """One rule of the calendar. `key` is „part:word“ of a `Processing`, else its first job's name.

    Without `jobs` nothing takes it away by the clock: `how` says what does, where that is known.
    """

    key: str
    what: LazyString
    kept: LazyString
    ground: str
    kinds: tuple[DataKind, ...] = ()
    how: LazyString | None = None
    keeper: OutsideKeeper | None = None
    jobs: list[str] = field(default_factory=list)
    own_terms: Callable[[UnitOfWork], Sequence[OwnTerm]] | None = None

    @property
    def is_personal(self) -> bool:
        return bool(self.kinds)


@dataclass(frozen=True, slots=True)
class LastRun:
    """When a rule was kept last, and when it took something last, with how much."""

    ran_at: datetime | None = None
    took_at: datetime | None = None
    took: int = 0


def rules_here() -> list[CalendarRule]:
    """Rules of every part that is there for the municipality, people's data first, by title."""
    return sorted(
        rules_of(components_here()), key=lambda rule: (not rule.is_personal, str(rule.what))
    )


def rules_of(parts: Iterable[Component]) -> list[CalendarRule]:
    """Each `Processing` is a rule; rules that several jobs share stand once."""
    found: dict[str, CalendarRule] = {}
    shared: dict[int, CalendarRule] = {}
    for part in parts:
        for one in part.processing:
            key = f"{part.slug}:{one.word}"
            found[key] = CalendarRule(
                key=key,
                what=one.title,
                kept=one.kept,
                ground=one.ground,
                kinds=one.kinds,
                own_terms=one.own_terms,
            )
        for job in part.jobs:
            _add_job(found, shared, part, job)
    return list(found.values())


def rules_elsewhere() -> list[CalendarRule]:
    """What lies outside the tables: copies, logs, files, search, fragments of pages."""
    return [
        CalendarRule(
            key=f"{part.slug}:{number}",
            what=rule.what,
            kept=rule.kept,
            ground=rule.ground,
            how=rule.how,
            keeper=rule.keeper,
        )
        for part in components_here()
        for number, rule in enumerate(part.kept_elsewhere)
    ]


def outside_runs(uow: UnitOfWork) -> list[tuple[CalendarRule, OutsideRun]]:
    """Runs outside the tables that concern this municipality, the newest first; a query a keeper.

    They lie in the region's tables, so each is asked for apart from the municipality's work.
    """
    slug = uow.scope.slug
    watched = ((rule, rule.keeper) for rule in rules_elsewhere())
    runs = [(rule, run) for rule, keeper in watched if keeper for run in keeper.runs(slug)]
    return sorted(runs, key=lambda pair: pair[1].at, reverse=True)


def last_outside(uow: UnitOfWork) -> Mapping[str, OutsideRun]:
    """The last run of each rule outside the tables that somebody writes down, by its key."""
    return {rule.key: run for rule, run in reversed(outside_runs(uow))}


def outside_due(uow: UnitOfWork) -> list[tuple[CalendarRule, int | None]]:
    """What lies outside the tables; how much of it goes at the next run, where that is known."""
    slug = uow.scope.slug
    return [
        (rule, rule.keeper.due(slug, uow.now) if rule.keeper else None)
        for rule in rules_elsewhere()
    ]


def own_terms(uow: UnitOfWork, rules: Iterable[CalendarRule]) -> dict[str, Sequence[OwnTerm]]:
    """By the rule's key, what the municipality keeps for another time. One query a rule."""
    return {rule.key: rule.own_terms(uow) for rule in rules if rule.own_terms}


def last_runs(uow: UnitOfWork, rules: Sequence[CalendarRule]) -> Mapping[str, LastRun]:
    """By the rule's key. Two queries."""
    latest = select(RetentionRun.job, RetentionRun.at, RetentionRun.erased + RetentionRun.emptied)
    latest = latest.ext(distinct_on(RetentionRun.job)).order_by(
        RetentionRun.job, RetentionRun.at.desc()
    )
    ran = {job: at for job, at, _took in uow.session.execute(latest)}
    taking = latest.where(RetentionRun.ids_hash.is_not(None))
    took = {job: (at, number) for job, at, number in uow.session.execute(taking)}
    return {rule.key: _last(rule, ran, took) for rule in rules}


def _last(
    rule: CalendarRule, ran: Mapping[str, datetime], took: Mapping[str, tuple[datetime, int]]
) -> LastRun:
    runs = [ran[job] for job in rule.jobs if job in ran]
    taken = [took[job] for job in rule.jobs if job in took]
    if not taken:
        return LastRun(ran_at=max(runs, default=None))
    took_at, number = max(taken)
    return LastRun(ran_at=max(runs), took_at=took_at, took=number)


def _add_job(
    found: dict[str, CalendarRule], shared: dict[int, CalendarRule], part: Component, job: Job
) -> None:
    if job.retention is None:
        return
    if not isinstance(job.retention, RetentionRule):
        found[f"{part.slug}:{job.retention}"].jobs.append(job.name)
        return
    rule = shared.get(id(job.retention))
    if rule is None:
        rule = CalendarRule(
            key=job.name,
            what=job.retention.what,
            kept=job.retention.kept,
            ground=job.retention.ground,
        )
        shared[id(job.retention)] = found[job.name] = rule
    rule.jobs.append(job.name)
