"""Paragraphs of a draft: numbered for ever, named as the law names them, under their headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from obshto.modules.consultations.models import Consultation

LONGEST_HEADING = 120
PART = 40_000  # characters of a draft on one page
_ORDINAL = r"(?:[ivxlc]+|\d+|(?:първ|втор|трет|четвърт|пет|шест|седм|осм|девет|десет)\w*)\b"
_HEADING = re.compile(
    rf"(?:част|дял|глава|раздел)\s+{_ORDINAL}|[\w ]*\bразпоредби\.?\Z", re.IGNORECASE
)
_ARTICLE = re.compile(r"(?:чл\.|член)\s*(\d+[а-я]?)[.:]?\s*", re.IGNORECASE)
_SECTION = re.compile(r"§\s*(\d+[а-я]?)[.:]?\s*")
_ALINEA = re.compile(r"\((\d+)\)")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One of them. `label` is „чл. 4, ал. 2“, empty where the text is in no article."""

    number: int
    text: str
    label: str = ""
    is_heading: bool = False


@dataclass(slots=True)
class TextSection:
    """A heading, or none, and what stands under it."""

    heading: Paragraph | None
    paragraphs: list[Paragraph] = field(default_factory=list)

    @property
    def everything(self) -> list[Paragraph]:
        """Its paragraphs after their heading."""
        return [self.heading, *self.paragraphs] if self.heading else self.paragraphs


def paragraphs_of(consultation: Consultation) -> list[Paragraph]:
    """Those that people read and speak of while it is open."""
    return labelled(enumerate(consultation.paragraphs, 1))


def labelled(numbered: Iterable[tuple[int, str]]) -> list[Paragraph]:
    """Paragraphs with the names that their beginnings give them, in the order they come."""
    return list(_labelled(numbered))


def sections_of(paragraphs: Iterable[Paragraph]) -> list[TextSection]:
    """The same under their headings, for reading."""
    found = [TextSection(None)]
    for paragraph in paragraphs:
        if paragraph.is_heading:
            found.append(TextSection(paragraph))
        else:
            found[-1].paragraphs.append(paragraph)
    return [section for section in found if section.heading or section.paragraphs]


def parts_of(sections: Iterable[TextSection]) -> list[list[TextSection]]:
    """Pages of a long text: cut before a heading or, in a long section, between paragraphs."""
    found: list[list[TextSection]] = []
    room = 0
    for section in _short(sections):
        size = sum(len(one.text) for one in section.paragraphs)
        if not found or size > room:
            found.append([])
            room = PART
        found[-1].append(section)
        room -= size
    return found


def part_with(parts: Sequence[list[TextSection]], number: int | None) -> int:
    """Index of the page on which a paragraph stands, 0 where there is none."""
    found = (
        index
        for index, part in enumerate(parts)
        if any(one.number == number for section in part for one in section.everything)
    )
    return next(found, 0)


def paragraph_at(paragraphs: Sequence[Paragraph], number: int | None) -> Paragraph | None:
    """The one of this number, None where there is none or it is a heading."""
    found = (one for one in paragraphs if one.number == number and not one.is_heading)
    return next(found, None)


def _labelled(numbered: Iterable[tuple[int, str]]) -> Iterator[Paragraph]:
    article = ""
    for number, text in numbered:
        if is_heading(text):
            article = ""
            yield Paragraph(number, text, is_heading=True)
            continue
        rest = text
        for pattern, word in ((_ARTICLE, "чл."), (_SECTION, "§")):
            if begun := pattern.match(text):
                article, rest = f"{word} {begun[1]}", text[begun.end() :]
        alinea = _ALINEA.match(rest) if article else None
        yield Paragraph(number, text, f"{article}, ал. {alinea[1]}" if alinea else article)


def _short(sections: Iterable[TextSection]) -> Iterator[TextSection]:
    """Sections no longer than a page, or of one paragraph; the heading is of the first piece."""
    for section in sections:
        piece, size = TextSection(section.heading), 0
        for one in section.paragraphs:
            if piece.paragraphs and size + len(one.text) > PART:
                yield piece
                piece, size = TextSection(None), 0
            piece.paragraphs.append(one)
            size += len(one.text)
        yield piece


def is_heading(text: str) -> bool:
    """„Глава втора“, „ОБЩИ ПОЛОЖЕНИЯ“: nobody has an opinion of it."""
    if len(text) > LONGEST_HEADING or _ARTICLE.match(text) or _SECTION.match(text):
        return False
    return bool(_HEADING.match(text)) or (text.isupper() and len(text) > len("ЧЛ. 1."))
