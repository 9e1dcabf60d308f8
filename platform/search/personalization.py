"""What concerns a reader who has said who they are: by the words of titles, not by a profile."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import ColumnElement, cast, exists, or_, select, tuple_
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import aliased

from obshto.platform.search.models import PublicRow, SearchEntry
from obshto.platform.search.query_parser import understand
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE

Table = type[SearchEntry] | type[PublicRow]


@dataclass(frozen=True, slots=True)
class Concern:
    """Bulgarian phrases; a thing concerns the reader whose title or place has all words of one."""

    phrases: tuple[str, ...]

    @property
    def query(self) -> str:
        """A tsquery; empty where no phrase says anything."""
        return _query(self.phrases)

    def of(self, table: Table) -> ColumnElement[bool]:
        """Whether a row, or the Bulgarian one that it translates, concerns them."""
        source = aliased(table)
        keys = [key.name for key in table.__table__.primary_key if key.name != "language"]
        return exists().where(
            *(getattr(source, key) == getattr(table, key) for key in keys),
            source.language == SOURCE,
            _is_about(source, self.query),
        )


def newest_concerning(
    uow: UnitOfWork, concern: Concern, *, parts: Sequence[str], language: str, size: int
) -> list[SearchEntry]:
    """The newest things here that concern the reader, in the page's language where they have it.

    Two queries.
    """
    if not concern.query:
        return []
    table, now = SearchEntry, uow.now
    key = tuple_(table.part, table.object_id)
    found = (
        select(table)
        .where(table.language == SOURCE, _is_about(table, concern.query), table.part.in_(parts))
        .where(table.published_at <= now, or_(table.until.is_(None), table.until > now))
        .order_by(table.published_at.desc(), table.object_id)
        .limit(size)
    )
    rows = list(uow.session.scalars(found))
    if language == SOURCE or not rows:
        return rows
    keys = [(row.part, row.object_id) for row in rows]
    others = uow.session.scalars(select(table).where(key.in_(keys), table.language == language))
    translated = {(row.part, row.object_id): row for row in others}
    return [translated.get((row.part, row.object_id), row) for row in rows]


def _is_about(table: Table, query: str) -> ColumnElement[bool]:
    about: ColumnElement[bool] = table.title_tokens.bool_op("@@")(cast(query, TSQUERY))
    return about


@lru_cache(maxsize=256)
def _query(phrases: Iterable[str]) -> str:
    questions = (understand(phrase, SOURCE) for phrase in phrases)
    return " | ".join(f"({question.whole})" for question in questions if question.terms)
