"""The newest news on the home page."""

from __future__ import annotations

from obshto.modules.news.services import public, translations
from obshto.modules.news.settings import NewsSettings
from obshto.platform.modularity.manifest import HomeBlock
from obshto.platform.settings.services import settings_of
from obshto.platform.web.language import current_language
from obshto.platform.work import Work


def newest(work: Work) -> HomeBlock | None:
    """Nothing at all where nothing is published yet."""
    size = settings_of(work, "news", NewsSettings).on_home
    items = list(work.session.scalars(public(work).limit(size)))
    translated = translations(work, items, current_language())
    context = {"items": items, "translated": translated}
    return HomeBlock(template="news/home.html", context=context, weight=20) if items else None
