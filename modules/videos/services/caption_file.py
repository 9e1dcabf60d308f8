"""Reads a file of captions, WebVTT (W3C) or SubRip: cues, or one sentence for each fault."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from flask_babel import gettext

from obshto.modules.videos.errors import (
    CaptionsTooBig,
    FaultyCaptions,
    TooManyCues,
)
from obshto.modules.videos.services.timecodes import SECOND, read_time

MOST_BYTES, MOST_CUES, MOST_FAULTS, LONGEST = 800 * 1024, 10_000, 20, 500
_timing = re.compile(r"\s*([\d:.,]+)\s*-->\s*([\d:.,]+)(?:\s.*)?").fullmatch
_tag = re.compile(r"<[^<>]*>")
_aside = ("WEBVTT", "NOTE", "STYLE", "REGION")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """Words from a moment to another, in milliseconds. `line` is where it stands in the file."""

    start_ms: int
    end_ms: int
    text: str
    line: int = 0


def read_captions(content: bytes, *, seconds: int | None) -> list[Cue]:
    """The cues in their order; `seconds` is how long the video is, if that is known."""
    if len(content) > MOST_BYTES:
        raise CaptionsTooBig(most=MOST_BYTES // 1024)
    faults: list[str] = []
    cues = list(_cues(_decoded(content).splitlines(), faults))
    faults += islice(_out_of_order(cues, seconds), MOST_FAULTS - len(faults))
    if faults:
        raise FaultyCaptions(tuple(faults))
    if not cues:
        raise FaultyCaptions((gettext("Във файла няма нито един надпис с време"),))
    if len(cues) > MOST_CUES:
        raise TooManyCues(most=MOST_CUES)
    return cues


def plain_words(text: str) -> str:
    """Without the marks of WebVTT and SubRip, on one line."""
    return " ".join(html.unescape(_tag.sub("", text)).split())


def _decoded(content: bytes) -> str:
    """UTF-8; else the letters of old Windows, in which many programs still write SubRip."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1251", "replace")


def _cues(lines: list[str], faults: list[str]) -> Iterator[Cue]:
    for begins, block in _blocks(lines):
        if len(faults) == MOST_FAULTS:
            return
        if block[0].split(" ")[0].rstrip(":") in _aside:
            continue
        at = next((n for n, line in enumerate(block[:2]) if "-->" in line), None)
        if at is None:
            faults.append(_at(begins, gettext("липсва време като 00:01:05.000 --> 00:01:09.000")))
            continue
        cue = _cue(block[at], " ".join(block[at + 1 :]), begins + at, faults)
        if cue:
            yield cue


def _cue(timing: str, words: str, line: int, faults: list[str]) -> Cue | None:
    found = _timing(timing)
    start, end = map(read_time, found.groups()) if found else (None, None)
    text = plain_words(words)
    if start is None or end is None:
        faults.append(_at(line, gettext("времето не се разбира. Пише се 00:01:05.000")))
    elif end <= start:
        faults.append(_at(line, gettext("надписът свършва, преди да е започнал")))
    elif not text:
        faults.append(_at(line, gettext("под времето няма текст")))
    elif len(text) > LONGEST:
        faults.append(_at(line, gettext("надписът е над %(most)s знака", most=LONGEST)))
    else:
        return Cue(start_ms=start, end_ms=end, text=text, line=line)
    return None


def _out_of_order(cues: list[Cue], seconds: int | None) -> Iterator[str]:
    for before, cue in zip(cues, cues[1:], strict=False):
        if cue.start_ms < before.start_ms:
            yield _at(cue.line, gettext("надписите не са подредени по време"))
        elif cue.start_ms < before.end_ms:
            yield _at(cue.line, gettext("надписът започва, преди предишният да свърши"))
    for cue in cues:
        if seconds is not None and cue.start_ms >= seconds * SECOND:
            yield _at(cue.line, gettext("надписът е след края на видеото"))


def _at(line: int, fault: str) -> str:
    told: Any = gettext("Ред %(line)s: %(fault)s", line=line, fault=fault)
    return str(told)


def _blocks(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Blocks between empty lines, each with the number of its first line."""
    block: list[str] = []
    for number, line in enumerate([*lines, ""], 1):
        if line.strip():
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []
