"""The newest news on the home page."""

from __future__ import annotations

from obshto.modules.news.models import Item
from obshto.modules.news.services import public, translations
from obshto.modules.news.services.kind import NEWS
from obshto.modules.news.settings import NewsSettings
from obshto.platform.editorial.attachments import leads_of
from obshto.platform.modularity.manifest import HomeBlock
from obshto.platform.modularity.shared_blocks import shared_block
from obshto.platform.publication_window import showing
from obshto.platform.settings.services import settings_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import current_language
from obshto.platform.web.validity import keep_until

MOST = 4  # of any list of the home page


@shared_block
def newest(uow: UnitOfWork) -> HomeBlock | None:
    """Nothing at all where nothing is published yet."""
    size = settings_of(uow, "news", NewsSettings).on_home
    items, turn = showing(uow, Item, public(uow).limit(min(size, MOST)))
    keep_until(turn)
    translated = translations(uow, items, current_language())
    leads = leads_of(uow, NEWS, [item.id for item in items])
    context = {"items": items, "translated": translated, "leads": leads}
    return HomeBlock(template="news/home.html", context=context, weight=20) if items else None
