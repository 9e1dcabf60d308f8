"""Editions of a data set as Atom: whoever follows it learns that there is a new one."""

from __future__ import annotations

from flask_babel import gettext

from obshto.modules.opendata.models import Edition
from obshto.modules.opendata.services.catalogue import OWN, CatalogueEntry, editions_of
from obshto.platform.content.syndication import FeedEntry, FeedHead, atom
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import number
from obshto.platform.web.language import SOURCE

NEWEST = 20  # editions


def edition_feed(uow: UnitOfWork, entry: CatalogueEntry, *, language: str) -> bytes:
    """The latest editions, each under an id that it keeps. One query."""
    home = uow.scope.address
    page = f"{home}{'' if language == SOURCE else f'/{language}'}{entry.address}"
    head = FeedHead(
        title=f"{entry.title}: {uow.scope.title}",
        about=str(entry.about),
        page=page,
        address=f"{page}/atom.xml",
        language=language,
    )
    editions = uow.session.scalars(editions_of(entry.part, entry.slug).limit(NEWEST))
    lines = [
        FeedEntry(
            key=f"{home}{entry.address}/versions/{one.number}.json",
            address=f"{page}/versions",
            title=gettext("%(title)s, издание № %(n)s", title=entry.title, n=one.number),
            text=_difference(one),
            published_at=one.made_at,
            changed_at=one.made_at,
            language=SOURCE if entry.part == OWN else "",
        )
        for one in editions
    ]
    return atom(head, lines)


def _difference(one: Edition) -> str:
    """What differs from the edition before, in the words of its page."""
    told = [f"{gettext('Редове')}: {number(one.rows)}"]
    if one.added is None:
        told += [gettext("първо издание")] if one.number == 1 else []
    else:
        told += [
            gettext("нови: %(n)s", n=number(one.added)),
            gettext("променени: %(n)s", n=number(one.changed or 0)),
            gettext("махнати: %(n)s", n=number(one.removed or 0)),
        ]
    return ", ".join(told)
