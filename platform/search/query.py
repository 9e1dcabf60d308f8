"""Find what is published, by a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, cast, exists, func, or_, select, text
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import aliased

from obshto.platform.search.models import PublicRow, SearchEntry
from obshto.platform.search.personalization import Concern
from obshto.platform.search.query_parser import ParsedQuery
from obshto.platform.search.spelling import best, near
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE
from obshto.platform.web.pagination import DEEPEST, SIZE, Page

# The planner does not count what it costs to unpack the tokens of every row, so it would read a
# whole table where the index knows the answer.
BY_INDEX = text("SET LOCAL enable_seqscan = off")
TITLES = 200  # titles that are read for a word that may be mistyped

Table = type[SearchEntry] | type[PublicRow]


@dataclass(frozen=True)
class Found:
    """A page of results, the number of results of each part, what was really looked for.

    `question` differs from what was asked where a slip was mended; `is_loose` says that one of the
    words asked for may be missing.
    """

    page: Page
    parts: dict[str, int]
    question: ParsedQuery
    is_loose: bool = False

    @property
    def total(self) -> int:
        return sum(self.parts.values())


@dataclass(frozen=True)
class Shelf:
    """Where is looked: a table, and what of it may be seen now."""

    uow: UnitOfWork
    table: Table
    conditions: Sequence[ColumnElement[bool]]
    concern: Concern | None = None

    def find(self, question: ParsedQuery, *, part: str | None, number: int) -> Found:
        """Everything asked for; else two thirds of it; else the same with slips mended.

        What concerns the reader comes first. Two queries where something is found at once; at most
        six and one for each word.
        """
        self.uow.session.execute(BY_INDEX)
        found = self._look(question, part, number)
        if found is None and (mended := self._mended(question)):
            found = self._look(mended, part, number)
        return found or Found(Page([], 1, 0), {}, question)

    def _look(self, question: ParsedQuery, part: str | None, number: int) -> Found | None:
        for query in filter(None, (question.whole, question.almost)):
            if parts := self._count(query, question.language):
                page = self._page(query, question.language, parts, part, number)
                return Found(page, parts, question, query != question.whole)
        return None

    def _count(self, query: str, language: str) -> dict[str, int]:
        """Results by part, the most first."""
        counted = select(self.table.part, func.count()).where(*self._wanted(query, language))
        rows = self.uow.session.execute(counted.group_by(self.table.part))
        return dict(sorted(rows, key=lambda row: (-row[1], row[0])))

    def _page(
        self, query: str, language: str, parts: dict[str, int], part: str | None, number: int
    ) -> Page:
        """In the page's language first, what concerns the reader, with everything in the title."""
        total = parts.get(part, 0) if part else sum(parts.values())
        number = min(number, max(1, -(-total // SIZE)), DEEPEST)
        table = self.table
        found = select(table).where(*self._wanted(query, language))
        found = found.where(table.part == part) if part else found
        order = found.order_by(
            (table.language == language).desc(),
            *self._concerning(),
            _matches(table.title_tokens, query).desc(),
            table.published_at.desc(),
            table.object_id,
        )
        rows = self.uow.session.scalars(order.limit(SIZE).offset((number - 1) * SIZE))
        return Page(list(rows), number, total)

    def _concerning(self) -> list[ColumnElement[Any]]:
        is_told = self.concern and self.concern.query
        return [self.concern.of(self.table).desc()] if self.concern and is_told else []

    def _wanted(self, query: str, language: str) -> list[ColumnElement[bool]]:
        """What matches and may be seen, each thing once."""
        table, now = self.table, self.uow.now
        seen = [
            _matches(table.tokens, query),
            table.published_at <= now,
            or_(table.until.is_(None), table.until > now),
            *self.conditions,
        ]
        if language == SOURCE:
            return [*seen, table.language == SOURCE]
        other = aliased(table)
        keys = [key.name for key in table.__table__.primary_key if key.name != "language"]
        same = exists().where(
            *(getattr(other, key) == getattr(table, key) for key in keys),
            other.language == language,
            _matches(other.tokens, query),
        )
        wanted = or_(table.language == language, (table.language == SOURCE) & ~same)
        return [*seen, wanted]

    def _mended(self, question: ParsedQuery) -> ParsedQuery | None:
        """The question with words that nobody wrote replaced by near ones; None if there are none.

        Words that stand somewhere are left as they are.
        """
        if not question.terms:
            return None
        words = [word for term in question.terms for word in term.words]
        known = self._known(question)
        better = {word: self._near(word, question.language) for word in words if word not in known}
        mended = {word: other for word, other in better.items() if other}
        return question.corrected(mended) if mended else None

    def _known(self, question: ParsedQuery) -> set[str]:
        """The words of those things asked for that are found by themselves. One query.

        Counted, because for EXISTS the planner would walk by the day of publishing instead.
        """
        language = question.language
        counted = select(func.count()).select_from(self.table)
        things = [
            counted.where(*self._wanted(term.sql, language)).scalar_subquery()
            for term in question.terms
        ]
        answers = self.uow.session.execute(select(*things)).one()
        pairs = zip(question.terms, answers, strict=True)
        return {word for term, number in pairs if number for word in term.words}

    def _near(self, word: str, language: str) -> str | None:
        query = near(word)
        if query is None:
            return None
        table = self.table
        titles = (
            select(table.title + " " + table.place, table.language)
            .where(_matches(table.title_tokens, query), table.language.in_([language, SOURCE]))
            .where(*self.conditions, table.published_at <= self.uow.now)
            .where(or_(table.until.is_(None), table.until > self.uow.now))
        )
        newest = titles.order_by(table.published_at.desc()).limit(TITLES)
        return best(word, self.uow.session.execute(newest))


def _matches(tokens: Any, query: str) -> ColumnElement[bool]:
    found: ColumnElement[bool] = tokens.bool_op("@@")(cast(query, TSQUERY))
    return found
