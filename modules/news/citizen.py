"""Public pages of news."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, render_template, request

from obshto.modules.news.models import Item
from obshto.modules.news.services import public, published_item, translations
from obshto.modules.news.services.kind import NEWS
from obshto.platform.storage.sending import send_file
from obshto.platform.texts.files import Lead, file_for, files_on, leads_of
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
    leads = leads_of(work, NEWS, [item.id for item in page.rows])
    return render_template("news/index.html", page=page, translated=translated, leads=leads)


@citizen.get("/<uuid:item_id>")
@open_to_all
def show(item_id: UUID) -> str:
    work = current_work()
    item = published_item(work, item_id)
    shown = translations(work, [item], current_language()).get(item.id, item)
    lead = leads_of(work, NEWS, [item.id]).get(item.id)
    assert work.scope
    told = _article(item, shown, lead, publisher=work.scope.title, home=work.scope.address)
    beside = {"kind": NEWS, "lead": lead, "files": files_on(work, NEWS, item)}
    return render_template("news/show.html", item=item, shown=shown, linked=told, **beside)


@citizen.get("/files/<uuid:attachment_id>")
@open_to_all
def file(attachment_id: UUID) -> Response:
    work = current_work()
    wanted = request.args.get("width", type=int)
    return send_file(work, file_for(work, NEWS, attachment_id, width=wanted))


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
