"""What somebody asked, as the database and the marking of results understand it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from obshto.platform.search import synonyms
from obshto.platform.search.wordforms import STEM, asked_forms, forms, words_of

LONGEST = 200  # characters of a question that are read
MOST = 8  # words of it; the others are left out
BEGINS = 5  # letters of a stem that may go on: „ваксин“ finds „ваксиниране“


@dataclass(frozen=True)
class QueryTerm:
    """One thing asked for: each of `ways` is a list of words, any of whose forms will do."""

    words: tuple[str, ...]
    ways: tuple[tuple[tuple[str, ...], ...], ...]

    @property
    def sql(self) -> str:
        """A tsquery. A form is letters and digits, so there is nothing to escape."""
        ways = (" & ".join(_any(forms) for forms in way) for way in self.ways)
        return f"({' | '.join(ways)})"

    def is_said_by(self, own: Collection[str]) -> bool:
        """Whether one of its ways stands whole among these forms of words."""
        return any(all(_is_among(word, own) for word in way) for way in self.ways)


@dataclass(frozen=True)
class ParsedQuery:
    """A question as typed, with the things it asks for; with none there is nothing to find."""

    text: str
    terms: tuple[QueryTerm, ...]
    language: str
    is_cut: bool = False  # more was asked than is read

    @property
    def whole(self) -> str:
        """A tsquery of everything asked for."""
        return " & ".join(term.sql for term in self.terms)

    @property
    def almost(self) -> str | None:
        """A tsquery of two thirds of the things; None where that would be all or too little."""
        fewer = len(self.terms) - len(self.terms) // 3
        if fewer == len(self.terms):
            return None
        most = combinations((term.sql for term in self.terms), fewer)
        return " | ".join(f"({' & '.join(terms)})" for terms in most)

    def says(self, word: str, language: str) -> bool:
        """Whether a word of a text is one of those asked for."""
        own = forms(word, language)
        return any(form in self._forms for form in own) or any(
            form.startswith(self._beginnings) for form in own if form.startswith(STEM)
        )

    def is_said_by(self, words: Iterable[tuple[str, str]]) -> bool:
        """Whether these words, each with its language, say everything that is asked for."""
        own = {form for word, language in words for form in forms(word, language)}
        return bool(self.terms) and all(term.is_said_by(own) for term in self.terms)

    def corrected(self, words: dict[str, str]) -> ParsedQuery:
        """The same question with other words in place of these."""
        spelled = [words.get(word, word) for term in self.terms for word in term.words]
        return understand(" ".join(spelled), self.language)

    @cached_property
    def _forms(self) -> frozenset[str]:
        ways = (way for term in self.terms for way in term.ways)
        return frozenset(form for way in ways for forms in way for form in forms)

    @cached_property
    def _beginnings(self) -> tuple[str, ...]:
        return tuple(form for form in self._forms if _may_go_on(form))


def understand(text: str, language: str) -> ParsedQuery:
    """Read a question of any length and any signs. `language` is the page's."""
    whole = " ".join(text.split())
    typed = whole[:LONGEST]
    found = [word[0] for word in words_of(typed)]
    words = [word for word in dict.fromkeys(found) if asked_forms(word, language)]
    is_cut = len(whole) > LONGEST or len(words) > MOST
    return ParsedQuery(typed, tuple(_terms(tuple(words[:MOST]), language)), language, is_cut)


def _terms(words: tuple[str, ...], language: str) -> list[QueryTerm]:
    found: list[QueryTerm] = []
    while words:
        size, others = _longest_name(words)
        said, words = words[:size], words[size:]
        ways = [said, *others]
        read = tuple(tuple(asked_forms(word, language) for word in way) for way in ways)
        found.append(QueryTerm(said, read))
    return found


def _longest_name(words: tuple[str, ...]) -> tuple[int, list[tuple[str, ...]]]:
    """How many of the first words name one thing, and how else it is called."""
    for size in range(min(len(words), synonyms.longest()), 0, -1):
        if others := synonyms.same_as(words[:size]):
            return size, others
    return 1, []


def _any(forms: tuple[str, ...]) -> str:
    return "(" + " | ".join(f"'{form}'{':*' if _may_go_on(form) else ''}" for form in forms) + ")"


def _is_among(asked: tuple[str, ...], own: Collection[str]) -> bool:
    return any(
        form in own or (_may_go_on(form) and any(one.startswith(form) for one in own))
        for form in asked
    )


def _may_go_on(form: str) -> bool:
    return form.startswith(STEM) and len(form) - len(STEM) >= BEGINS
