"""Staff pages of the rota: a week of a centre, one's own shifts, substitutes, volunteers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from flask import abort, render_template, request
from werkzeug.wrappers import Response

from obshto.modules.centres.console.centres import Answer, console
from obshto.modules.centres.forms.rota import (
    OneButtonForm,
    ShiftForm,
    VolunteerForm,
)
from obshto.modules.centres.models import Centre, RotaShift
from obshto.modules.centres.permissions import CentresPermission
from obshto.modules.centres.services import queries, rota, volunteers
from obshto.modules.centres.services.rota import WEEK
from obshto.platform.clock import day_of
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, seen_here, tell
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow
from obshto.platform.web.requested_days import day_asked

SEE, ROTA = CentresPermission.SEE, CentresPermission.ROTA
HANDLE = CentresPermission.HANDLE
SKIPPED = ("closed", "gone", "busy", "past")


@console.get("/<uuid:centre_id>/rota")
@requires(SEE)
def week(centre_id: UUID) -> str:
    """Who is on duty in a week of a centre."""
    centre = queries.centre_of(current_uow(), centre_id)
    form = _shift_form() if current_principal().may(ROTA) else None
    return render_template("centres/rota.html", form=form, **_week(centre))


@console.post("/<uuid:centre_id>/rota")
@requires(ROTA)
def add_shift(centre_id: UUID) -> Answer:
    uow, form = current_uow(), _shift_form()
    centre = queries.centre_of(uow, centre_id)
    if form.validate_on_submit():
        try:
            made = rota.add_shift(uow, centre, form.entry(), request_id=form.request_id.data)
            return _to_week(centre_id, made.day, "centres.shift-given")
        except DomainError as refusal:
            tell(form, refusal)
    return filled("centres/rota.html", form, **_week(centre))


@console.post("/<uuid:centre_id>/rota/copy")
@requires(ROTA)
def copy_week(centre_id: UUID) -> Answer:
    """The week that is shown, seven days later."""
    uow, form, first = current_uow(), OneButtonForm(), _first()
    centre = queries.centre_of(uow, centre_id)
    if not form.validate_on_submit():
        abort(422)
    told = rota.copy_week(uow, centre, first, request_id=form.request_id.data)
    numbers = {name: number for name in SKIPPED if (number := getattr(told, name))}
    said = "centres.week-copied" if told.copied else "centres.week-empty"
    return _to_week(centre_id, first + WEEK, said, **numbers)


@console.get("/<uuid:centre_id>/rota/sheet")
@requires(SEE)
def week_sheet(centre_id: UUID) -> str:
    """The week on paper, for the wall."""
    centre = queries.centre_of(current_uow(), centre_id)
    return render_template("centres/rota_sheet.html", **_week(centre))


@console.post("/shifts/<uuid:shift_id>/cancel")
@requires(ROTA)
def cancel_shift(shift_id: UUID) -> Response:
    uow = current_uow()
    shift = rota.shift_of(uow, shift_id, to_change=True)
    rota.cancel_shift(uow, shift, expected_version=seen_here())
    return _to_week(shift.centre_id, shift.day, "centres.shift-cancelled")


@console.post("/shifts/<uuid:shift_id>/ask")
@requires(SEE)
def ask_substitute(shift_id: UUID) -> Response:
    """Whose shift it is, or who keeps the rota; the service looks which."""
    uow = current_uow()
    shift = rota.shift_of(uow, shift_id, to_change=True)
    is_asked = {"yes": True, "no": False}.get(request.form.get("asked", ""))
    if is_asked is None:
        abort(422)
    rota.ask_substitute(uow, shift, is_asked, expected_version=seen_here())
    said = "centres.substitute-asked" if is_asked else "centres.substitute-off"
    if shift.worker.person_id == current_principal().person_id:
        return see_other(".duty", said=said)
    return _to_week(shift.centre_id, shift.day, said)


@console.post("/shifts/<uuid:shift_id>/take")
@requires(HANDLE)
def take_shift(shift_id: UUID) -> Response:
    rota.take_shift(current_uow(), shift_id, expected_version=seen_here())
    return see_other(".duty", said="centres.shift-taken")


@console.get("/duty")
@requires(HANDLE)
def duty() -> str:
    """One's own shifts to come, and those for which somebody looks for a substitute."""
    uow = current_uow()
    page = paginate(uow.session, rota.own_shifts(uow), page_number())
    wanted: Sequence[RotaShift] = uow.session.scalars(rota.sought(uow).limit(50)).all()
    names = {centre.id: centre.name for centre in queries.centres_here(uow)}
    shown = {"page": page, "sought": wanted, "centres": names, "now": uow.now}
    return render_template("centres/duty.html", **shown)


@console.route("/volunteers", methods=["GET", "POST"])
@requires(ROTA)
def people() -> Answer:
    """Volunteers; their phones once they were opened."""
    uow, form = current_uow(), VolunteerForm()
    if form.validate_on_submit():
        name, phone = form.name.data.strip(), (form.phone.data or "").strip()
        volunteers.write_volunteer(uow, name, phone, request_id=form.request_id.data)
        return see_other(".people", said="centres.volunteer-written")
    page = paginate(uow.session, volunteers.volunteers(), page_number())
    opened = volunteers.phones_opened(uow, [one.id for one in page.rows])
    return filled("centres/volunteers.html", form, page=page, opened=opened, call=OneButtonForm())


@console.post("/volunteers/<uuid:worker_id>/phone")
@requires(ROTA)
def open_phone(worker_id: UUID) -> Response:
    """To call them; it is recorded."""
    uow = current_uow()
    worker = volunteers.volunteer_of(uow, worker_id)
    if not OneButtonForm().validate_on_submit():
        abort(422)
    volunteers.open_phone(uow, worker)
    return see_other(".people", said="centres.phone-opened")


@console.post("/volunteers/<uuid:worker_id>/end")
@requires(ROTA)
def end_volunteer(worker_id: UUID) -> Response:
    uow = current_uow()
    row = volunteers.volunteer_of(uow, worker_id, to_change=True)
    volunteers.end_volunteer(uow, row, expected_version=seen_here())
    return see_other(".people", said="centres.volunteer-left")


def _first() -> date:
    """The Monday of the week that the address asks for, else of this one."""
    return rota.monday_of(day_asked("week") or day_of(current_uow().now))


def _shift_form() -> ShiftForm:
    """With the people and the days that there are to choose."""
    form = ShiftForm()
    form.offer(rota.people_to_choose(current_uow()), _first())
    return form


def _week(centre: Centre) -> dict[str, Any]:
    uow, first = current_uow(), _first()
    days = rota.week_shifts(uow, centre, first)
    return {
        "centre": centre,
        "first": first,
        "last": first + WEEK - WEEK / 7,
        "before": first - WEEK,
        "after": first + WEEK,
        "today": day_of(uow.now),
        "now": uow.now,
        "days": days,
        "shut": [day for day in days if not rota.is_open_on(centre, day)],
        "skipped": {name: request.args.get(name, 0, int) for name in SKIPPED},
        "may_plan": current_principal().may(ROTA),
        "may_serve": current_principal().may(HANDLE),
        "me": current_principal().person_id,
        "copy": OneButtonForm(formdata=None),
    }


def _to_week(centre_id: UUID, day: date, said: str, **more: int) -> Response:
    first = rota.monday_of(day).isoformat()
    return see_other(".week", centre_id=centre_id, week=first, said=said, **more)
