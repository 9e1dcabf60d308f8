"""Public pages of training."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template

from obshto.modules.training import services
from obshto.platform.web.access import open_to_all
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.request_uow import current_uow

citizen = Blueprint("training_citizen", __name__)


@citizen.get("/")
@open_to_all
def index() -> str:
    page = paginate(current_uow().session, services.shown(), page_number())
    return render_template("training/index.html", page=page)


@citizen.get("/<uuid:entry_id>")
@open_to_all
def show(entry_id: UUID) -> str:
    entry = services.find_lesson(current_uow(), services.shown(), entry_id)
    return render_template("training/show.html", entry=entry)
