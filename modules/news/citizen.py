"""Public pages of news."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template

from obshto.modules.news.services import published, published_item, translations
from obshto.platform.web.access import open_to_all
from obshto.platform.web.edge import current_work
from obshto.platform.web.language import current_language
from obshto.platform.web.paging import page_number, paginate

citizen = Blueprint("news_citizen", __name__)


@citizen.get("/")
@open_to_all
def index() -> str:
    work = current_work()
    page = paginate(work.session, published(), page_number())
    translated = translations(work, page.rows, current_language())
    return render_template("news/index.html", page=page, translated=translated)


@citizen.get("/<uuid:item_id>")
@open_to_all
def show(item_id: UUID) -> str:
    work = current_work()
    item = published_item(work, item_id)
    shown = translations(work, [item], current_language()).get(item.id, item)
    return render_template("news/show.html", item=item, shown=shown)
