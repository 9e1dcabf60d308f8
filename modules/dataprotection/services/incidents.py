"""Incidents: 72 hours from the signal to the authority, what was decided, what was learned.

Regulation (EU) 2016/679, art. 33 and 34. Hours run on holidays, too (Regulation 1182/71, art. 3).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.exc import IntegrityError

from obshto.modules.dataprotection.errors import (
    IncidentOver,
    NoSuchIncident,
    NotYetWhole,
    StaleProtectionRow,
)
from obshto.modules.dataprotection.events import (
    IncidentChanged,
    IncidentClosed,
    IncidentDecided,
    IncidentDueSoon,
    IncidentFact,
    IncidentOpened,
)
from obshto.modules.dataprotection.models import Incident, IncidentCounter, IncidentLine
from obshto.platform.cases.numbers import next_number
from obshto.platform.entity import expect_version
from obshto.platform.unit_of_work import UnitOfWork

TERM = timedelta(hours=72)
YEAR = timedelta(days=365)  # between two drills
# Reminders: so long before the end of the term, the last one when it has passed.
REMINDERS = (timedelta(hours=24), timedelta(hours=6), timedelta())
TELL, NOT = "tell", "not"
DECISIONS = ("authority", "persons")  # lines that say who is told
# What was broken (Guidelines 9/2022 of the European Data Protection Board, §17).
NATURES: Mapping[str, LazyString] = {
    "confidentiality": _("поверителност: някой е видял или получил чужди данни"),
    "integrity": _("цялост: данни са променени без право"),
    "availability": _("наличност: данни са изгубени, унищожени или недостъпни"),
}
LINES: Mapping[str, LazyString] = {
    "opened": _("Открито е нарушение."),
    "drill": _("Започна учение."),
    "facts": _("Описани са фактите."),
    "authority": _("Решено е за уведомяването на комисията."),
    "persons": _("Решено е за уведомяването на хората."),
    "note": _("Бележка."),
    "closed": _("Нарушението е приключено."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentStart:
    """What is known at the beginning."""

    title: str
    detected_at: datetime
    is_drill: bool = False
    finding_id: UUID | None = None
    about_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentWords:
    """What the authority asks for (art. 33(3)); kinds are values of `DataKind`.

    `how_many` people and `records` are approximate, None where it is not known yet; `contact` is
    how the data protection officer is reached.
    """

    title: str
    happened: str
    people: str
    how_many: int | None
    kinds: list[str]
    consequences: str
    measures: str
    nature: list[str] = field(default_factory=list)
    happened_when: str = ""
    records: int | None = None
    contact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TellingDecision:
    """Whether somebody is told, why, and when it was done."""

    answer: str
    why: str
    told_at: datetime | None = None
    number: str = ""


def visible_incidents(uow: UnitOfWork) -> Select[Incident]:
    """All but those that came from a look of who asks."""
    return select(Incident).where(Incident.about_id.is_distinct_from(uow.principal.person_id))


def untold() -> ColumnElement[bool]:
    """Open, and the authority is neither told nor need be."""
    return and_(
        Incident.closed_at.is_(None),
        Incident.authority != NOT,
        Incident.authority_told_at.is_(None),
    )


def queue(uow: UnitOfWork, list_name: str) -> Select[Incident]:
    """The open ones by their term, or the closed ones, the newest first."""
    rows = visible_incidents(uow)
    if list_name == "closed":
        return rows.where(Incident.closed_at.is_not(None)).order_by(Incident.detected_at.desc())
    return rows.where(Incident.closed_at.is_(None)).order_by(Incident.due_at, Incident.id)


def incident_of(uow: UnitOfWork, incident_id: UUID, *, to_change: bool = False) -> Incident:
    """One of them; `to_change` makes others wait. Raises NoSuchIncident."""
    row = visible_incidents(uow).where(Incident.id == incident_id)
    if to_change:
        row = row.with_for_update().execution_options(populate_existing=True)
    found = uow.session.scalar(row)
    if found is None:
        raise NoSuchIncident
    return found


def lines_of(uow: UnitOfWork, row: Incident) -> Sequence[IncidentLine]:
    """What happened to it, the first thing first."""
    lines = select(IncidentLine).where(IncidentLine.incident_id == row.id)
    return uow.session.scalars(lines.order_by(IncidentLine.at, IncidentLine.id)).all()


def open_incident(uow: UnitOfWork, start: IncidentStart, *, request_id: UUID) -> Incident:
    """Begin one; the same form, or the same finding, twice is one."""
    same = or_(
        Incident.request_id == request_id,
        and_(Incident.finding_id.is_not(None), Incident.finding_id == start.finding_id),
    )
    if found := uow.session.scalar(select(Incident).where(same)):
        return found
    try:
        with uow.session.begin_nested():
            year, sequence = next_number(uow, IncidentCounter, _counter(start))
            row = Incident(request_id=request_id, year=year, sequence=sequence, **_begun(start))
            uow.session.add(row)
    except IntegrityError:  # another form in the same instant
        return uow.session.scalars(select(Incident).where(same)).one()
    _note(uow, row, "drill" if row.is_drill else "opened")
    _tell(uow, row, IncidentOpened)
    return row


def write_facts(
    uow: UnitOfWork, row: Incident, words: IncidentWords, *, expected_version: int
) -> None:
    """What, whom, how many, measures. Raises IncidentOver, StaleProtectionRow."""
    new = {name: getattr(words, name) for name in words.__dataclass_fields__}
    _change(uow, row, new, "facts", expected_version=expected_version)


def decide_authority(
    uow: UnitOfWork, row: Incident, decision: TellingDecision, *, expected_version: int
) -> None:
    """Whether the authority is told, and that it was. Raises IncidentOver, StaleProtectionRow."""
    new = {
        "authority": decision.answer,
        "authority_why": decision.why,
        "authority_told_at": decision.told_at,
        "authority_number": decision.number,
    }
    _change(uow, row, new, "authority", words=decision.why, expected_version=expected_version)


def decide_persons(
    uow: UnitOfWork, row: Incident, decision: TellingDecision, *, expected_version: int
) -> None:
    """Whether the people are told, and that they were. Raises IncidentOver, StaleProtectionRow."""
    new = {
        "persons": decision.answer,
        "persons_why": decision.why,
        "persons_told_at": decision.told_at,
    }
    _change(uow, row, new, "persons", words=decision.why, expected_version=expected_version)


def add_note(uow: UnitOfWork, row: Incident, words: str, *, request_id: UUID) -> None:
    """A line of the history; the same form twice is one. Raises IncidentOver."""
    same = select(IncidentLine.id).where(IncidentLine.request_id == request_id)
    if uow.session.scalar(same):
        return
    if row.closed_at:
        raise IncidentOver
    _note(uow, row, "note", words=words, request_id=request_id)


def close_incident(uow: UnitOfWork, row: Incident, lessons: str, *, expected_version: int) -> None:
    """End it with what was learned. Raises NotYetWhole, StaleProtectionRow."""
    if row.closed_at:
        return
    expect_version(row, expected_version, StaleProtectionRow)
    if missing := missing_of(row):
        raise NotYetWhole(missing=", ".join(missing))
    row.lessons, row.closed_at = lessons, uow.now
    _note(uow, row, "closed", words=lessons)
    _tell(uow, row, IncidentClosed)


def missing_of(row: Incident) -> list[str]:
    """What must be written before it is closed."""
    asked = (
        (row.happened and row.people and row.measures, gettext("какво се е случило")),
        (row.authority, gettext("решението за комисията")),
        (row.authority != TELL or row.authority_told_at, gettext("кога е уведомена комисията")),
        (row.persons, gettext("решението за хората")),
        (row.persons != TELL or row.persons_told_at, gettext("кога са уведомени хората")),
    )
    return [str(words) for is_there, words in asked if not is_there]


def watch_terms(uow: UnitOfWork) -> None:
    """Job: a day and six hours before the end, and when it has passed, who handles it is told."""
    due = Incident.due_at <= uow.now + REMINDERS[0]
    rows = select(Incident).where(untold(), due, Incident.warned < len(REMINDERS))
    rows = rows.order_by(Incident.id).with_for_update(skip_locked=True)
    for row in uow.session.scalars(rows):
        reached = sum(row.due_at - before <= uow.now for before in REMINDERS)
        if reached > row.warned:
            row.warned = reached
            _tell(uow, row, IncidentDueSoon)


def _counter(start: IncidentStart) -> str:
    """A drill takes no number from the real ones: theirs have no gaps."""
    return "drill" if start.is_drill else "incident"


def _begun(start: IncidentStart) -> dict[str, object]:
    return {
        "finding_id": start.finding_id,
        "about_id": start.about_id,
        "is_drill": start.is_drill,
        "title": start.title,
        "detected_at": start.detected_at,
        "due_at": start.detected_at + TERM,
        "kinds": [],
    }


def _change(
    uow: UnitOfWork,
    row: Incident,
    new: Mapping[str, object],
    line: str,
    *,
    words: str = "",
    expected_version: int,
) -> None:
    if all(getattr(row, name) == said for name, said in new.items()):
        return
    if row.closed_at:
        raise IncidentOver
    expect_version(row, expected_version, StaleProtectionRow)
    for name, said in new.items():
        setattr(row, name, said)
    _note(uow, row, line, words=words)
    _tell(uow, row, IncidentDecided if line in DECISIONS else IncidentChanged)


def _note(
    uow: UnitOfWork, row: Incident, name: str, *, words: str = "", request_id: UUID | None = None
) -> None:
    uow.session.flush()
    line = IncidentLine(
        request_id=request_id,
        incident_id=row.id,
        at=uow.now,
        name=name,
        words=words,
        by_id=uow.principal.person_id,
        by_name=uow.principal.name,
    )
    uow.session.add(line)


def _tell(uow: UnitOfWork, row: Incident, fact: type[IncidentFact]) -> None:
    uow.emit(fact(subject_id=row.id, number=row.full_number))
