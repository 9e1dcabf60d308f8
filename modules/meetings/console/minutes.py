"""Keep the minutes: entries under the agenda, attendance, publication; follow the decisions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request

from obshto.modules.meetings.console.meetings import Answer, lists_page, meeting_here, refuse
from obshto.modules.meetings.forms.minutes import (
    AttendanceForm,
    EditEntryForm,
    MeetingReportForm,
    NewEntryForm,
    OutcomeOfDecisionForm,
    PublishMinutesForm,
    shown_attendance,
    shown_entry,
)
from obshto.modules.meetings.models import Meeting
from obshto.modules.meetings.permissions import MeetingsPermission
from obshto.modules.meetings.services import decisions, live_decisions, minutes, queries, reports
from obshto.modules.meetings.services.feedback import feedback_of
from obshto.modules.meetings.services.page_context import decisions_page, words_of
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, lines_of, seen_here
from obshto.platform.web.pagination import page_number
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow

MOST_FEEDBACK = 200


def add_minutes(console: Blueprint) -> None:
    """Its pages belong to the console of meetings."""
    both = ["GET", "POST"]
    for rule, view, methods in (
        ("/minutes", minute_lists, ["GET"]),
        ("/<uuid:meeting_id>/minutes", record, both),
        ("/<uuid:meeting_id>/report", report, both),
        ("/<uuid:meeting_id>/attendance", attendance, both),
        ("/items/<uuid:item_id>/entries/new", add_entry, both),
        ("/entries/<uuid:entry_id>", edit_entry, both),
        ("/entries/<uuid:entry_id>/announce", announce, ["POST"]),
        ("/entries/<uuid:entry_id>/take-back", take_back, ["POST"]),
        ("/decisions", decided, ["GET"]),
        ("/decisions/<uuid:decision_id>", reach, both),
    ):
        console.add_url_rule(rule, view_func=view, methods=methods)


@requires(MeetingsPermission.RECORD)
def minute_lists() -> str:
    """The meetings, for who keeps their minutes."""
    return lists_page("meetings/minute_lists.html")


@requires(MeetingsPermission.RECORD)
def record(meeting_id: UUID) -> Answer:
    """The minutes as they are being written; the form on the page publishes them."""
    uow, meeting, form = current_uow(), meeting_here(meeting_id), PublishMinutesForm()
    if form.validate_on_submit():
        why, request_id = (form.why.data or "").strip(), form.request_id.data
        try:
            minutes.publish_minutes(uow, meeting, why=why, request_id=request_id)
            return see_other(".record", meeting_id=meeting_id, said="meetings.minutes-published")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    return filled("meetings/record.html", form, **_written(meeting))


def _written(meeting: Meeting) -> dict[str, Any]:
    uow = current_uow()
    items, entries = queries.items_of(uow, meeting.id), minutes.entries_of(uow, meeting.id)
    records = minutes.records_of(uow, meeting.id)
    last = records[0] if records else None
    words = feedback_of(meeting.id).limit(MOST_FEEDBACK)
    return {
        "meeting": meeting,
        "items": items,
        "entries": {item.id: [one for one in entries if one.item_id == item.id] for item in items},
        "records": records,
        "is_unpublished": minutes.is_unpublished(uow, meeting, items, entries, last),
        "has_begun": meeting.starts_at <= uow.now,
        "feedback": uow.session.scalars(words).all(),
        **words_of(queries.settlements_here(uow)),
    }


@requires(MeetingsPermission.RECORD)
def report(meeting_id: UUID) -> Answer:
    """What was said, what follows; drafted out of the minutes until it is published."""
    uow, meeting = current_uow(), meeting_here(meeting_id)
    known = reports.report_of(uow, meeting)
    words = known.words if known else reports.draft_of(uow, meeting)
    told = {"words": words, "reply": known.reply if known else ""}
    form = MeetingReportForm(data={**told, "expected_version": known.version if known else 0})
    if form.validate_on_submit():
        said = {name: lines_of(form[name].data or "") for name in ("words", "reply")}
        try:
            version = form.expected_version.data
            reports.publish_report(uow, meeting, expected_version=version, **said)
            return see_other(".report", meeting_id=meeting_id, said="meetings.report-published")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
            form.expected_version.data = known.version if known else 0  # told once
    feedback = uow.session.scalars(feedback_of(meeting_id).limit(MOST_FEEDBACK)).all()
    about: dict[str, Any] = {"meeting": meeting, "report": known, "feedback": feedback}
    about["has_minutes"] = minutes.latest_record(uow, meeting_id) is not None
    return filled("meetings/report.html", form, **about)


@requires(MeetingsPermission.RECORD)
def attendance(meeting_id: UUID) -> Answer:
    """How many took part."""
    uow, meeting = current_uow(), meeting_here(meeting_id)
    form = AttendanceForm(data=shown_attendance(meeting))
    if form.validate_on_submit():
        version = form.expected_version.data
        try:
            counted = form.attendance()
            minutes.count_attendance(uow, meeting, counted, expected_version=version)
            return see_other(".record", meeting_id=meeting_id, said="meetings.counted")
        except DomainError as refusal:
            refuse(form, refusal, meeting)
    return filled("meetings/attendance.html", form, meeting=meeting)


@requires(MeetingsPermission.RECORD)
def add_entry(item_id: UUID) -> Answer:
    """A new entry under a point."""
    uow, form = current_uow(), NewEntryForm()
    item = queries.item_of(uow, item_id, to_change=request.method == "POST")
    meeting = queries.meeting_of(uow, item.meeting_id)
    if form.validate_on_submit():
        minutes.write_entry(uow, item, form.words(), request_id=form.request_id.data)
        return see_other(".record", meeting_id=meeting.id, said="meetings.recorded")
    return filled("meetings/entry.html", form, meeting=meeting, item=item, entry=None)


@requires(MeetingsPermission.RECORD)
def edit_entry(entry_id: UUID) -> Answer:
    """Change an entry; what two people wrote at once is never lost."""
    uow = current_uow()
    entry = minutes.entry_of(uow, entry_id, to_change=request.method == "POST")
    meeting, item = queries.meeting_of(uow, entry.meeting_id), queries.item_of(uow, entry.item_id)
    form = EditEntryForm(data=shown_entry(entry))
    if form.validate_on_submit():
        version = form.expected_version.data
        try:
            minutes.edit_entry(uow, entry, form.words(), expected_version=version)
            return see_other(".record", meeting_id=meeting.id, said="meetings.recorded")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
            form.expected_version.data = entry.version
    return filled("meetings/entry.html", form, meeting=meeting, item=item, entry=entry)


@requires(MeetingsPermission.RECORD)
def announce(entry_id: UUID) -> Answer:
    """Everybody reads the decision now, before the minutes."""
    entry = minutes.entry_of(current_uow(), entry_id, to_change=True)
    live_decisions.announce_decision(current_uow(), entry, expected_version=seen_here())
    return see_other(".record", meeting_id=entry.meeting_id, said="meetings.announced-decision")


@requires(MeetingsPermission.RECORD)
def take_back(entry_id: UUID) -> Answer:
    """It was shown too early."""
    entry = minutes.entry_of(current_uow(), entry_id, to_change=True)
    live_decisions.take_decision_back(current_uow(), entry, expected_version=seen_here())
    return see_other(".record", meeting_id=entry.meeting_id, said="meetings.decision-taken-back")


@requires(MeetingsPermission.OVERSEE)
def decided() -> str:
    """Decisions with what became of them; the late ones first in the mayor's mind."""
    wanted = decisions.filter_of(request.args)
    about = decisions_page(current_uow(), wanted, page_number(), is_public=False)
    return render_template("meetings/decided.html", **about)


@requires(MeetingsPermission.OVERSEE)
def reach(decision_id: UUID) -> Answer:
    """Say that a decision was carried out, and how."""
    uow = current_uow()
    decision = decisions.decision_of(uow, decision_id, to_change=request.method == "POST")
    form = OutcomeOfDecisionForm(
        data={"outcome": decision.outcome, "expected_version": decision.version}
    )
    if form.validate_on_submit():
        version, outcome = form.expected_version.data, form.outcome.data.strip()
        try:
            decisions.reach_decision(uow, decision, outcome, expected_version=version)
            return see_other(".decided", said="meetings.reached")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
            form.expected_version.data = decision.version
    meeting = queries.meeting_of(uow, decision.meeting_id)
    return filled("meetings/decision.html", form, decision=decision, meeting=meeting)
