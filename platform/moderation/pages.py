"""Page by which the author of something hidden appeals, behind the module's own address."""

from __future__ import annotations

from flask import redirect
from werkzeug.wrappers import Response

from obshto.platform.errors import DomainError
from obshto.platform.moderation.errors import AppealClosed
from obshto.platform.moderation.forms import AppealForm
from obshto.platform.moderation.models import ModerationDecision
from obshto.platform.moderation.services import appeal
from obshto.platform.web.forms import lines_of, tell
from obshto.platform.web.private_page import private_page
from obshto.platform.web.redirects import with_flash
from obshto.platform.web.request_uow import current_uow


def appeal_page(decision: ModerationDecision | None, *, own_page: str) -> Response:
    """The view of a module that found the author's thing; `own_page` is where they read of it.

    Raises AppealClosed where nothing is hidden.
    """
    if decision is None:
        raise AppealClosed
    form = AppealForm()
    if form.validate_on_submit() and form.passes():
        try:
            words, request_id = lines_of(form.words.data), form.request_id.data
            appeal(current_uow(), decision, words, request_id=request_id)
            said = "moderation.appealed"
            return with_flash(redirect(f"{own_page}?said={said}", 303), said)
        except DomainError as refusal:
            tell(form, refusal)
    return private_page("moderation/appeal.html", form=form, decision=decision, own_page=own_page)
