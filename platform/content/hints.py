"""Hints for a text that everybody understands at once; they never stop anybody from saving."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from obshto.platform.content.style_rules import officialese, passives, unexplained

LONG = 20  # words of a sentence; the voice of the house asks for 15
MOST = 12  # hints for one text: more would be read by nobody
SHOWN = 9  # words of a sentence that are quoted

_fence = re.compile(r"^(```|~~~).*?^\1", re.M | re.S)
# Bounded: else each bracket that is never closed would be looked for to the end of the text.
_picture = re.compile(r"!\[([^\]]{0,300})\]\(([^)]{0,2000})\)")
_link = re.compile(r"\[([^\]]{0,300})\]\([^)]{0,2000}\)")
_says_nothing = re.compile(r"тук|оттук|линк|връзка|повече|виж повече|натиснете тук", re.IGNORECASE)
_block = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*+#>|]|\d+[.)]))")
_mark = re.compile(r"^\s*(?:[-*+>]\s+|#+\s+|\d+[.)]\s+)")
# „чл. 5“, „г. Видин“ and „12. май“ do not end a sentence: a capital letter must follow.
_end = re.compile(r"(?<=[.?!])\s+(?=[А-ЯA-Z„])")
_short = re.compile(r"\b(?:г|гр|с|ул|бул|чл|ал|т|тел|пл|бл|ет|ап|инж|д-р)\.$", re.IGNORECASE)
_loud = re.compile(r"!!|\b[А-Я]{5,}\b(?:\s+\b[А-Я]{3,}\b)*")


@dataclass(frozen=True, slots=True)
class Hint:
    """One place of the text: what it is, how it reads, and what could stand there (or nothing)."""

    kind: str
    quoted: str
    instead: str = ""

    @property
    def sentence(self) -> LazyString:
        return SENTENCES[self.kind]


SENTENCES = {
    "no-summary": _("Напишете накратко за какво става дума: най-много три изречения."),
    "summary": _("Полето „Накратко“ е дълго. Оставете най-много три изречения."),
    "long": _("Изречението е дълго. Разделете го на две."),
    "office": _("Хората не говорят така. Кажете го по-просто."),
    "passive": _("Не личи кой го прави. Кажете кой: „Общината издаде“, „Съветът прие“."),
    "short": _("Съкращението не е обяснено. Напишете го с думи поне веднъж."),
    "link": _("Връзката не казва накъде води. Напишете какво ще намери човекът там."),
    "picture": _("Снимката няма описание. Напишете какво се вижда на нея."),
    "loud": _("Главните букви и удивителните са вик. Достатъчно е да го кажете."),
}


def hints_of(markdown: str) -> list[Hint]:
    """At most a dozen hints for a Bulgarian text, in the order of what they are about."""
    text = _fence.sub("", markdown)
    found = (*_of_pictures(text), *_of_links(text), *_of_words(text), *_of_abbreviations(text))
    return list(dict.fromkeys(found))[:MOST]


def sentences_of(markdown: str) -> list[str]:
    """The sentences of a text without its marks; rows of a table and bare headings count as one."""
    plain = _link.sub(r"\1", _picture.sub("", _fence.sub("", markdown)))
    blocks = (_mark.sub("", block).strip() for block in _block.split(plain))
    return [sentence for block in blocks if block for sentence in _parted(" ".join(block.split()))]


def _parted(block: str) -> Iterator[str]:
    waiting: list[str] = []
    for piece in _end.split(block):
        waiting.append(piece)
        if not _short.search(piece):
            yield " ".join(waiting)
            waiting = []
    if waiting:
        yield " ".join(waiting)


def _of_pictures(text: str) -> Iterator[Hint]:
    for found in _picture.finditer(text):
        # One of ours brings its words along.
        if not found[1].strip() and not found[2].startswith("/"):
            yield Hint("picture", found[0])


def _of_links(text: str) -> Iterator[Hint]:
    for found in _link.finditer(_picture.sub("", text)):
        if _says_nothing.fullmatch(found[1].strip(" .")):
            yield Hint("link", found[1])


def _of_abbreviations(text: str) -> Iterator[Hint]:
    for short, words in unexplained(_link.sub(r"\1", _picture.sub("", text))):
        yield Hint("short", short, words)


def _of_words(text: str) -> Iterator[Hint]:
    for sentence in sentences_of(text):
        words = sentence.split()
        if len(words) > LONG and not sentence.startswith("|"):
            yield Hint("long", " ".join(words[:SHOWN]) + " …")
        for phrase, simpler in officialese(sentence):
            yield Hint("office", phrase, simpler)
        for phrase in passives(sentence):
            yield Hint("passive", phrase)
        for found in _loud.finditer(sentence):
            yield Hint("loud", found[0])
