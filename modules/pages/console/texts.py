"""Write pages, look at them, publish them, take them back."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, g, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from obshto.modules.pages.forms import EditForm, NewForm, TranslationForm, form_of
from obshto.modules.pages.models import KINDS, SECTIONS, Kind, Page
from obshto.modules.pages.permissions import PagesPermission
from obshto.modules.pages.services import edits, publication, queries
from obshto.modules.pages.services.answers import number_unread, tallies
from obshto.modules.pages.services.kind import PAGES
from obshto.modules.pages.services.links import number_broken
from obshto.platform.content.contents import chaptered
from obshto.platform.editorial.acts import add_deletion, add_press, add_translation
from obshto.platform.editorial.attachments import files_on
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.forms import FlaskForm, PublishForm, filled, tell
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow

console = Blueprint("pages_console", __name__)
LISTS = {
    "published": queries.published,
    "drafts": queries.drafts,
    "deleted": queries.deleted,
}
Answer = str | tuple[str, int] | Response


@console.get("/")
@requires(PagesPermission.WRITE)
def index() -> str:
    uow = current_uow()
    chosen = request.args.get("list", "published")
    rows = LISTS.get(chosen) or abort(404)
    numbers = queries.counts(uow)
    return render_template(
        "pages/console.html",
        page=paginate(uow.session, rows(), page_number(), total=numbers[chosen]),
        chosen=chosen,
        now=uow.now,
        counts=numbers,
        unread=number_unread(uow),
        broken=number_broken(uow),
    )


@console.get("/new")
@requires(PagesPermission.WRITE)
def choose() -> str:
    return render_template("pages/choose.html", kinds=Kind)


@console.route("/new/<kind>", methods=["GET", "POST"])
@requires(PagesPermission.WRITE)
def write(kind: str) -> Answer:
    chosen = _kind(kind)
    form = form_of(NewForm, chosen)()
    if form.validate_on_submit():
        try:
            text, section = form.text(), SECTIONS[form.section.data]
            page = edits.write_page(
                current_uow(), text, kind=chosen, section=section, request_id=form.request_id.data
            )
            if not edits.reads(page, text):
                return _written_before(page, form)
            return see_other("pages_console.edit", page_id=page.id, said="pages.written")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    return filled("pages/write.html", form, kind=chosen)


@console.route("/<uuid:page_id>", methods=["GET", "POST"])
@requires(PagesPermission.WRITE)
def edit(page_id: UUID) -> Answer:
    page = queries.page_of(current_uow(), page_id, to_change=request.method == "POST")
    form = form_of(EditForm, page.kind)(obj=page, data={"expected_version": page.version})
    if form.validate_on_submit():
        try:
            section, expected_version = SECTIONS[form.section.data], form.expected_version.data
            edits.edit_page(
                current_uow(), page, form.text(), section=section, expected_version=expected_version
            )
            return see_other("pages_console.edit", page_id=page.id, said="pages.saved")
        except DomainError as refusal:
            tell(form, refusal, page)
    return _edited(page, form)


@console.get("/<uuid:page_id>/preview")
@requires(PagesPermission.WRITE)
def preview(page_id: UUID) -> str:
    uow = current_uow()
    page = queries.page_of(uow, page_id)
    g.is_preview = True  # may be framed by our own page
    shown = {
        "kind": PAGES,
        "page": page,
        "shown": page,
        "files": files_on(uow, PAGES, page),
        "text": chaptered(page.html),
        "is_preview": True,
    }
    return render_template("pages/show.html", **shown)


@console.get("/<uuid:page_id>/phone")
@requires(PagesPermission.WRITE)
def phone(page_id: UUID) -> str:
    page = queries.page_of(current_uow(), page_id)
    return render_template("pages/phone.html", page=page)


@console.route("/<uuid:page_id>/publish", methods=["GET", "POST"])
@requires(PagesPermission.PUBLISH)
def publish(page_id: UUID) -> Answer:
    page = queries.page_of(current_uow(), page_id, to_change=request.method == "POST")
    form = PublishForm(obj=page, data={"expected_version": page.version})
    if form.validate_on_submit():
        try:
            times = {"at": form.published_at.moment, "until": form.until.moment}
            publication.publish_page(
                current_uow(), page, expected_version=form.expected_version.data, **times
            )
            word = "published" if page.shows_at(current_uow().now) else "scheduled"
            return see_other("pages_console.edit", page_id=page.id, said=f"pages.{word}")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
            form.expected_version.data = page.version
    return filled("pages/publish.html", form, page=page)


add_translation(
    console, PAGES, lambda page: form_of(TranslationForm, page.kind), edits.translate_page
)
add_press(console, PAGES, "hide", publication.hide_page, said="hidden")
add_deletion(console, PAGES, delete=publication.delete_page, restore=publication.restore_page)


def _kind(word: str) -> Kind:
    return KINDS.get(word) or abort(404)


def _written_before(page: Page, again: Any) -> Answer:
    """Back, changed, sent once more: what was saved first, to be changed into what is typed now."""
    typed = asdict(again.text()) | {"expected_version": page.version, "section": again.section.data}
    form = form_of(EditForm, page.kind)(formdata=None, data=typed)
    form.form_errors.append(
        gettext(
            "Тази страница вече е запазена. Ето я с това, което написахте сега: прегледайте го и"
            " запазете."
        )
    )
    return _edited(page, form)


def _edited(page: Page, form: FlaskForm) -> Answer:
    uow = current_uow()
    return filled(
        "pages/edit.html",
        form,
        kind=PAGES,
        page=page,
        original=page,
        now=uow.now,
        files=files_on(uow, PAGES, page),
        tally=tallies(uow, page),
    )
