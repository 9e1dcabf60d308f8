"""Page by which a thing is followed: a press for an account, a letter first for others."""

from __future__ import annotations

from flask import redirect, request
from werkzeug.wrappers import Response

from obshto.platform.followers.forms import FollowerForm, FollowPressForm
from obshto.platform.followers.services import (
    Followed,
    ask_to_follow,
    follow_as,
    is_following,
    stop_following,
)
from obshto.platform.web.language import current_language
from obshto.platform.web.private_page import private_page
from obshto.platform.web.redirects import see_other, with_flash
from obshto.platform.web.request_uow import current_principal, current_uow


def follow_page(thing: Followed) -> Response:
    """The view of a module's own address, once it has found the thing and may show it."""
    me = current_principal().person_id
    form = FollowPressForm() if me else FollowerForm()
    if form.validate_on_submit() and (me or form.passes()):
        if me is None:
            ask_to_follow(current_uow(), thing, form.email.data, language=current_language())
            return see_other("followers_citizen.asked")
        said = _pressed(thing, wants=form.wants.data == "y")
        answer = redirect(f"{request.script_root}{request.path}?said={said}", 303)
        return with_flash(answer, said)
    follows = bool(me) and is_following(current_uow(), thing, person_id=me)
    return private_page("followers/follow.html", thing=thing, form=form, is_following=follows)


def _pressed(thing: Followed, *, wants: bool) -> str:
    """What was asked for holds, however often it is pressed."""
    uow, me = current_uow(), current_principal().person_id
    assert me
    if wants:
        follow_as(uow, thing, me, language=current_language())
        return "followers.confirmed"
    stop_following(uow, thing, person_id=me)
    return "followers.stopped"
