"""Pages of who wants to hear by SMS: the number, then the code that came to it."""

from __future__ import annotations

from datetime import timedelta

from flask import abort, render_template
from flask_babel import gettext

from obshto.platform.errors import DomainError
from obshto.platform.notify.address import places_here
from obshto.platform.notify.citizen import Answer, citizen, preselected
from obshto.platform.notify.forms import CodeForm, CounterPhoneForm, PhoneForm
from obshto.platform.notify.models import Channel, Subscriber
from obshto.platform.notify.settings import letters_settings
from obshto.platform.notify.sms.phone_verification import adopt, ask_phone, confirm_phone
from obshto.platform.notify.sms.phones import read_number
from obshto.platform.notify.subscribers import hash_of, token_of
from obshto.platform.notify.topics import topics_here
from obshto.platform.rate_limit.forms import may_still
from obshto.platform.rate_limit.services import RateLimit
from obshto.platform.web.access import open_to_all
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow

# Whoever they come from: nobody guesses a code, nobody annoys a phone from a hundred places.
GUESSES = RateLimit(thing="notify:phone.confirm", most=5, window=timedelta(minutes=15))
CODES = RateLimit(thing="notify:phone.code", most=5)


@citizen.route("/phone", methods=["GET", "POST"])
@open_to_all
def phone() -> Answer:
    uow = current_uow()
    has_sms = bool(letters_settings(uow).sms_sender)
    form = PhoneForm(data=preselected(), places=places_here(uow), channel=Channel.SMS)
    if form.validate_on_submit() and form.passes() and sent(form):
        code = CodeForm(formdata=None, data={"phone": read_number(form.phone.data)})
        return render_template("notify/code.html", form=code)
    page = render_template("notify/phone.html", form=form, topics=topics_here(), has_sms=has_sms)
    return (page, 422) if form.errors or form.is_asking else page


@citizen.post("/phone/code")
@open_to_all
def phone_code() -> Answer:
    form = CodeForm()
    reader = confirmed(form)
    if reader is None:
        return render_template("notify/code.html", form=form), 422
    if me := current_principal().person_id:
        adopt(current_uow(), reader, me)
    return see_other("notify_citizen.show", token=token_of(reader), said="notify.confirmed")


def sent(form: PhoneForm | CounterPhoneForm) -> Subscriber | None:
    """Whose phone gets a code; else the form says why not."""
    number = read_number(form.phone.data) or ""
    if not may_still(CODES, hash_of(number).hex()):
        form.form_errors.append(
            gettext("Днес пратихме няколко кода на този номер. Опитайте утре или с имейл.")
        )
        return None
    request_id = form.request_id.data if isinstance(form, CounterPhoneForm) else None
    try:
        return ask_phone(current_uow(), number, form.wishes(), request_id=request_id)
    except DomainError as refusal:
        form.form_errors.append(str(refusal))
        return None


def confirmed(form: CodeForm) -> Subscriber | None:
    """Whose phone it is; else the form says why not."""
    if not form.validate_on_submit():
        return None
    number = read_number(form.phone.data or "") or abort(400)
    try:
        if may_still(GUESSES, hash_of(number).hex()):
            return confirm_phone(current_uow(), number, form.digits)
        said = gettext("Кодът беше сгрешен много пъти. Опитайте пак след 15 минути.")
    except DomainError as refusal:
        said = str(refusal)
    form.code.errors = [*form.code.errors, said]
    return None
