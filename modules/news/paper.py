"""News as a poster."""

from __future__ import annotations

from uuid import UUID

from flask_babel import gettext

from obshto.modules.news.models import Item
from obshto.modules.news.services import public, translations
from obshto.platform.content.markdown import to_text
from obshto.platform.modularity.manifest import Paper
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import language_in_force


def paper_of(uow: UnitOfWork, item_id: UUID) -> Paper | None:
    """In the language in force, else in Bulgarian; None while citizens do not see it."""
    item = uow.session.scalar(public(uow).where(Item.id == item_id))
    if item is None:
        return None
    shown = translations(uow, [item], language_in_force()).get(item.id, item)
    told = (shown.summary, *to_text(shown.html).splitlines())
    return Paper(
        kind=gettext("Новина"),
        title=shown.title,
        text=tuple(words for words in told if words.strip()),
        path=item.path,
        language=shown.language,
    )
