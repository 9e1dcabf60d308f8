"""Filter of a log: of a municipality's as of the region's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Text, cast, func, literal_column, or_

from obshto.platform.audit.models import AuditEntry, RegionalEntry
from obshto.platform.clock import SOFIA

VALUES: ColumnElement[str] = literal_column(
    "'$.*'::jsonpath"
)  # of what is told, without the names of its fields
Entries = type[AuditEntry] | type[RegionalEntry]


@dataclass(frozen=True, slots=True, kw_only=True)
class LogFilter:
    """Which entries somebody wants to read; what is empty asks for nothing.

    `act` is how the name of a fact begins („sso:“), `words` stand in the name of who acted or in
    what is told of the act; `first` and `last` are whole days, as clocks in Bulgaria show them.
    """

    act: str = ""
    words: str = ""
    first: date | None = None
    last: date | None = None


def conditions(entry: Entries, wanted: LogFilter) -> list[ColumnElement[bool]]:
    """The same of the rows of one of the logs."""
    asked: list[ColumnElement[bool]] = []
    if wanted.act:
        asked.append(entry.act.startswith(wanted.act, autoescape=True))
    if wanted.first:
        asked.append(entry.at >= _midnight(wanted.first))
    if wanted.last:
        asked.append(entry.at < _midnight(wanted.last + timedelta(days=1)))
    for word in wanted.words.split():
        told = cast(func.jsonb_path_query_array(entry.detail, VALUES), Text)
        asked.append(
            or_(
                entry.person_name.icontains(word, autoescape=True),
                told.icontains(word, autoescape=True),
            )
        )
    return asked


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SOFIA)
