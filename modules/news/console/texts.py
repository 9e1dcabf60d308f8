"""Write news, look at them, publish them, take them back."""

from __future__ import annotations

from dataclasses import asdict
from uuid import UUID

from flask import Blueprint, abort, g, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from obshto.modules.news import services as news
from obshto.modules.news.forms import EditForm, NewForm, TranslationForm
from obshto.modules.news.models import Item
from obshto.modules.news.permissions import NewsPermission
from obshto.modules.news.services.kind import NEWS
from obshto.platform.editorial.acts import add_deletion, add_press, add_translation
from obshto.platform.editorial.attachments import files_on, leads_of
from obshto.platform.errors import DomainError
from obshto.platform.soft_delete import counts
from obshto.platform.web.access import requires
from obshto.platform.web.forms import ScheduleForm, filled, tell
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow

console = Blueprint("news_console", __name__)
LISTS = {"published": news.published, "drafts": news.drafts, "deleted": news.deleted}
Answer = str | tuple[str, int] | Response


@console.get("/")
@requires(NewsPermission.WRITE)
def index() -> str:
    uow = current_uow()
    chosen = request.args.get("list", "published")
    rows = LISTS.get(chosen) or abort(404)
    numbers = counts(uow, {name: of() for name, of in LISTS.items()})
    page = paginate(uow.session, rows(), page_number(), total=numbers[chosen])
    shown = {"page": page, "chosen": chosen, "counts": numbers, "now": uow.now}
    return render_template("news/console.html", **shown)


@console.route("/new", methods=["GET", "POST"])
@requires(NewsPermission.WRITE)
def write() -> Answer:
    form = NewForm()
    if form.validate_on_submit():
        try:
            item = news.write_item(current_uow(), form.text(), request_id=form.request_id.data)
            if not news.reads(item, form.text()):
                return _written_before(item, form)
            return see_other("news_console.edit", item_id=item.id, said="news.written")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    return filled("news/write.html", form)


@console.route("/<uuid:item_id>", methods=["GET", "POST"])
@requires(NewsPermission.WRITE)
def edit(item_id: UUID) -> Answer:
    uow = current_uow()
    item = news.item_of(uow, item_id, to_change=request.method == "POST")
    form = EditForm(obj=item, data={"expected_version": item.version, "correction": ""})
    if form.validate_on_submit():
        try:
            correction = (form.correction.data or "").strip()
            expected_version = form.expected_version.data
            news.edit_item(
                uow, item, form.text(), expected_version=expected_version, correction=correction
            )
            return see_other("news_console.edit", item_id=item.id, said="news.saved")
        except DomainError as refusal:
            tell(form, refusal, item)
    return _edited(item, form)


@console.get("/<uuid:item_id>/preview")
@requires(NewsPermission.WRITE)
def preview(item_id: UUID) -> str:
    uow = current_uow()
    item = news.item_of(uow, item_id)
    g.is_preview = True  # may be framed by our own page
    lead = leads_of(uow, NEWS, [item.id]).get(item.id)
    beside = {"kind": NEWS, "lead": lead, "files": files_on(uow, NEWS, item)}
    return render_template("news/show.html", item=item, shown=item, is_preview=True, **beside)


@console.get("/<uuid:item_id>/phone")
@requires(NewsPermission.WRITE)
def phone(item_id: UUID) -> str:
    return render_template("news/phone.html", item=news.item_of(current_uow(), item_id))


@console.route("/<uuid:item_id>/when", methods=["GET", "POST"])
@requires(NewsPermission.PUBLISH)
def schedule(item_id: UUID) -> Answer:
    uow = current_uow()
    item = news.item_of(uow, item_id, to_change=request.method == "POST")
    form = ScheduleForm(obj=item, data={"expected_version": item.version})
    if form.validate_on_submit():
        try:
            times = {"at": form.published_at.moment, "until": form.until.moment}
            news.publish_item(uow, item, expected_version=form.expected_version.data, **times)
            return see_other("news_console.edit", item_id=item.id, said="news.scheduled")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
            form.expected_version.data = item.version
    return filled("news/schedule.html", form, item=item)


add_translation(console, NEWS, lambda item: TranslationForm, news.translate_item)
add_press(console, NEWS, "publish", news.publish_item, said="published")
add_press(console, NEWS, "hide", news.hide_item, said="hidden")
add_deletion(console, NEWS, delete=news.delete_item, restore=news.restore_item)


def _written_before(item: Item, again: NewForm) -> Answer:
    """Back, changed, sent once more: what was saved first, to be changed into what is typed now."""
    typed = {"expected_version": item.version, "correction": "", **asdict(again.text())}
    form = EditForm(formdata=None, data=typed)
    form.form_errors.append(
        gettext(
            "Тази новина вече е запазена. Ето я с това, което написахте сега: прегледайте го и"
            " запазете."
        )
    )
    return _edited(item, form)


def _edited(item: Item, form: EditForm) -> Answer:
    uow = current_uow()
    return filled(
        "news/edit.html",
        form,
        kind=NEWS,
        item=item,
        original=item,
        now=uow.now,
        files=files_on(uow, NEWS, item),
    )
