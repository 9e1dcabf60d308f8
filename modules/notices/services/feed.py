"""Notices as an RSS feed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from feedgen.feed import FeedGenerator
from flask_babel import gettext

from obshto.modules.notices.models import Notice
from obshto.modules.notices.services.kinds import KINDS
from obshto.modules.notices.services.notice_text import spoken, when
from obshto.modules.notices.services.settlements import Names, names_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE


def rss(uow: UnitOfWork, notices: Sequence[Notice], *, names: Names, language: str) -> bytes:
    """RSS 2.0 (https://www.rssboard.org/rss-specification), the newest first.

    Each item keeps its `guid` when it is corrected or called off, and says so.
    """
    assert uow.scope
    prefix = "" if language == SOURCE else f"/{language}"
    home = f"{uow.scope.address}{prefix}/notices/"
    feed = FeedGenerator()
    feed.title(gettext("Съобщения – %(name)s", name=uow.scope.title))
    feed.link(href=f"{home}feed.xml", rel="self")
    feed.link(href=home, rel="alternate")  # the last one is what RSS calls its link
    feed.description(gettext("Спрян ток и вода, затворени пътища, промени в сметосъбирането"))
    feed.language(language)
    feed.docs("https://www.rssboard.org/rss-specification")
    feed.generator("Obshto")
    # The feed changes when a notice does; a clock in it would make each answer another one.
    feed.lastBuildDate(max((n.changed_at for n in notices), default=uow.now))
    for notice in notices:
        entry = feed.add_entry(order="append")
        entry.guid(f"{home}{notice.id}", permalink=True)
        entry.title(spoken(notice, "title", language))
        entry.link(href=f"{home}{notice.id}")
        entry.category(term=str(KINDS[notice.kind]))
        entry.published(notice.published_at)
        entry.description("\n\n".join(_lines(notice, names, language)))
    told: bytes = feed.rss_str()
    return told


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
