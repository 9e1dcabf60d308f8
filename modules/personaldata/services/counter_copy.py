"""Copy of a person's data on paper, for who stands at the counter with an identity card.

It needs an account whose name is the one on the card, and which this municipality knows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import gettext
from sqlalchemy import select

from obshto.modules.personaldata.errors import NobodyToCopy, NoSuchLook
from obshto.modules.personaldata.services.account_links import linked_with
from obshto.modules.personaldata.services.copy_labels import LABELS
from obshto.modules.personaldata.services.counter_print import PART
from obshto.modules.personaldata.services.kinds import LAW
from obshto.platform.modularity.manifest import DataKind
from obshto.platform.privacy.services import CopyTaken, export_by_part
from obshto.platform.purposes.look_words import section_of
from obshto.platform.purposes.models import RecordedLook
from obshto.platform.purposes.services import SITTING, Opened, Purpose, look
from obshto.platform.purposes.subjects import Subject
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import moment
from obshto.tenants.api import Person, is_named, people_with_email, person_of

COPY = "copy"
OF_LOOKS = "purposes"  # a timeline alone makes nobody known here
GROUND = f"{LAW}, чл. 15, § 3"
LEFT_OUT = ("id", "ekatte")


@dataclass(frozen=True, slots=True, kw_only=True)
class CopySection:
    """What one part knows: each row as lines of label and value."""

    title: str
    rows: Sequence[Sequence[tuple[str, str]]]


def open_copy(uow: UnitOfWork, *, name: str, email: str, request_id: UUID) -> UUID:
    """Record that a clerk prints it; the id of that look. The same form twice is one.

    Raises NobodyToCopy.
    """
    wanted = select(RecordedLook.id).where(RecordedLook.request_id == request_id)
    if found := uow.session.scalar(wanted):
        return found
    person = _known_here(uow, name, email)
    _look(uow, person, request_id=request_id)
    uow.session.flush()
    uow.emit(CopyTaken(subject_id=person.id))
    return uow.session.scalars(wanted).one()


def copy_to_print(uow: UnitOfWork, look_id: UUID) -> tuple[Person, list[CopySection]]:
    """All of it, in the sitting in which the clerk opened it. Raises NoSuchLook."""
    person_id = uow.session.scalar(
        select(RecordedLook.object_id).where(
            RecordedLook.id == look_id,
            RecordedLook.purpose == COPY,
            RecordedLook.by_id == uow.principal.person_id,
            RecordedLook.at > uow.now - SITTING,
        )
    )
    if person_id is None:
        raise NoSuchLook
    person, sections = person_of(person_id), []
    for one in (person, *(person_of(other) for other in linked_with(uow, person_id))):
        _look(uow, one)
        sections += [_section(slug, told) for slug, told in _told(uow, one.id)]
    return person, sections


def _known_here(uow: UnitOfWork, name: str, email: str) -> Person:
    same = [one for one in people_with_email(email) if is_named(one, name)]
    if len(same) != 1 or all(slug == OF_LOOKS for slug, _ in _told(uow, same[0].id)):
        raise NobodyToCopy
    return same[0]


def _told(uow: UnitOfWork, person_id: UUID) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for slug, told in export_by_part(uow, person_id):
        if any(told.values()):
            yield slug, told


def _look(uow: UnitOfWork, person: Person, *, request_id: UUID | None = None) -> None:
    subject = Subject(person_id=person.id, email=person.email or "", name=person.name)
    opened = Opened(part=PART, object_id=person.id, subject=subject)
    said = Purpose(word=COPY, kinds=tuple(DataKind), ground=GROUND, request_id=request_id)
    look(uow, opened, said)


def _section(slug: str, told: Mapping[str, Sequence[Mapping[str, Any]]]) -> CopySection:
    rows = [list(_lines(row)) for rows in told.values() for row in rows]
    return CopySection(title=section_of(slug), rows=[row for row in rows if row])


def _lines(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in row.items():
        if key in LEFT_OUT or key.endswith("_id") or value in (None, "", [], {}):
            continue
        yield str(LABELS.get(key, "")), _in_words(value)


def _in_words(value: Any) -> str:
    if isinstance(value, bool):
        return str(gettext("да") if value else gettext("не"))
    if isinstance(value, Mapping):
        return "; ".join(f"{label}: {said}" if label else said for label, said in _lines(value))
    if isinstance(value, list | tuple):
        return "; ".join(_in_words(one) for one in value)
    return _day_of(str(value))


def _day_of(text: str) -> str:
    """A moment as people write it; whatever else stays as it is."""
    if len(text) < 19 or text[10:11] != "T":
        return text
    try:
        return str(moment(datetime.fromisoformat(text)))
    except ValueError:
        return text
