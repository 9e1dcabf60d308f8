"""Pages behind a module's own address: a reader flags a thing, its author appeals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import redirect
from werkzeug.wrappers import Response

from obshto.platform.errors import DomainError
from obshto.platform.moderation.errors import AppealClosed
from obshto.platform.moderation.forms import AppealForm, FlagForm
from obshto.platform.moderation.models import ModerationDecision
from obshto.platform.moderation.services import appeal
from obshto.platform.web.forms import lines_of, tell
from obshto.platform.web.private_page import private_page
from obshto.platform.web.redirects import with_flash
from obshto.platform.web.request_uow import current_uow


@dataclass(frozen=True, slots=True, kw_only=True)
class FlaggedThing:
    """What a reader says breaks a rule: what it is called, what everybody reads of it, its page."""

    heading: str
    words: str
    back_url: str
    is_hidden: bool = False


def flag_page(thing: FlaggedThing, flag: Callable[[str, UUID], None]) -> Response:
    """The view of a module that found the thing; `flag` gets rule and request id, never who."""
    form = FlagForm()
    if not thing.is_hidden and form.validate_on_submit() and form.passes():
        flag(form.rule.data, form.request_id.data)
        said = "moderation.flagged"
        return with_flash(redirect(f"{thing.back_url}?said={said}", 303), said)
    return private_page("moderation/flag.html", form=form, thing=thing)


def appeal_page(
    decision: ModerationDecision | None, *, own_page: str, layout: str = "site.html"
) -> Response:
    """The view of a module that found the author's thing; `own_page` is where they read of it.

    Staff who enter what an author brought on paper get it in the `layout` of the console.

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
    shown: dict[str, Any] = {"decision": decision, "own_page": own_page, "layout": layout}
    return private_page("moderation/appeal.html", form=form, **shown)
