"""Staff pages of training."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from obshto.modules.training import services
from obshto.modules.training.forms import OpenForm
from obshto.modules.training.permissions import TrainingPermission
from obshto.platform.web.access import requires
from obshto.platform.web.forms import seen_here
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow

console = Blueprint("training_console", __name__)


@console.get("/")
@requires(TrainingPermission.MANAGE)
def index() -> str:
    page = paginate(current_uow().session, services.everything(), page_number())
    return render_template("training/console.html", page=page)


@console.route("/new", methods=["GET", "POST"])
@requires(TrainingPermission.MANAGE)
def write() -> str | tuple[str, int] | Response:
    form = OpenForm()
    if form.validate_on_submit():
        request_id = form.request_id.data
        entry = services.open_lesson(current_uow(), form.words(), request_id=request_id)
        return see_other(
            "training_console.entry",
            entry_id=entry.id,
            said="training.opened",
        )
    page = render_template("training/write.html", form=form)
    return (page, 422) if form.errors else page


@console.get("/<uuid:entry_id>")
@requires(TrainingPermission.MANAGE)
def entry(entry_id: UUID) -> str:
    found = services.find_lesson(current_uow(), services.everything(), entry_id)
    return render_template("training/entry.html", entry=found)


@console.post("/<uuid:entry_id>/close")
@requires(TrainingPermission.MANAGE)
def close(entry_id: UUID) -> Response:
    to_change = services.everything().with_for_update()
    found = services.find_lesson(current_uow(), to_change, entry_id)
    services.close_lesson(current_uow(), found, expected_version=seen_here())
    return see_other("training_console.index", said="training.closed")
