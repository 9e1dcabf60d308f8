"""Public pages of a municipality."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, g, render_template, request
from werkzeug.wrappers import Response as Answer

from obshto.modules.pages.forms import YES, AnswerForm
from obshto.modules.pages.services import answers, queries
from obshto.modules.pages.services.kind import PAGES
from obshto.modules.pages.services.schema_org import described
from obshto.platform.content.contents import chaptered
from obshto.platform.editorial.attachments import file_for, files_on
from obshto.platform.storage.downloads import send_file
from obshto.platform.web.access import open_to_all
from obshto.platform.web.language import current_language, path_in
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow

citizen = Blueprint("pages_citizen", __name__)


@citizen.get("/")
@open_to_all
def index() -> str:
    return render_template("pages/index.html", shelves=queries.shelves(current_uow()))


@citizen.get("/section/<section>")
@open_to_all
def shelf(section: str) -> str:
    uow, here = current_uow(), queries.section_named(section)
    rows = uow.session.scalars(queries.public(uow).filter_by(section=here.value)).all()
    translated = queries.translations(uow, rows, current_language())
    return render_template("pages/shelf.html", here=here, rows=rows, translated=translated)


@citizen.get("/<uuid:page_id>")
@open_to_all
def show(page_id: UUID) -> str:
    uow = current_uow()
    page = queries.public_page(uow, page_id)
    shown = queries.translations(uow, [page], current_language()).get(page.id, page)
    address = f"{uow.scope.address}{path_in(current_language())}"
    told = described(page, shown, address=address, municipality=uow.scope.title)
    files = files_on(uow, PAGES, page)
    return render_template(
        "pages/show.html",
        kind=PAGES,
        page=page,
        shown=shown,
        files=files,
        told=told,
        text=chaptered(shown.html),
    )


@citizen.get("/files/<uuid:attachment_id>")
@open_to_all
def file(attachment_id: UUID) -> Response:
    uow = current_uow()
    return send_file(uow, file_for(uow, PAGES, attachment_id))


@citizen.route("/<uuid:page_id>/clear", methods=["GET", "POST"])
@open_to_all
def clear(page_id: UUID) -> str | tuple[str, int] | Answer:
    uow = current_uow()
    g.is_personal = True  # its request_id is for one reader: no cache may give it to another
    page = queries.public_page(uow, page_id)
    form = AnswerForm(data={"is_clear": request.args.get("answer")})
    if form.validate_on_submit() and form.passes():
        is_clear, words = form.is_clear.data == YES, (form.words.data or "").strip()
        request_id = form.request_id.data
        answers.answer(uow, page, is_clear=is_clear, words=words, request_id=request_id)
        return see_other("pages_citizen.show", page_id=page.id, said="pages.answered")
    filled = render_template("pages/clear.html", page=page, form=form)
    return (filled, 422) if form.errors or form.is_asking else filled
