"""Notices as an RSS feed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flask_babel import gettext

from obshto.modules.notices.models import Notice
from obshto.modules.notices.services.kinds import KINDS
from obshto.modules.notices.services.notice_text import spoken, when
from obshto.modules.notices.services.settlements import Names, names_of
from obshto.platform.content import syndication
from obshto.platform.content.syndication import FeedEntry, FeedHead
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE


def rss(uow: UnitOfWork, notices: Sequence[Notice], *, names: Names, language: str) -> bytes:
    """RSS 2.0 (https://www.rssboard.org/rss-specification), the newest first.

    Each item keeps its `guid` when it is corrected or called off, and says so.
    """
    prefix = "" if language == SOURCE else f"/{language}"
    home = f"{uow.scope.address}{prefix}/notices/"
    head = FeedHead(
        title=gettext("Съобщения – %(name)s", name=uow.scope.title),
        about=gettext("Спрян ток и вода, затворени пътища, промени в сметосъбирането"),
        page=home,
        address=f"{home}feed.xml",
        language=language,
    )
    entries = [
        FeedEntry(
            key=f"{home}{notice.id}",
            address=f"{home}{notice.id}",
            title=spoken(notice, "title", language),
            text="\n\n".join(_lines(notice, names, language)),
            published_at=notice.published_at or notice.changed_at,
            changed_at=notice.changed_at,
            tags=(str(KINDS[notice.kind]),),
        )
        for notice in notices
    ]
    return syndication.rss(head, entries, changed_at=uow.now)


def _lines(notice: Notice, names: Names, language: str) -> Iterable[str]:
    if notice.withdrawn_at:
        reason = spoken(notice, "reason", language)
        yield gettext("Отменено: %(reason)s", reason=reason)
    elif notice.correction:
        correction = spoken(notice, "correction", language)
        yield gettext("Поправка: %(correction)s", correction=correction)
    where = names_of(notice.settlements, names, language) or gettext("Цялата община")
    yield ", ".join(filter(None, (where, spoken(notice, "address", language))))
    yield when(notice)
    yield spoken(notice, "text", language)
