"""What a search may find of a municipality's notices."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from obshto.modules.notices.events import EVENTS, NoticeDeleted, NoticeEdited, NoticeWritten
from obshto.modules.notices.models import Notice
from obshto.modules.notices.services.queries import public
from obshto.modules.notices.services.settlements import Names, names_of, settlements_here
from obshto.platform.modularity.manifest import PublicEntries, PublicEntry
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE


def entries_of(uow: UnitOfWork, ids: Collection[UUID] | None) -> Iterable[PublicEntry]:
    """Every notice that stands, in each of its languages, until it is over. Two queries."""
    wanted = public().where(Notice.withdrawn_at.is_(None), Notice.ends_at > uow.now)
    if ids is not None:
        wanted = wanted.where(Notice.id.in_(ids))
    notices = uow.session.scalars(wanted).all()
    names = settlements_here(uow) if notices else {}
    for notice in notices:
        others = [code for code, words in notice.words.items() if words.get("title")]
        for language in (SOURCE, *others):
            yield _entry(notice, language, names)


def _entry(notice: Notice, language: str, names: Names) -> PublicEntry:
    assert notice.published_at
    texts = [notice.said(part, language) for part in ("address", "text")]
    where = names_of(notice.settlements, names, language)
    return PublicEntry(
        object_id=notice.id,
        kind="notice",
        title=notice.said("title", language)[0],
        path=notice.path,
        published_at=notice.published_at,
        language=language,
        text=" ".join([where, *(text for text, told in texts if told == language)]).strip(),
        place=where if len(notice.settlements) == 1 else "",
        until=notice.ends_at,
    )


SEARCH = PublicEntries(
    facts=frozenset(EVENTS) - {NoticeWritten, NoticeEdited, NoticeDeleted},
    of=entries_of,
    is_news=True,
)
