"""Write guides, look at them, publish them, take them back."""

from __future__ import annotations

from dataclasses import asdict
from uuid import UUID

from flask import Blueprint, abort, g, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from obshto.modules.guides.errors import GuideWithoutSteps
from obshto.modules.guides.forms.texts import EditGuideForm, NewGuideForm, TranslationForm
from obshto.modules.guides.models import CitizenGuide
from obshto.modules.guides.permissions import GuidesPermission
from obshto.modules.guides.services import edits, publication, queries
from obshto.modules.guides.services.kind import KIND
from obshto.modules.guides.services.page_context import page_of
from obshto.modules.guides.services.readings import ReadingTally, tallies
from obshto.platform.editorial.acts import add_deletion, add_press, add_translation
from obshto.platform.editorial.attachments import files_on
from obshto.platform.errors import DomainError
from obshto.platform.soft_delete import counts
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, seen_here, tell
from obshto.platform.web.language import SOURCE
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow

console = Blueprint("guides_console", __name__)
LISTS = {"published": queries.published, "drafts": queries.drafts, "deleted": queries.deleted}
Answer = str | tuple[str, int] | Response


@console.get("/")
@requires(GuidesPermission.WRITE)
def index() -> str:
    uow = current_uow()
    chosen = request.args.get("list", "published")
    rows = LISTS.get(chosen) or abort(404)
    numbers = counts(uow, {name: of() for name, of in LISTS.items()})
    page = paginate(uow.session, rows(), page_number(), total=numbers[chosen])
    read = tallies(uow, [guide.id for guide in page.rows])
    shown = {
        "page": page,
        "chosen": chosen,
        "counts": numbers,
        "read": read,
        "none": ReadingTally(),
    }
    return render_template("guides/console.html", **shown)


@console.route("/new", methods=["GET", "POST"])
@requires(GuidesPermission.WRITE)
def write() -> Answer:
    form = NewGuideForm()
    if form.validate_on_submit():
        text, links = form.text(), form.links()
        try:
            request_id = form.request_id.data
            guide = edits.write_guide(current_uow(), text, links, request_id=request_id)
            if not (edits.reads(guide, text) and edits.links_of(guide) == links):
                return _written_before(guide, form)
            return see_other("guides_console.edit", guide_id=guide.id, said="guides.written")
        except DomainError as refusal:
            tell(form, refusal)
    return filled("guides/write.html", form)


@console.route("/<uuid:guide_id>", methods=["GET", "POST"])
@requires(GuidesPermission.WRITE)
def edit(guide_id: UUID) -> Answer:
    uow = current_uow()
    guide = queries.guide_of(uow, guide_id, to_change=request.method == "POST")
    form = EditGuideForm(obj=guide, data={"expected_version": guide.version})
    if form.validate_on_submit():
        version = form.expected_version.data
        try:
            edits.edit_guide(uow, guide, form.text(), form.links(), expected_version=version)
            return see_other("guides_console.edit", guide_id=guide.id, said="guides.saved")
        except DomainError as refusal:
            tell(form, refusal, guide)
    return _edited(guide, form)


@console.get("/<uuid:guide_id>/preview")
@requires(GuidesPermission.WRITE)
def preview(guide_id: UUID) -> str:
    guide = queries.guide_of(current_uow(), guide_id)
    g.is_preview = True  # may be framed by our own page
    context = page_of(current_uow(), guide, SOURCE)
    return render_template("guides/show.html", is_preview=True, **context)


@console.post("/<uuid:guide_id>/publish")
@requires(GuidesPermission.PUBLISH)
def publish(guide_id: UUID) -> Answer:
    """What is saved shows at once; a text without steps is sent back with what is missing."""
    uow = current_uow()
    guide = queries.guide_of(uow, guide_id, to_change=True)
    try:
        publication.publish_guide(uow, guide, expected_version=seen_here())
        return see_other("guides_console.edit", guide_id=guide_id, said="guides.published")
    except GuideWithoutSteps as refusal:
        form = EditGuideForm(formdata=None, obj=guide, data={"expected_version": guide.version})
        form.markdown.errors = [str(refusal)]
        return _edited(guide, form)


add_translation(console, KIND, lambda guide: TranslationForm, edits.translate_guide)
add_press(console, KIND, "hide", publication.hide_guide, said="hidden")
add_deletion(console, KIND, delete=publication.delete_guide, restore=publication.restore_guide)


def _written_before(guide: CitizenGuide, again: NewGuideForm) -> Answer:
    """Back, changed, sent once more: what was saved first, to be changed into what is typed now."""
    typed = asdict(again.text()) | asdict(again.links()) | {"expected_version": guide.version}
    form = EditGuideForm(formdata=None, data=typed)
    form.form_errors.append(
        gettext(
            "Това упътване вече е запазено. Ето го с това, което написахте сега: прегледайте го и"
            " запазете."
        )
    )
    return _edited(guide, form)


def _edited(guide: CitizenGuide, form: EditGuideForm) -> Answer:
    uow = current_uow()
    read = tallies(uow, [guide.id]).get(guide.id, ReadingTally())
    about = {"kind": KIND, "guide": guide, "original": guide, "read": read}
    return filled("guides/edit.html", form, files=files_on(uow, KIND, guide), **about)
