"""Staff pages of moderation: appeals, decided by somebody else than who hid the thing."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from obshto.platform.errors import DomainError
from obshto.platform.moderation.access_log import look_at_appeal
from obshto.platform.moderation.forms import ReviewForm
from obshto.platform.moderation.permissions import ModerationPermission
from obshto.platform.moderation.port import moderated_parts
from obshto.platform.moderation.services import appeals, decision_of, review
from obshto.platform.moderation.things import page_context
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, lines_of, show_version, tell
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow

console = Blueprint("moderation_console", __name__)


@console.get("/")
@requires(ModerationPermission.REVIEW)
def index() -> str:
    is_decided = request.args.get("list") == "decided"
    page = paginate(current_uow().session, appeals(is_decided=is_decided), page_number())
    shown = page_context(current_uow(), page.rows, moderated_parts())
    return render_template("moderation/queue.html", page=page, is_decided=is_decided, **shown)


@console.route("/<uuid:decision_id>", methods=["GET", "POST"])
@requires(ModerationPermission.REVIEW)
def decide(decision_id: UUID) -> str | tuple[str, int] | Response:
    """Opening it is the purpose: the look at the author's words is recorded."""
    uow, form = current_uow(), ReviewForm()
    look_at_appeal(uow, decision_id)
    found = decision_of(uow, decision_id)
    if form.validate_on_submit():
        try:
            words, version = lines_of(form.words.data), form.expected_version.data
            review(uow, decision_id, form.outcome.data, words, expected_version=version)
            return see_other(".index", said="moderation.decided")
        except DomainError as refusal:
            tell(form, refusal, found)
    show_version(form, found)
    is_own = found.by_id is not None and found.by_id == current_principal().person_id
    parts = moderated_parts()
    shown = page_context(uow, [found], parts)
    shown |= {"is_own": is_own, "hidden": parts[found.part].words(uow, found.object_id)}
    return filled("moderation/decide.html", form, decision=found, **shown)
