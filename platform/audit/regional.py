"""The region's own log, as its team reads it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Text, cast, func, literal_column, or_, select

from obshto.platform.audit.models import RegionalEntry
from obshto.platform.audit.services import PAGE
from obshto.platform.unit_of_work import UnitOfWork

NOBODYS = "-"  # the place of acts upon no municipality
VALUES: ColumnElement[str] = literal_column(
    "'$.*'::jsonpath"
)  # of what is told, without the names of its fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which entries somebody wants to read; what is empty asks for nothing.

    `act` is how the name of a fact begins („sso:“), `words` stand in the name of who acted or in
    what is told of the act.
    """

    place: str = ""
    act: str = ""
    words: str = ""


def regional_entries(
    region: UnitOfWork, wanted: Wanted, *, before: UUID | None
) -> list[RegionalEntry]:
    """A page of the newest, those older than that one; ids are in the order of time. One query."""
    asked = select(RegionalEntry).where(*_conditions(wanted))
    if before:
        asked = asked.where(RegionalEntry.id < before)
    return list(region.session.scalars(asked.order_by(RegionalEntry.id.desc()).limit(PAGE)))


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    entry = RegionalEntry
    asked: list[ColumnElement[bool]] = []
    if wanted.place == NOBODYS:
        asked.append(entry.municipality.is_(None))
    elif wanted.place:
        asked.append(entry.municipality == wanted.place)
    if wanted.act:
        asked.append(entry.act.startswith(wanted.act, autoescape=True))
    for word in wanted.words.split():
        told = cast(func.jsonb_path_query_array(entry.detail, VALUES), Text)
        asked.append(
            or_(
                entry.person_name.icontains(word, autoescape=True),
                told.icontains(word, autoescape=True),
            )
        )
    return asked
