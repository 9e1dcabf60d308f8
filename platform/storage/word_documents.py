"""The text of a .docx that somebody sent, a paragraph a line. A child process opens it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from obshto.platform.storage.child import TookTooMuch, ask_child
from obshto.platform.storage.errors import (
    NoTextInside,
    NothingInside,
    NoWordDocument,
    SwellsUp,
    TooBig,
    WordTextTooLong,
)
from obshto.platform.storage.kinds import DOCX, kind_of

MB = 1024 * 1024
LARGEST = 20 * MB
MOST_UNPACKED = 24 * MB  # of the parts that are read: text and numbers, without pictures
_READ = ("document", "numbering", "styles", "footnotes", "endnotes")
LOST: Mapping[str, LazyString] = {
    "tables": _("таблици: всеки ред е абзац, клетките са разделени с черта"),
    "notes": _("бележки под линия: стоят в скоби на мястото си"),
    "changes": _("проследени промени: взет е текстът, както би бил след приемането им"),
    "pictures": _("изображения и текстови полета: не са взети"),
    "formulas": _("формули: не са взети"),
    "objects": _("вградени обекти: не са взети"),
    "comments": _("коментари: не са взети"),
}


@dataclass(frozen=True, slots=True)
class WordText:
    """`lines` are paragraphs; `lost` says how often what was not taken as it was."""

    lines: list[str]
    lost: Mapping[str, int]

    @property
    def told(self) -> list[str]:
        """For who brought it: what to check or to add by hand."""
        return [
            f"{words} ({self.lost[word]})" for word, words in LOST.items() if self.lost.get(word)
        ]


def text_of(stream: BinaryIO, *, name: str, characters: int) -> WordText:
    """Its paragraphs with the numbers that Word writes.

    Raises FileRefused: empty, large, no DOCX, with macros, without text, longer than so many
    characters.
    """
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    if size == 0:
        raise NothingInside
    if size > LARGEST:
        raise TooBig(most=LARGEST // MB)
    if kind_of(stream, name) is not DOCX:
        raise NoWordDocument
    with zipfile.ZipFile(stream) as archive:
        sizes = {part.filename: part.file_size for part in archive.infolist()}
    if sum(sizes.get(f"word/{part}.xml", 0) for part in _READ) > MOST_UNPACKED:
        raise SwellsUp
    try:
        told, _rest = ask_child("docx_reader.py", {"characters": characters}, stream)
    except TookTooMuch:
        raise SwellsUp from None
    return _found_in(told, characters)


def _found_in(told: Mapping[str, Any], characters: int) -> WordText:
    """The answer of the child."""
    if told.get("refused") == "long":
        raise WordTextTooLong(most=characters)
    if "refused" in told:
        raise NoWordDocument
    if not told["lines"]:
        raise NoTextInside
    return WordText(told["lines"], told["lost"])
