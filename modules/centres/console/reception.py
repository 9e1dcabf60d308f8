"""Staff pages of who receives people: who comes to an office hour, what was agreed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import abort, render_template, request

from obshto.modules.centres.console.centres import Answer, console
from obshto.modules.centres.forms.centres import AgreementForm, VisitorNameForm
from obshto.modules.centres.permissions import CentresPermission
from obshto.modules.centres.services import video_hours
from obshto.modules.centres.services.kinds import PART, STAFF_MANNERS
from obshto.modules.centres.services.queries import centre_of
from obshto.modules.centres.services.reception import COMING, hour_of, hours_in, offices_of
from obshto.platform.bookings.access_log import look_at, looked_at, restricted, usable
from obshto.platform.bookings.agreements import can_agree, write_agreement
from obshto.platform.bookings.errors import StaleBooking
from obshto.platform.bookings.models import Booking
from obshto.platform.bookings.queries import ends_of
from obshto.platform.bookings.states import BOOKED, COLOURS, STATES
from obshto.platform.errors import DomainError
from obshto.platform.soft_delete import counts
from obshto.platform.web.access import requires
from obshto.platform.web.forms import lines_of
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow


@console.get("/received")
@requires(CentresPermission.RECEIVE)
def received() -> str:
    """Booked office hours, those to come or those past; no names."""
    uow = current_uow()
    lists, chosen = hours_in(uow), request.args.get("list", COMING)
    rows = lists[chosen] if chosen in lists else abort(404)
    numbers = counts(uow, lists)
    page = paginate(uow.session, rows, page_number(), total=numbers[chosen])
    shown: dict[str, Any] = {"chosen": chosen, "counts": numbers, "manners": STAFF_MANNERS}
    offices = offices_of(uow, page.rows)
    return render_template("centres/received.html", page=page, offices=offices, **shown)


@console.route("/received/<uuid:booking_id>", methods=["GET", "POST"])
@requires(CentresPermission.RECEIVE)
def receive(booking_id: UUID) -> Answer:
    """One office hour; the form on the page writes down what was agreed."""
    uow = current_uow()
    found = hour_of(uow, booking_id)
    form = _agreement(found, sees_name=found.id in looked_at(uow, [found]))
    if form.validate_on_submit():
        words, version = lines_of(form.agreed.data), form.expected_version.data
        try:
            write_agreement(uow, usable(uow, found), PART, words, expected_version=version)
            return see_other(".receive", booking_id=booking_id, said="centres.agreed")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
            form.expected_version.data = found.version  # told once
    return _hour(found, form, VisitorNameForm())


@console.post("/received/<uuid:booking_id>/look")
@requires(CentresPermission.RECEIVE)
def look_at_hour(booking_id: UUID) -> Answer:
    """Name, wish and agreement open for a purpose; words that came too late come along."""
    uow, form = current_uow(), VisitorNameForm()
    found, is_late = hour_of(uow, booking_id), "agreed" in request.form
    if not form.validate_on_submit():
        return _hour(found, _agreement(found, sees_name=False), form)
    look_at(uow, PART, [found], form.purpose.data, reason=form.typed_reason())
    if not is_late:
        return see_other(".receive", booking_id=booking_id, said="centres.looked")
    late = _agreement(found, sees_name=True)
    late.form_errors.append(str(StaleBooking.sentence))
    late.expected_version.data = found.version
    return _page(found, late, VisitorNameForm(formdata=None))  # no refusal: the look stays recorded


def _agreement(found: Booking, *, sees_name: bool) -> AgreementForm:
    """What is stored fills it only for who opened the name: it is a word about that person."""
    kept: dict[str, Any] = {"agreed": found.agreement} if sees_name else {}
    return AgreementForm(data={**kept, "expected_version": found.version})


def _hour(found: Booking, form: AgreementForm, names: VisitorNameForm) -> Answer:
    page = _page(found, form, names)
    return (page, 422) if any(one.errors or one.form_errors for one in (form, names)) else page


def _page(found: Booking, form: AgreementForm, names: VisitorNameForm) -> str:
    uow = current_uow()
    wrong = next((one for one in (form, names) if one.errors or one.form_errors), form)
    sees_name = found.id in looked_at(uow, [found])
    return render_template(
        "centres/receive.html",
        booking=found,
        centre=centre_of(uow, found.slot.resource.object_id),
        ends_at=ends_of(uow, [found])[found.group_id],
        form=form,
        names=names,
        wrong=wrong,
        sees_name=sees_name,
        may_write=sees_name or not found.agreement_at,
        states=STATES,
        colours=COLOURS,
        booked=BOOKED,
        has_begun=can_agree(uow, found),
        is_by_video=video_hours.is_by_video(found),
        restricted=restricted(uow, found),
        manners=STAFF_MANNERS,
    )
