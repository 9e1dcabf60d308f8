"""Guest list: counts for all who may, names after a purpose was said; entry by phone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, render_template
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from obshto.modules.meetings.console.meetings import Answer, lists_page
from obshto.modules.meetings.forms.guests import GuestEntryForm, GuestsLookForm
from obshto.modules.meetings.models import Meeting
from obshto.modules.meetings.permissions import MeetingsPermission
from obshto.modules.meetings.services import access_log, guests, queries
from obshto.modules.meetings.services.page_context import words_of
from obshto.platform.cases.channels import CHANNELS
from obshto.platform.cases.codes import grouped
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.file_responses import csv_file
from obshto.platform.web.forms import filled
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow

LONGEST_LIST = 2_000


def add_guests(console: Blueprint) -> None:
    """Its pages belong to the console of meetings."""
    both = ["GET", "POST"]
    console.add_url_rule("/guests", view_func=guest_lists)
    console.add_url_rule("/<uuid:meeting_id>/guests", view_func=guest_list, methods=both)
    console.add_url_rule("/<uuid:meeting_id>/guests.csv", view_func=guest_file)
    console.add_url_rule("/<uuid:meeting_id>/guests/enter", view_func=enter_guest, methods=both)
    console.add_url_rule("/guests/<uuid:guest_id>", view_func=guest_slip)


@requires(MeetingsPermission.REGISTER)
def guest_lists() -> str:
    """The meetings, for who writes down those that call."""
    return lists_page("meetings/guest_lists.html")


@requires(MeetingsPermission.REGISTER)
def guest_list(meeting_id: UUID) -> Answer:
    """Counts; the names once somebody said what for."""
    uow, form = current_uow(), GuestsLookForm()
    meeting = queries.meeting_of(uow, meeting_id)
    if form.validate_on_submit():
        access_log.look_at_guests(uow, meeting, form.purpose.data, reason=form.typed_reason())
        return see_other(".guest_list", meeting_id=meeting_id, said="meetings.looked")
    sees = access_log.sees_guests(uow, meeting)
    shown: dict[str, Any] = {"meeting": meeting, "sees": sees}
    shown |= {"counts": guests.counts_of(uow, meeting_id), "channels": CHANNELS}
    shown["rows"] = _rows(meeting) if sees else ()
    return filled("meetings/guests.html", form, **shown, **words_of(queries.settlements_here(uow)))


@requires(MeetingsPermission.REGISTER)
def guest_file(meeting_id: UUID) -> AnyResponse:
    """The same list for a spreadsheet; who has not said what for, or not for all, is asked."""
    uow = current_uow()
    meeting = queries.meeting_of(uow, meeting_id)
    if not access_log.sees_guests(uow, meeting):
        return see_other(".guest_list", meeting_id=meeting_id)
    head = [gettext("Име"), gettext("Как"), gettext("Души"), gettext("Телефон")]
    head += [gettext("Имейл"), gettext("Нужди")]
    lines = [
        (row.name, str(guests.MODES[row.mode]), str(row.people), row.phone, row.email, row.needs)
        for row in _rows(meeting)
    ]
    return csv_file("guests.csv", head, lines)


def _rows(meeting: Meeting) -> Any:
    rows = guests.guests_of(meeting.id).limit(LONGEST_LIST)
    return current_uow().session.scalars(rows).all()


@requires(MeetingsPermission.REGISTER)
def enter_guest(meeting_id: UUID) -> Answer:
    """For somebody on the phone or at the counter."""
    uow, form = current_uow(), GuestEntryForm()
    meeting = queries.meeting_of(uow, meeting_id)
    form.offer(meeting)
    if form.validate_on_submit():
        coming = form.coming(channel=form.channel.data)
        try:
            guest = guests.register_guest(uow, meeting, coming, request_id=form.request_id.data)
            return see_other(".guest_slip", guest_id=guest.id, said="meetings.entered")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    words = words_of(queries.settlements_here(uow))
    return filled("meetings/enter_guest.html", form, meeting=meeting, **words)


@requires(MeetingsPermission.REGISTER)
def guest_slip(guest_id: UUID) -> str | AnyResponse:
    """The code, to be read out or printed for the person; only for who entered it."""
    uow = current_uow()
    guest = guests.guest_of(uow, guest_id)
    if guest.entered_by_id != current_principal().person_id:
        abort(404)
    meeting = queries.meeting_of(uow, guest.meeting_id)
    code = grouped(guests.code_of(guest))
    shown = {"guest": guest, "meeting": meeting, "code": code}
    return render_template("meetings/slip.html", **shown, **words_of(queries.settlements_here(uow)))
