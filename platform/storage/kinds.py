"""What a file is, by its bytes. Its name only tells a table from a text."""

from __future__ import annotations

import codecs
import struct
import zipfile
import zlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from io import SEEK_END
from typing import BinaryIO
from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from obshto.platform.storage.child import TookTooMuch, ask_child
from obshto.platform.storage.errors import (
    CarriesProgram,
    FileRefused,
    HoldsFiles,
    Locked,
    NotTaken,
    OldLetters,
    RunsByItself,
    SwellsUp,
)

PIECE = 256 * 1024  # bytes that are looked at, kept and sent at a time
# A document of a clerk has dozens of parts; a bomb has thousands, or a few that never end.
MOST_PARTS, MOST_UNPACKED, LONGEST_LIST = 5_000, 250 * 1024 * 1024, 1024 * 1024
_END_OF_ZIP = struct.Struct("<4s4H2LH")  # APPNOTE.TXT 4.3.16
_LOCATOR, _LOCATOR_SIZE = b"PK\x06\x07", 20  # APPNOTE.TXT 4.3.15


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of file that we take: how it is sent, how its name ends, what people call it."""

    mime: str
    suffix: str
    title: str
    is_picture: bool = False

    @property
    def header(self) -> str:
        """The Content-Type."""
        return f"{self.mime}; charset=utf-8" if self.mime.startswith("text/") else self.mime


PDF_HEAD = b"%PDF-"
_ODF = "application/vnd.oasis.opendocument."
_OOXML = "application/vnd.openxmlformats-officedocument."
PDF = Kind(mime="application/pdf", suffix="pdf", title="PDF")
ODT = Kind(mime=f"{_ODF}text", suffix="odt", title="ODT")
ODS = Kind(mime=f"{_ODF}spreadsheet", suffix="ods", title="ODS")
DOCX = Kind(mime=f"{_OOXML}wordprocessingml.document", suffix="docx", title="DOCX")
XLSX = Kind(mime=f"{_OOXML}spreadsheetml.sheet", suffix="xlsx", title="XLSX")
CSV = Kind(mime="text/csv", suffix="csv", title="CSV")
TXT = Kind(mime="text/plain", suffix="txt", title="TXT")
WEBP = Kind(mime="image/webp", suffix="webp", title="WEBP", is_picture=True)
AVIF = Kind(mime="image/avif", suffix="avif", title="AVIF", is_picture=True)  # made here
XML = Kind(mime="application/xml", suffix="xml", title="XML")  # read here, never sent
JSON = Kind(mime="application/json", suffix="json", title="JSON")  # written here, taken from nobody
GEOJSON = Kind(mime="application/geo+json", suffix="geojson", title="GeoJSON")  # likewise
KINDS = {
    kind.mime: kind
    for kind in (PDF, ODT, ODS, DOCX, XLSX, CSV, TXT, WEBP, AVIF, XML, JSON, GEOJSON)
}
_NOT_TAKEN = (WEBP, AVIF, XML, JSON, GEOJSON)
DOCUMENTS = tuple(f".{kind.suffix}" for kind in KINDS.values() if kind not in _NOT_TAKEN)
_PARTS = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}
_PROGRAMS = ("macroenabled", "macrosheet", "vbaproject", "vbadata", "activex")
_ACTIVE = {"oleobject", "vbaproject", "control", "activexcontrolbinary", "xlmacrosheet"}
_ACTIVE |= {"xlintlmacrosheet", "attachedtoolbars", "keymapcustomizations"}
# What leads out of a document and does nothing before a person presses it or agrees: links, and the
# other tables that a table adds up. A template, a frame, a picture would be fetched on opening.
_PRESSED = {"hyperlink", "externallinkpath"}
_MARKUP = (b"<!doctype", b"<html", b"<svg", b"<?xml", b"<script")


def kind_named(mime: str) -> Kind:
    return KINDS[mime]


def kind_of(stream: BinaryIO, name: str) -> Kind:
    """The kind of a document; leaves the stream at its beginning.

    Raises NotTaken, CarriesProgram, RunsByItself, Locked, SwellsUp, OldLetters, FilesBusy.
    """
    stream.seek(0)
    head = stream.read(1024)
    try:
        if head.startswith(PDF_HEAD):
            _check_pdf(stream)
            return PDF
        if head.startswith(b"PK\x03\x04"):
            return _packed(stream)
        return _text(stream, head, name)
    finally:
        stream.seek(0)


def _check_pdf(stream: BinaryIO) -> None:
    """Whether something runs when it is opened; qpdf sees what lies in packed objects, too."""
    try:
        told, _ = ask_child("pdf_reader.py", {}, stream)
    except TookTooMuch:
        raise SwellsUp from None
    refusals: dict[str, type[FileRefused]]
    refusals = {"locked": Locked, "files": HoldsFiles, "large": SwellsUp}
    if told["found"]:
        raise refusals.get(told["found"], RunsByItself)


def _packed(stream: BinaryIO) -> Kind:
    _check_list(stream)
    try:
        with zipfile.ZipFile(stream) as archive:
            return _office(archive)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, OSError):
        raise NotTaken from None


def _check_list(stream: BinaryIO) -> None:
    """The list of parts is read into memory as a whole: how long it is stands at the end.

    In a file made for more than 4 GB it stands elsewhere; no document of ours is one.
    """
    length = stream.seek(0, SEEK_END)
    stream.seek(max(0, length - 65_535 - _END_OF_ZIP.size - _LOCATOR_SIZE))
    tail = stream.read()
    start = tail.rfind(b"PK\x05\x06")
    if start < 0 or len(tail) < start + _END_OF_ZIP.size:
        raise NotTaken
    if tail[max(0, start - _LOCATOR_SIZE) : start].startswith(_LOCATOR):
        raise NotTaken
    _, _, _, _, parts, size, _, _ = _END_OF_ZIP.unpack_from(tail, start)
    if parts > MOST_PARTS or size > LONGEST_LIST:
        raise SwellsUp
    stream.seek(0)


def _office(archive: zipfile.ZipFile) -> Kind:
    parts = archive.infolist()
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise SwellsUp
    # An office opens its parts whatever the case of their names.
    names = {part.filename.casefold(): part.filename for part in parts}
    if len(names) < len(parts):
        raise NotTaken  # two of one name: who knows which of them is opened
    if any(_is_program(name) for name in names):
        raise CarriesProgram
    if "mimetype" in names:
        with archive.open("mimetype") as told:
            return _one_of((ODT, ODS), told.read(100).decode("ascii", "replace").strip())
    if types := names.get("[content_types].xml"):
        _check_office(archive, types)
        return next((kind for part, kind in _PARTS.items() if part in names), None) or _refuse()
    return _refuse()


def _is_program(name: str) -> bool:
    """By a name in small letters: macros of any age, controls, what another program is to open."""
    return (
        name.startswith(("basic/", "scripts/"))
        or name.endswith(("vbaproject.bin", "vbadata.xml"))
        or "macrosheets/" in name
        or "activex/" in name
        or ("embeddings/" in name and name.endswith(".bin"))
    )


def _check_office(archive: zipfile.ZipFile, types: str) -> None:
    """What the parts are said to be, and where they lead. Raises CarriesProgram, RunsByItself."""
    for one in _xml(archive, types):
        if any(word in one.get("ContentType", "").casefold() for word in _PROGRAMS):
            raise CarriesProgram
    for part in archive.namelist():
        if part.casefold().endswith(".rels"):
            for one in _xml(archive, part):
                _check_relationship(one.attrib)


def _check_relationship(said: Mapping[str, str]) -> None:
    kind = said.get("Type", "").rpartition("/")[2].casefold()
    is_outside = said.get("TargetMode", "").casefold() == "external"
    if kind in _ACTIVE or (is_outside and kind not in _PRESSED):
        raise RunsByItself


def _xml(archive: zipfile.ZipFile, part: str) -> Iterator[Element]:
    if archive.getinfo(part).file_size > LONGEST_LIST:
        raise SwellsUp
    try:
        root: Element = fromstring(archive.read(part), forbid_dtd=True)
    except (ParseError, DefusedXmlException, LookupError):
        raise NotTaken from None
    return root.iter()


def _one_of(kinds: Collection[Kind], mime: str) -> Kind:
    return next((kind for kind in kinds if kind.mime == mime), None) or _refuse()


def _text(stream: BinaryIO, head: bytes, name: str) -> Kind:
    kind = {"csv": CSV, "txt": TXT}.get(name.rpartition(".")[2].lower())
    if kind is None or head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_MARKUP):
        raise NotTaken
    stream.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while piece := stream.read(PIECE):
            if "\x00" in decoder.decode(piece):
                raise NotTaken
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise OldLetters from None
    return kind


def _refuse() -> Kind:
    raise NotTaken
