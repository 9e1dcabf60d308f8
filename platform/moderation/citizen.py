"""Public log of moderation: what was hidden, why, and how an appeal ended."""

from __future__ import annotations

from flask import Blueprint, render_template

from obshto.platform.moderation.port import moderated_parts
from obshto.platform.moderation.services import log
from obshto.platform.moderation.things import page_context
from obshto.platform.web.access import open_to_all
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.request_uow import current_uow

citizen = Blueprint("moderation_citizen", __name__)


@citizen.get("/")
@open_to_all
def index() -> str:
    page = paginate(current_uow().session, log(), page_number())
    shown = page_context(current_uow(), page.rows, moderated_parts())
    return render_template("moderation/log.html", page=page, **shown)
