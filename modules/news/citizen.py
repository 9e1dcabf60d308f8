"""Public pages of news."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request

from obshto.modules.news.models import Item
from obshto.modules.news.services import public, published_item, translations
from obshto.platform.web.access import open_to_all
from obshto.platform.web.edge import current_work
from obshto.platform.web.language import current_language
from obshto.platform.web.paging import page_number, paginate

citizen = Blueprint("news_citizen", __name__)


@citizen.get("/")
@open_to_all
def index() -> str:
    work = current_work()
    page = paginate(work.session, public(work), page_number())
    translated = translations(work, page.rows, current_language())
    return render_template("news/index.html", page=page, translated=translated)


@citizen.get("/<uuid:item_id>")
@open_to_all
def show(item_id: UUID) -> str:
    work = current_work()
    item = published_item(work, item_id)
    shown = translations(work, [item], current_language()).get(item.id, item)
    assert work.scope
    told = _article(item, shown, publisher=work.scope.title)
    return render_template("news/show.html", item=item, shown=shown, linked=told)


def _article(item: Item, shown: Item, *, publisher: str) -> dict[str, Any]:
    """What machines are told of it: https://schema.org/NewsArticle in JSON-LD."""
    assert item.published_at
    changed = max(item.published_at, shown.changed_at)
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": request.base_url,
        "url": request.base_url,
        "headline": shown.title,
        "description": shown.summary,
        "inLanguage": shown.language,
        "datePublished": item.published_at.isoformat(timespec="seconds"),
        "dateModified": changed.isoformat(timespec="seconds"),
        "publisher": {"@type": "GovernmentOrganization", "name": publisher},
    }
