"""Versions of a draft after the opinions: each change with the opinions that moved it.

A version is never altered, the next one follows it. It is written between the end of a consultation
and its outcome, and the record vouches for its text.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import select

from obshto.modules.consultations.errors import (
    NoSuchMover,
    NoSuchOrigin,
    NothingChanged,
    StaleConsultation,
)
from obshto.modules.consultations.events import VersionPublished
from obshto.modules.consultations.models import (
    Consultation,
    DraftVersion,
)
from obshto.modules.consultations.services.answers import check_answerable
from obshto.modules.consultations.services.comparison import (
    Numbered,
    Piece,
    differences,
    moved_among,
    origins_of,
)
from obshto.modules.consultations.services.consultations import tell
from obshto.modules.consultations.services.paragraphs import Paragraph, labelled
from obshto.modules.consultations.services.queries import IN_ORDER, public_consultation
from obshto.modules.consultations.services.record import add_line
from obshto.modules.consultations.services.states import (
    CHANGED,
    DROPPED,
    MERGED,
    MOVED,
    NEW,
    SPLIT,
)
from obshto.modules.consultations.services.ties import accepted_opinions
from obshto.platform.entity import create_once
from obshto.platform.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphChange:
    """One paragraph that is not as it was. `because` are numbers of opinions, none where the
    municipality changed it itself. `key` is its place, or its number below zero if it is left out.
    """

    number: int
    key: int
    kind: str
    origins: Sequence[int]
    was: Sequence[Piece]
    became: Sequence[Piece]
    because: Sequence[str]
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionWords:
    """A version as typed: by the key of a change, whence it comes and which opinions moved it."""

    lines: Sequence[str]
    origins: Mapping[int, Sequence[int]]
    because: Mapping[int, Sequence[str]]
    follows: int  # the number of the version that its author saw

    def whole_origins(self, before: Numbered) -> dict[int, Sequence[int]]:
        """Of all its paragraphs: what was typed, else what it seems."""
        return dict(enumerate(origins_of(before, self.lines))) | {
            key: numbers for key, numbers in self.origins.items() if 0 <= key < len(self.lines)
        }


def versions_of(uow: UnitOfWork, consultation: Consultation) -> Sequence[DraftVersion]:
    """Those after the draft, in order. One query."""
    own = select(DraftVersion).where(DraftVersion.consultation_id == consultation.id)
    return uow.session.scalars(own.order_by(DraftVersion.number)).all()


def text_at(consultation: Consultation, version: DraftVersion | None) -> list[tuple[int, str]]:
    """The numbered paragraphs of a version; of the draft where there is none."""
    if version is None:
        return list(enumerate(consultation.paragraphs, 1))
    return [(one["number"], one["text"]) for one in version.body if one["text"] is not None]


def newest_text(consultation: Consultation, versions: Sequence[DraftVersion]) -> list[Paragraph]:
    """As it reads now."""
    return labelled(text_at(consultation, versions[-1] if versions else None))


def written_text(version: DraftVersion) -> str:
    """What the record's hash is of: a paragraph a line with its number."""
    return "\n".join(f"{one['number']}. {one['text']}" for one in version.body if one["text"])


def moved_by(versions: Sequence[DraftVersion], number: str) -> list[int]:
    """The paragraphs that an opinion moved, in any version."""
    found = {
        one["number"] for version in versions for one in version.body if number in one["because"]
    }
    return sorted(found)


def changes_of(
    consultation: Consultation, versions: Sequence[DraftVersion], number: int
) -> list[ParagraphChange]:
    """The old text beside the new one: what a version changed in the one before it."""
    by_number = {version.number: version for version in versions}
    before = dict(text_at(consultation, by_number.get(number - 1)))
    return _changes(before, by_number[number].body)


def proposed_changes(
    uow: UnitOfWork,
    consultation: Consultation,
    versions: Sequence[DraftVersion],
    lines: Sequence[str],
) -> list[ParagraphChange]:
    """What a new text seems to change, and who seems to have moved it, for its author to correct.

    One query.
    """
    before = text_at(consultation, versions[-1] if versions else None)
    body = _body(consultation, versions, lines, dict(enumerate(origins_of(before, lines))))
    moved_by = _accepted_by_paragraph(uow, consultation)
    for one in body:
        said = (number for origin in one["from"] for number in moved_by.get(origin, ()))
        one["because"] = list(dict.fromkeys(said))
    return _changes(dict(before), body)


def typed_changes(
    consultation: Consultation, versions: Sequence[DraftVersion], told: VersionWords
) -> list[ParagraphChange]:
    """The same as its author corrected it, right or wrong."""
    before = dict(text_at(consultation, versions[-1] if versions else None))
    origins = {
        key: [number for number in numbers if number in before]
        for key, numbers in told.whole_origins(list(before.items())).items()
    }
    body = _body(consultation, versions, told.lines, origins)
    for place, one in enumerate(body):
        one["because"] = list(told.because.get(_key(place, one), ()))
    return _changes(before, body)


def publish_version(
    uow: UnitOfWork, consultation_id: UUID, told: VersionWords, *, request_id: UUID
) -> DraftVersion:
    """Everybody reads it beside the one before. The same `request_id` again finds the first.

    Raises NoSuchConsultation, ConsultationNotOver, OutcomePublished, StaleConsultation,
    NothingChanged, NoSuchOrigin, NoSuchMover.
    """
    again = select(DraftVersion).where(DraftVersion.request_id == request_id)
    if first := uow.session.scalar(again):
        return first
    consultation = public_consultation(uow, consultation_id, to_change=True)
    check_answerable(uow, consultation)
    versions = versions_of(uow, consultation)
    if told.follows != len(versions) + 1:
        raise StaleConsultation
    before = dict(text_at(consultation, versions[-1] if versions else None))
    _check_origins(told, before)
    origins = told.whole_origins(list(before.items()))
    body = _body(consultation, versions, told.lines, origins)
    _move(uow, consultation, body, told.because)
    changes = _changes(before, body)
    if not changes:
        raise NothingChanged
    version = DraftVersion(
        request_id=request_id,
        consultation_id=consultation.id,
        number=told.follows + 1,
        body=body,
        at=uow.now,
    )
    if (first := create_once(uow, version)) is not version:
        return first
    add_line(uow, consultation, "version", _line(version, changes))
    tell(uow, VersionPublished, consultation)
    return version


def _line(version: DraftVersion, changes: Sequence[ParagraphChange]) -> dict[str, Any]:
    told = [
        {"paragraph": it.number, "how": it.kind, "from": it.origins, "because": it.because}
        for it in changes
    ]
    text = sha256(written_text(version).encode()).hexdigest()
    return {"number": version.number, "text_sha256": text, "changes": told}


def _check_origins(told: VersionWords, before: Mapping[int, str]) -> None:
    for origins in told.origins.values():
        for number in origins:
            if number not in before:
                raise NoSuchOrigin(number=number)


def _body(
    consultation: Consultation,
    versions: Sequence[DraftVersion],
    lines: Sequence[str],
    origins: Mapping[int, Sequence[int]],
) -> list[dict[str, Any]]:
    """Each keeps the first number that it had; what is new has one that nobody ever had."""
    texts = [text_at(consultation, version) for version in (None, *versions)]
    last = max((number for text in texts for number, _ in text), default=0)
    body: list[dict[str, Any]] = []
    taken: set[int] = set()
    for place, line in enumerate(lines):
        own = list(origins.get(place, ()))
        number = next((origin for origin in own if origin not in taken), None)
        if number is None:
            number = last = last + 1
        taken.add(number)
        body.append({"number": number, "text": line, "from": own, "because": []})
    used = {number for one in body for number in one["from"]}
    for number, _ in texts[-1]:
        if number not in used:
            body.append({"number": number, "text": None, "from": [number], "because": []})
    return body


def _changes(before: Mapping[int, str], body: Sequence[dict[str, Any]]) -> list[ParagraphChange]:
    there = [one for one in body if one["text"] is not None]
    alone = [one["number"] for one in there if one["from"] == [one["number"]]]
    moved = moved_among(alone, list(before))
    uses: dict[int, int] = {}
    for one in there:
        for origin in one["from"]:
            uses[origin] = uses.get(origin, 0) + 1
    labels = {it.number: it.label for it in labelled((it["number"], it["text"]) for it in there)}
    labels = {it.number: it.label for it in labelled(before.items())} | labels
    found = []
    for place, one in enumerate(body):
        old = "\n".join(before[origin] for origin in one["from"])
        kind = _kind(one, old, moved, uses)
        if not kind:
            continue
        was, became = differences(old, one["text"] or "")
        found.append(
            ParagraphChange(
                number=one["number"],
                key=_key(place, one),
                kind=kind,
                origins=one["from"],
                was=was,
                became=became,
                because=one["because"],
                label=labels.get(one["number"], ""),
            )
        )
    return found


def _kind(one: Mapping[str, Any], old: str, moved: Collection[int], uses: Mapping[int, int]) -> str:
    """How a paragraph became another, empty where it did not."""
    origins = one["from"]
    if one["text"] is None:
        return DROPPED
    if not origins:
        return NEW
    if len(origins) > 1:
        return MERGED
    if uses[origins[0]] > 1:
        return SPLIT
    if one["text"] != old:
        return CHANGED
    return MOVED if one["number"] in moved else ""


def _key(place: int, one: Mapping[str, Any]) -> int:
    return place if one["text"] is not None else -int(one["number"])


def _move(
    uow: UnitOfWork,
    consultation: Consultation,
    body: Sequence[dict[str, Any]],
    because: Mapping[int, Sequence[str]],
) -> None:
    """Write who moved what: with an opinion all that one answer accepted together with it."""
    answers: dict[str, UUID] = {}
    together: dict[UUID, list[str]] = {}
    for _, answer_id, year, sequence in uow.session.execute(
        accepted_opinions(consultation).order_by(*IN_ORDER)
    ):
        number = f"{year}-{sequence:05d}"
        answers[number] = answer_id
        together.setdefault(answer_id, []).append(number)
    for place, one in enumerate(body):
        for number in because.get(_key(place, one), ()):
            if number not in answers:
                raise NoSuchMover(number=number)
            one["because"] = list(dict.fromkeys((*one["because"], *together[answers[number]])))


def _accepted_by_paragraph(
    uow: UnitOfWork, consultation: Consultation
) -> Mapping[int, Sequence[str]]:
    """A number for each answer that accepts something about a paragraph. One query."""
    found: dict[int, dict[UUID, str]] = {}
    rows = uow.session.execute(accepted_opinions(consultation).order_by(*IN_ORDER))
    for paragraph, answer_id, year, sequence in rows:
        if paragraph:
            found.setdefault(paragraph, {}).setdefault(answer_id, f"{year}-{sequence:05d}")
    return {paragraph: list(numbers.values()) for paragraph, numbers in found.items()}
