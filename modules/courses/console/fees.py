"""Staff pages of money: who pays less, what was shown as a proof."""

from __future__ import annotations

from uuid import UUID

from flask import abort, render_template, request
from werkzeug.wrappers import Response

from obshto.modules.courses.console.courses import Answer, console
from obshto.modules.courses.forms import EditExemptionForm, NewExemptionForm, exemption_fields
from obshto.modules.courses.models import CourseFee
from obshto.modules.courses.permissions import CoursesPermission
from obshto.modules.courses.services import queries
from obshto.modules.courses.services.enrolments import enrolment_of
from obshto.modules.courses.services.fees import charges
from obshto.modules.courses.services.fees import exemptions as acts
from obshto.modules.courses.services.kinds import PART
from obshto.platform.bookings.access_log import usable
from obshto.platform.bookings.locks import lock_group
from obshto.platform.bookings.models import Booking
from obshto.platform.bookings.queries import booking_of
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, seen_here
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow


@console.get("/exemptions")
@requires(CoursesPermission.KEEP)
def exemptions() -> str:
    rows = acts.exemptions(current_uow())
    return render_template("courses/exemptions.html", rows=rows)


@console.route("/exemptions/new", methods=["GET", "POST"])
@requires(CoursesPermission.KEEP)
def write_exemption() -> Answer:
    form = NewExemptionForm()
    if form.validate_on_submit():
        acts.write_exemption(current_uow(), form.entry(), request_id=form.request_id.data)
        return see_other(".exemptions", said="courses.exemption-saved")
    return filled("courses/exemption.html", form, row=None)


@console.route("/exemptions/<uuid:exemption_id>", methods=["GET", "POST"])
@requires(CoursesPermission.KEEP)
def edit_exemption(exemption_id: UUID) -> Answer:
    uow = current_uow()
    row = acts.exemption_of(uow, exemption_id, to_change=request.method == "POST")
    form = EditExemptionForm(data=exemption_fields(row))
    if form.validate_on_submit():
        try:
            version = form.expected_version.data
            acts.change_exemption(uow, row, form.entry(), expected_version=version)
            return see_other(".exemptions", said="courses.exemption-saved")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
            form.expected_version.data = row.version
    return filled("courses/exemption.html", form, row=row)


@console.post("/enrolments/<uuid:booking_id>/proof")
@requires(CoursesPermission.TEACH)
def see_proof(booking_id: UUID) -> Response:
    """The person showed the paper."""
    charges.see_proof(current_uow(), _owed(booking_id)[0], expected_version=seen_here())
    return see_other(".one", booking_id=booking_id, said="courses.proof-seen")


@console.post("/enrolments/<uuid:booking_id>/full-price")
@requires(CoursesPermission.TEACH)
def full_price(booking_id: UUID) -> Response:
    """There was no paper: the whole price is asked for."""
    uow = current_uow()
    fee, booking = _owed(booking_id)
    group = queries.group_of(uow, fee.group_id)
    behind = (queries.course_behind(uow, group), booking, group)
    charges.ask_full_price(uow, fee, *behind, expected_version=seen_here())
    return see_other(".one", booking_id=booking_id, said="courses.full-price")


def _owed(booking_id: UUID) -> tuple[CourseFee, Booking]:
    """Locked, of a group that this member of staff may see. Raises DataRestricted."""
    uow = current_uow()
    booking = booking_of(uow, PART, booking_id)
    queries.taught_group(uow, enrolment_of(uow, booking).group_id)
    lock_group(uow, usable(uow, booking))
    fee = charges.fee_of(uow, booking_id, to_change=True)
    return fee or abort(404), booking
