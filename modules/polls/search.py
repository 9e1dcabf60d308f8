"""What a search may find of a municipality's polls."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from sqlalchemy import select

from obshto.modules.polls.events import EVENTS, PollWritten, SheetCounted
from obshto.modules.polls.models import Poll, Question
from obshto.modules.polls.services.reading import public
from obshto.platform.modularity.manifest import PublicEntries, PublicEntry
from obshto.platform.web.language import SOURCE
from obshto.platform.work import Work


def entries_of(work: Work, ids: Collection[UUID] | None) -> Iterable[PublicEntry]:
    """Every public poll in each of its languages, with what it asks. Two queries."""
    wanted = public() if ids is None else public().where(Poll.id.in_(ids))
    polls = work.session.scalars(wanted).all()
    asked: dict[UUID, list[Question]] = {}
    rows = select(Question).where(Question.poll_id.in_([poll.id for poll in polls]))
    for question in work.session.scalars(rows.order_by(Question.position)):
        asked.setdefault(question.poll_id, []).append(question)
    for poll in polls:
        others = [code for code, words in poll.words.items() if words.get("title")]
        for language in (SOURCE, *others):
            yield _entry(poll, asked.get(poll.id, []), language)


def _entry(poll: Poll, asked: list[Question], language: str) -> PublicEntry:
    assert poll.published_at
    texts = [poll.said(part, language) for part in ("intro", "outcome")]
    texts += [question.said("title", language) for question in asked]
    return PublicEntry(
        object_id=poll.id,
        kind="poll",
        title=poll.said("title", language)[0],
        path=poll.path,
        published_at=poll.published_at,
        language=language,
        text=" ".join(text for text, told in texts if told == language),
    )


SEARCH = PublicEntries(facts=frozenset(EVENTS) - {PollWritten, SheetCounted}, of=entries_of)
