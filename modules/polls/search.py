"""What a search may find of a municipality's polls."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from obshto.modules.polls.events import EVENTS, PollWritten, SheetCounted
from obshto.modules.polls.models import Poll
from obshto.modules.polls.services.copies import pattern_of
from obshto.modules.polls.services.queries import Asked, asked_by, public
from obshto.platform.modularity.manifest import PublicEntries, PublicEntry
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE


def entries_of(uow: UnitOfWork, ids: Collection[UUID] | None) -> Iterable[PublicEntry]:
    """Every public poll in each of its languages, with what it asks. Two queries."""
    wanted = public() if ids is None else public().where(Poll.id.in_(ids))
    polls = uow.session.scalars(wanted).all()
    asked = asked_by(uow, [poll.id for poll in polls])
    for poll in polls:
        others = [code for code, words in poll.words.items() if words.get("title")]
        for language in (SOURCE, *others):
            yield _entry(poll, asked.get(poll.id, []), language)


def _entry(poll: Poll, asked: Sequence[Asked], language: str) -> PublicEntry:
    assert poll.published_at
    texts = [poll.said(part, language) for part in ("intro", "outcome")]
    texts += [one.question.said("title", language) for one in asked]
    return PublicEntry(
        object_id=poll.id,
        kind="poll",
        title=poll.said("title", language)[0],
        path=poll.path,
        published_at=poll.published_at,
        language=language,
        text=" ".join(text for text, told in texts if told == language),
        pattern=pattern_of(poll, asked) if language == SOURCE else None,
    )


SEARCH = PublicEntries(
    facts=frozenset(EVENTS) - {PollWritten, SheetCounted}, of=entries_of, is_news=True
)
