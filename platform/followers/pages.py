"""Page by which a thing is followed: a press for an account, a letter first for others."""

from __future__ import annotations

from flask import redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from obshto.platform.errors import DomainError
from obshto.platform.followers.forms import (
    FollowCodeForm,
    FollowerForm,
    FollowPhoneForm,
    FollowPressForm,
)
from obshto.platform.followers.phones import AskedPhone, answer_by_code, ask_phone_to_follow
from obshto.platform.followers.services import (
    Followed,
    ask_to_follow,
    follow_as,
    is_following,
    stop_following,
)
from obshto.platform.notify.settings import letters_settings
from obshto.platform.notify.sms.phones import read_number
from obshto.platform.notify.sms.short_codes import may_be_sent, may_guess
from obshto.platform.web.data_use import data_kept_by
from obshto.platform.web.language import current_language
from obshto.platform.web.private_page import private_page
from obshto.platform.web.redirects import see_other, with_flash
from obshto.platform.web.request_uow import current_principal, current_uow

KEEPER = "followers"  # whichever part's page it is


def follow_page(thing: Followed, *, has_sms: bool = False) -> Response:
    """The view of a module's own address, once it has found the thing and may show it.

    `has_sms`: the subjects of its letters say enough for a short message.
    """
    data_kept_by(KEEPER)
    me = current_principal().person_id
    has_sms = has_sms and not me and bool(letters_settings(current_uow()).sms_sender)
    if has_sms and request.args.get("by") == "phone":
        return _phone_page(thing)
    form = FollowPressForm() if me else FollowerForm()
    if form.validate_on_submit() and (me or form.passes()):
        if me is None:
            ask_to_follow(current_uow(), thing, form.email.data, language=current_language())
            return see_other("followers_citizen.asked")
        said = _pressed(thing, wants=form.wants.data == "y")
        answer = redirect(f"{request.script_root}{request.path}?said={said}", 303)
        return with_flash(answer, said)
    follows = bool(me) and is_following(current_uow(), thing, person_id=me)
    return private_page(
        "followers/follow.html", thing=thing, form=form, is_following=follows, has_sms=has_sms
    )


def _phone_page(thing: Followed) -> Response:
    """A code goes to the phone; it is typed on the next page."""
    form = FollowPhoneForm()
    if form.validate_on_submit() and form.passes() and (token := _code_sent(thing, form)):
        return see_other("followers_citizen.code", token=token)
    return private_page("followers/phone.html", thing=thing, form=form)


def _code_sent(thing: Followed, form: FollowPhoneForm) -> str:
    """The token of the page where the code is typed; else the form says why not."""
    number = read_number(form.phone.data) or ""
    if not may_be_sent(number):
        form.form_errors.append(
            gettext("Днес пратихме няколко кода на този номер. Опитайте утре или с имейл.")
        )
        return ""
    language, once = current_language(), form.request_id.data
    asked = AskedPhone(thing=thing, phone=number, language=language, once=once)
    try:
        return ask_phone_to_follow(current_uow(), asked)
    except DomainError as refusal:
        form.form_errors.append(str(refusal))
        return ""


def code_page(asked: AskedPhone) -> Response:
    """Where the code is typed: the phone follows the thing, or stops."""
    form = FollowCodeForm()
    if form.validate_on_submit():
        wants = form.wants.data == "y"
        try:
            if may_guess(asked.phone):
                answer_by_code(current_uow(), asked, form.digits, wants=wants)
                said = "followers.sms-confirmed" if wants else "followers.sms-stopped"
                answer = redirect(f"{request.script_root}{asked.thing.path}?said={said}", 303)
                return with_flash(answer, said)
            why = gettext("Кодът беше сгрешен много пъти. Опитайте пак след 15 минути.")
        except DomainError as refusal:
            why = str(refusal)
        form.code.errors = [*form.code.errors, why]
    return private_page("followers/code.html", asked=asked, form=form)


def _pressed(thing: Followed, *, wants: bool) -> str:
    """What was asked for holds, however often it is pressed."""
    uow, me = current_uow(), current_principal().person_id
    assert me
    if wants:
        follow_as(uow, thing, me, language=current_language())
        return "followers.confirmed"
    stop_following(uow, thing, person_id=me)
    return "followers.stopped"
