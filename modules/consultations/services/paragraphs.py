"""Paragraphs of a draft: numbered for ever, named as the law names them, under their headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from obshto.modules.consultations.models import Consultation

LONGEST_HEADING = 120
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


def is_heading(text: str) -> bool:
    """„Глава втора“, „ОБЩИ ПОЛОЖЕНИЯ“: nobody has an opinion of it."""
    if len(text) > LONGEST_HEADING or _ARTICLE.match(text) or _SECTION.match(text):
        return False
    return bool(_HEADING.match(text)) or (text.isupper() and len(text) > len("ЧЛ. 1."))
