"""What a proofreader marks in a Bulgarian string or in its translation."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from obshto.ops.catalogues import CYRILLIC, PLURALS

# Latin letters that people in Bulgaria read on a form; EN is the standard's own number.
LATIN_NAMES = frozenset(
    ["CSV", "DOCX", "EN", "GB", "GTFS", "JPG", "KB", "MB", "MP", "ODS", "ODT", "PDF", "PNG", "QR"]
    + ["RSS", "SMS", "SRT", "TXT", "UTF", "VTT", "WEBM", "WEBP", "WordPress", "XLSX", "XML", "ZIP"]
    + [
        "Atom",
        "Bluesky",
        "CAMT",
        "Facebook",
        "Instagram",
        "JSON",
        "MT",
        "Mastodon",
        "Stripe",
        "Telegram",
        "UC",
        "Viber",
        "YouTube",
    ]  # feeds, networks, a collector, formats of banks; UC begins a channel's code
)

_PLACEHOLDER = re.compile(r"%(?:\(\w+\)[a-z]|%)?")
_ADDRESS = re.compile(r"\S+@\S+|https?://\S*")  # an example of what to type
_LATIN = re.compile(r"[A-Za-z]+")
_CEDILLA = re.compile("[\u015e\u015f\u0162\u0163]")  # Romanian has commas: ș ț
_QUOTES = {
    "bg": re.compile("[\"'«»‘’”]"),
    "en": re.compile("[\"'„“”«»]"),
    "ro": re.compile("[\"'“«»]"),
}
_RUDE = re.compile(r"\b(?:вие|ви|вас|ваш(?:ия|ият|а|ата|е|ето|и|ите)?)\b")
_SHELL = re.compile(
    r"следва да|необходимо е|посредством|относно|във връзка с|в случай че|при условие че"
    r"|считано от|в рамките на|горепосочен|касае|настоящи(?:я|ят)\b|извършва|осъществ",
    re.IGNORECASE,
)
_LOUD = re.compile(r"[!…]|\.\.\.")


@dataclass(frozen=True, slots=True)
class Pair:
    """A source, with its count form where it has one, beside all that stands for it."""

    language: str
    sources: tuple[str, ...]
    told: tuple[str, ...]
    is_fuzzy: bool = False


def forms(words: object) -> tuple[str, ...]:
    """All forms of what a catalogue holds: one, or several of a counted noun, or none yet."""
    return tuple(words) if isinstance(words, (tuple, list)) else (str(words or ""),)


def marks_of_source(source: str) -> Iterator[str]:
    """The names of what is wrong with a Bulgarian string."""
    bare = _ADDRESS.sub("", _PLACEHOLDER.sub("", source))
    if set(_LATIN.findall(bare)) - LATIN_NAMES:
        yield "latin"
    if _QUOTES["bg"].search(source):
        yield "quotes"
    if _RUDE.search(source):
        yield "small letter"
    if _SHELL.search(source):
        yield "office"
    if _LOUD.search(source):
        yield "loud"


def marks_of(pair: Pair) -> Iterator[str]:
    """The names of what is wrong with a translation; one that is missing has no other faults."""
    if not is_complete(pair):
        yield "untranslated"
        return
    for name, is_wrong in _MARKS.items():
        if is_wrong(pair):
            yield name


def is_complete(pair: Pair) -> bool:
    """Whether every form of the language is there."""
    wanted = PLURALS[pair.language][0] if len(pair.sources) > 1 else 1
    return len(pair.told) == wanted and all(form.strip() for form in pair.told)


def _placeholders(text: str) -> set[str]:
    return set(_PLACEHOLDER.findall(text))


def _loses_placeholders(pair: Pair) -> bool:
    wanted = {name for source in pair.sources for name in _placeholders(source)}
    return any(_placeholders(form) != wanted for form in pair.told)


def _repeats_source(pair: Pair) -> bool:
    """A source without a word of its own is not meant: there is nothing to translate."""
    worded = {source for source in pair.sources if CYRILLIC.search(source)}
    return bool(worded & set(pair.told))


def _any(pattern: re.Pattern[str]) -> Callable[[Pair], bool]:
    return lambda pair: any(pattern.search(form) for form in pair.told)


_MARKS: Mapping[str, Callable[[Pair], bool]] = {
    "fuzzy": lambda pair: pair.is_fuzzy,
    "placeholders": _loses_placeholders,
    "equal": _repeats_source,
    "cyrillic": _any(CYRILLIC),
    "cedilla": _any(_CEDILLA),
    "loud": _any(_LOUD),
    "quotes": lambda pair: _any(_QUOTES[pair.language])(pair),
}
