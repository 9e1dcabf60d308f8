"""Public pages of news."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, render_template, request

from obshto.modules.news.models import Item
from obshto.modules.news.services import public, published_item, translations
from obshto.modules.news.services.kind import NEWS
from obshto.platform.editorial.attachments import Lead, file_for, files_on, leads_of
from obshto.platform.publication_window import next_change
from obshto.platform.storage.downloads import send_file
from obshto.platform.web.access import open_to_all
from obshto.platform.web.language import current_language
from obshto.platform.web.pagination import Page, page_number, paginate
from obshto.platform.web.request_uow import current_uow
from obshto.platform.web.validity import keep_until

citizen = Blueprint("news_citizen", __name__)


@citizen.get("/")
@open_to_all
def index() -> str:
    keep_until(None)  # the list says until when it holds
    return render_template("news/index.html", listed=_listed)


def _listed() -> tuple[Page, dict[UUID, Item], Mapping[UUID, Lead]]:
    """A page of the list, with translations and pictures, where nobody has made it yet."""
    uow = current_uow()
    keep_until(next_change(uow, Item))
    page = paginate(uow.session, public(uow), page_number())
    translated = translations(uow, page.rows, current_language())
    return page, translated, leads_of(uow, NEWS, [item.id for item in page.rows])


@citizen.get("/<uuid:item_id>")
@open_to_all
def show(item_id: UUID) -> str:
    uow = current_uow()
    item = published_item(uow, item_id)
    shown = translations(uow, [item], current_language()).get(item.id, item)
    lead = leads_of(uow, NEWS, [item.id]).get(item.id)
    told = _article(item, shown, lead, publisher=uow.scope.title, home=uow.scope.address)
    beside = {"kind": NEWS, "lead": lead, "files": files_on(uow, NEWS, item)}
    return render_template("news/show.html", item=item, shown=shown, linked=told, **beside)


@citizen.get("/files/<uuid:attachment_id>")
@open_to_all
def file(attachment_id: UUID) -> Response:
    uow = current_uow()
    return send_file(uow, file_for(uow, NEWS, attachment_id))


def _article(
    item: Item, shown: Item, lead: Lead | None, *, publisher: str, home: str
) -> dict[str, Any]:
    """What machines are told of it: https://schema.org/NewsArticle in JSON-LD."""
    assert item.published_at
    changed = max(item.published_at, shown.changed_at)
    pictured = {"image": f"{home}{lead.path}"} if lead else {}
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
    } | pictured
