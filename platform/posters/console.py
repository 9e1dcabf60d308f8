"""Staff pages: what can be printed, and how."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, render_template, request
from werkzeug.wrappers import Response

from obshto.platform.posters.addresses import number_of
from obshto.platform.posters.errors import NothingToPrint
from obshto.platform.posters.forms import PHONE, PosterForm
from obshto.platform.posters.layout import Size
from obshto.platform.posters.papers import entry_of, paper_of, title_of
from obshto.platform.posters.permissions import PostersPermission
from obshto.platform.posters.services import poster, printable
from obshto.platform.web.access import requires
from obshto.platform.web.file_responses import private_pdf
from obshto.platform.web.forms import filled
from obshto.platform.web.language import LANGUAGES, SOURCE
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow

console = Blueprint("posters_console", __name__)
Answer = str | tuple[str, int] | Response


@console.get("/")
@requires(PostersPermission.PRINT)
def index() -> str:
    uow, typed = current_uow(), request.args.get("q", "").strip()[:80]
    page = paginate(uow.session, printable(uow, typed), page_number())
    return render_template("posters/index.html", page=page, typed=typed, title_of=title_of)


@console.route("/<slug>/<uuid:object_id>", methods=["GET", "POST"])
@requires(PostersPermission.PRINT)
def make(slug: str, object_id: UUID) -> Answer:
    uow = current_uow()
    paper = paper_of(uow, slug, object_id, SOURCE)
    if paper is None:
        entry = entry_of(uow, slug, object_id, SOURCE)
        if entry is None:
            raise NothingToPrint
        return render_template("posters/over.html", entry=entry)
    form = PosterForm()
    if form.validate_on_submit():
        number_of(uow, slug, object_id)
        chosen = {"size": form.size.data, "language": form.language.data}
        chosen |= {"phone": (form.phone.data or "").strip() or None}
        return see_other("posters_console.sheet", slug=slug, object_id=object_id, **chosen)
    return filled("posters/make.html", form, paper=paper, slug=slug)


@console.get("/<slug>/<uuid:object_id>/sheet.pdf")
@requires(PostersPermission.PRINT)
def sheet(slug: str, object_id: UUID) -> Response:
    size, language = request.args.get("size", Size.A4), request.args.get("language", SOURCE)
    if size not in set(Size) or language not in LANGUAGES:
        abort(404)
    phone, kind = request.args.get("phone", "")[:PHONE], Size(size)
    uow = current_uow()
    name, pdf = poster(uow, slug, object_id, size=kind, language=language, phone=phone)
    return private_pdf(name, pdf)
