"""Child process that takes the text out of one .docx of a stranger, under limits.

A program and no module of the house: it loads defusedxml and nothing else. It writes one line of
JSON: paragraphs, and how often something stood there that is no text.
"""

from __future__ import annotations

import json
import resource
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element  # noqa: S405  the type alone; defusedxml reads

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
#: What is named where it stood, since no line of text can be made of it.
LOST = {
    f"{W}drawing": "pictures",
    f"{W}pict": "pictures",
    f"{W}object": "objects",
    f"{M}oMath": "formulas",
    f"{W}commentReference": "comments",
}
# A fallback says the same again for old programs.
SKIPPED = {f"{W}del", f"{W}moveFrom", f"{W}txbxContent", f"{MC}Fallback", *LOST}
ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
LETTERS = {
    "russianLower": "абвгдежзийклмнопрстуфхцчшщюя",
    "lowerLetter": "abcdefghijklmnopqrstuvwxyz",
}
LEVELS = 9
LONGEST_NUMBER = 60  # characters around the numbers of a paragraph


def limit(memory: int, seconds: int) -> None:
    """What this process may take; beyond it an allocation fails, or the kernel ends it."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))  # SIGXCPU, not SIGKILL
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


class Numbering:
    """Numbers that Word writes itself: „Чл. 4.“ often stands nowhere in the text."""

    def __init__(self, root: Element | None) -> None:
        self.levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self.lists: dict[str, str] = {}
        self.starts: dict[str, dict[int, int]] = {}  # a list that does not go on from the one above
        self.begun: set[str] = set()
        self.counters: dict[str, list[int | None]] = {}  # the last number of each level
        for one in root.iter(f"{W}abstractNum") if root is not None else ():
            own = {int(level.get(f"{W}ilvl", "0")): _level(level) for level in one.iter(f"{W}lvl")}
            self.levels[one.get(f"{W}abstractNumId", "")] = own
        for one in root.iter(f"{W}num") if root is not None else ():
            list_id = one.get(f"{W}numId", "")
            self.lists[list_id] = _value(one, "abstractNumId")
            self.starts[list_id] = {
                int(level.get(f"{W}ilvl", "0")): int(start)
                for level in one.findall(f"{W}lvlOverride")
                if (start := _value(level, "startOverride")).isdigit()
            }

    def next(self, list_id: str, level: int) -> str:
        """The number of the next paragraph of a list, empty for a bullet."""
        kept = self.lists.get(list_id, "")
        levels = self.levels.get(kept, {})
        if level not in levels:
            return ""
        counter = self._counter(list_id, kept)
        starts = {one: start for one, (_, _, start) in levels.items()} | self.starts.get(
            list_id, {}
        )
        kind, text, _ = levels[level]
        last = counter[level]
        counter[level] = starts[level] if last is None else last + 1
        counter[level + 1 :] = [None] * (LEVELS - level - 1)
        if kind == "bullet":
            return ""
        for above, (of, _, _) in levels.items():
            number = starts[above] if (seen := counter[above]) is None else seen
            text = text.replace(f"%{above + 1}", "" if of == "bullet" else written(number, of))
        return text.strip()

    def _counter(self, list_id: str, kept: str) -> list[int | None]:
        """Of all lists of one kind; one that starts anew does so where it begins."""
        counter = self.counters.setdefault(kept, [None] * LEVELS)
        if list_id not in self.begun:
            self.begun.add(list_id)
            for level in self.starts.get(list_id, {}):
                counter[level] = None
        return counter


def written(number: int, kind: str) -> str:
    """As a list of this kind writes it."""
    letters = LETTERS.get(kind.replace("Upper", "Lower").replace("upper", "lower"), "")
    if letters and number <= len(letters):
        said = letters[number - 1]
    elif kind.endswith("Roman") and number < 40:
        said, left = "", number
        for value, sign in ROMAN:
            said, left = said + sign * (left // value), left % value
    else:
        return str(number)
    return said.upper() if kind.startswith("upper") or kind.endswith("Upper") else said


def _level(level: Element) -> tuple[str, str, int]:
    start = _value(level, "start")
    text = _value(level, "lvlText")[:LONGEST_NUMBER]  # it is written before each paragraph
    return _value(level, "numFmt"), text, int(start) if start.isdigit() else 1


def _nearest(parent: Element, name: str) -> Iterator[Element]:
    """Rows or cells of one table, content controls around them too; never those of one inside."""
    for element in parent:
        if element.tag == f"{W}{name}":
            yield element
        elif element.tag not in (f"{W}tbl", f"{W}tc"):
            yield from _nearest(element, name)


def _value(element: Element, name: str) -> str:
    found = element.find(f"{W}{name}")
    return found.get(f"{W}val", "") if found is not None else ""


class Reader:
    """One document on its way to lines of text."""

    def __init__(self, parts: dict[str, Element]) -> None:
        self.lost: Counter[str] = Counter()
        self.numbering = Numbering(parts.get("word/numbering.xml"))
        self.styles = {one.get(f"{W}styleId", ""): one for one in parts.get("word/styles.xml", ())}
        self.notes: dict[str, str] = {}
        for name in ("footnote", "endnote"):
            root = parts.get(f"word/{name}s.xml")
            for one in root if root is not None else ():
                said = " ".join(self._runs(one).split())
                self.notes[f"{name}{one.get(f'{W}id', '')}"] = said

    def lines(self, parent: Element) -> Iterator[str]:
        """Paragraphs and rows of tables, in order."""
        for element in parent:
            if element.tag == f"{W}p":
                yield self._paragraph(element)
            elif element.tag == f"{W}tbl":
                self.lost["tables"] += 1
                for row in _nearest(element, "tr"):
                    cells = (" ".join(self.lines(cell)) for cell in _nearest(row, "tc"))
                    yield " | ".join(" ".join(cell.split()) for cell in cells)
            elif element.tag not in SKIPPED:
                yield from self.lines(element)

    def _paragraph(self, element: Element) -> str:
        text = " ".join(self._runs(element).split())
        number = self._number(element) if text else ""
        return f"{number} {text}" if number else text

    def _number(self, element: Element) -> str:
        told = element.find(f"{W}pPr")
        if told is None:
            return ""
        list_of, style = told.find(f"{W}numPr"), self.styles.get(_value(told, "pStyle"))
        if list_of is None and style is not None:
            list_of = style.find(f"{W}pPr/{W}numPr")
        if list_of is None:
            return ""
        level = _value(list_of, "ilvl") or "0"
        return self.numbering.next(_value(list_of, "numId"), min(int(level), LEVELS - 1))

    def _runs(self, element: Element) -> str:
        return "".join(self._pieces(element))

    def _pieces(self, element: Element) -> Iterator[str]:
        for one in element:
            name = one.tag.removeprefix(W)
            if one.tag in LOST:
                self.lost[LOST[one.tag]] += 1
            elif one.tag in SKIPPED:
                self.lost["changes"] += name in ("del", "moveFrom")
            elif name == "t":
                yield one.text or ""
            elif name in ("tab", "br", "cr"):
                yield " "
            elif name == "noBreakHyphen":
                yield "-"
            elif name in ("footnoteReference", "endnoteReference"):
                note = self.notes.get(f"{name[:-9]}{one.get(f'{W}id', '')}", "")
                self.lost["notes"] += 1
                yield f" ({note})" if note else ""
            else:
                yield from self._pieces(one)


def text_in(content: bytes, characters: int) -> dict[str, Any]:
    """Lines of the document up to so many characters, and what was met on the way."""
    from defusedxml.ElementTree import fromstring  # noqa: PLC0415  after the limits

    with zipfile.ZipFile(BytesIO(content)) as archive:
        wanted = ("document", "numbering", "styles", "footnotes", "endnotes")
        names = [name for one in wanted if (name := f"word/{one}.xml") in archive.namelist()]
        parts = {name: fromstring(archive.read(name), forbid_dtd=True) for name in names}
    body = parts["word/document.xml"].find(f"{W}body")
    reader, lines, length = Reader(parts), [], 0
    for line in reader.lines(body) if body is not None else ():
        if line.strip(" |"):
            lines.append(line)
            length += len(line) + 1
        if length > characters:
            return {"refused": "long"}
    return {"lines": lines, "lost": dict(reader.lost)}


def main() -> None:
    """Answer one request. An end without an answer is one, too: it was more than is allowed."""
    asked = json.loads(sys.argv[1])
    limit(asked["memory"], asked["seconds"])
    sys.path.append(asked["library"])
    told: dict[str, Any]
    try:
        told = text_in(sys.stdin.buffer.read(), asked["characters"])
    except Exception:  # noqa: BLE001  whatever the parser trips over is no document
        told = {"refused": "document"}
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n")


if __name__ == "__main__":
    main()
