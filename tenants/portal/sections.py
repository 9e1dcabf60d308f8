"""Pages of the menu that a search names: „форум“ leads to the forum, whatever is published."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for

from obshto.platform.modularity.manifest import Component, ModuleManifest, NavEntry
from obshto.platform.search.query_parser import ParsedQuery
from obshto.platform.search.wordforms import words_of
from obshto.platform.web.language import SOURCE, current_language

SHOWN = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSection:
    """A line of the menu with its hint."""

    text: str
    hint: str
    href: str


def sections_named(question: ParsedQuery, parts: Iterable[Component]) -> list[FoundSection]:
    """Lines of the citizens' menu in whose words everything asked for is said, best first.

    Best is who says it in the line itself, then who is called so, then who says it in the hint.
    Asks nothing of the database.
    """
    found = [
        (rank, entry)
        for part in parts
        for entry in part.nav
        if entry.permission is None and (rank := _rank(question, part, entry))
    ]
    found.sort(key=lambda pair: (pair[0], not pair[1].is_task, pair[1].weight))
    first: dict[str, NavEntry] = {}
    for _place, entry in found:
        first.setdefault(url_for(entry.endpoint), entry)
    return [
        FoundSection(text=str(entry.label), hint=str(entry.hint or ""), href=href)
        for href, entry in list(first.items())[:SHOWN]
    ]


def _rank(question: ParsedQuery, part: Component, entry: NavEntry) -> int:
    """1 is best; 0 where something asked for is not said. A module's names lead to its tasks."""
    label, language = str(entry.label), current_language()
    told = [(label, language)]
    if isinstance(part, ModuleManifest) and (entry.is_task or _is_first(part, entry)):
        told += [(str(part.title), language), (part.called, SOURCE)]
    spoken = [(words[0], spoken) for text, spoken in told for words in words_of(text)]
    if question.is_said_by([(word[0], language) for word in words_of(label)]):
        return 1
    if question.is_said_by(spoken):
        return 2
    hinted = [(word[0], language) for word in words_of(str(entry.hint or ""))]
    return 3 if question.is_said_by([*spoken, *hinted]) else 0


def _is_first(part: Component, entry: NavEntry) -> bool:
    return entry is next(one for one in part.nav if one.permission is None)
