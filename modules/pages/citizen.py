"""Public pages of a municipality."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, g, render_template, request
from werkzeug.wrappers import Response as Answer

from obshto.modules.pages.forms import YES, AnswerForm
from obshto.modules.pages.services import answers, reading
from obshto.modules.pages.services.kind import PAGES
from obshto.modules.pages.services.schema_org import described
from obshto.platform.storage.sending import send_file
from obshto.platform.texts.files import file_for, files_on
from obshto.platform.web.access import open_to_all
from obshto.platform.web.edge import current_work
from obshto.platform.web.language import current_language, path_in
from obshto.platform.web.moves import see_other

citizen = Blueprint("pages_citizen", __name__)


@citizen.get("/")
@open_to_all
def index() -> str:
    return render_template("pages/index.html", shelves=reading.shelves(current_work()))


@citizen.get("/section/<section>")
@open_to_all
def shelf(section: str) -> str:
    work, here = current_work(), reading.section_named(section)
    rows = work.session.scalars(reading.public(work).filter_by(section=here.value)).all()
    translated = reading.translations(work, rows, current_language())
    return render_template("pages/shelf.html", here=here, rows=rows, translated=translated)


@citizen.get("/<uuid:page_id>")
@open_to_all
def show(page_id: UUID) -> str:
    work = current_work()
    page = reading.public_page(work, page_id)
    shown = reading.translations(work, [page], current_language()).get(page.id, page)
    assert work.scope
    address = f"{work.scope.address}{path_in(current_language())}"
    told = described(page, shown, address=address, municipality=work.scope.title)
    files = files_on(work, PAGES, page)
    return render_template(
        "pages/show.html", kind=PAGES, page=page, shown=shown, files=files, told=told
    )


@citizen.get("/files/<uuid:attachment_id>")
@open_to_all
def file(attachment_id: UUID) -> Response:
    work = current_work()
    wanted = request.args.get("width", type=int)
    return send_file(work, file_for(work, PAGES, attachment_id, width=wanted))


@citizen.route("/<uuid:page_id>/clear", methods=["GET", "POST"])
@open_to_all
def clear(page_id: UUID) -> str | tuple[str, int] | Answer:
    work = current_work()
    g.is_personal = True  # its request_id is for one reader: no cache may give it to another
    page = reading.public_page(work, page_id)
    form = AnswerForm(data={"is_clear": request.args.get("answer")})
    if form.validate_on_submit() and form.passes():
        is_clear, words = form.is_clear.data == YES, (form.words.data or "").strip()
        request_id = form.request_id.data
        answers.answer(work, page, is_clear=is_clear, words=words, request_id=request_id)
        return see_other("pages_citizen.show", page_id=page.id, said="pages.answered")
    filled = render_template("pages/clear.html", page=page, form=form)
    return (filled, 422) if form.errors or form.is_asking else filled
