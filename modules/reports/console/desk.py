"""Staff pages of one report: what was told, who told it, what is done with it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import abort, g, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from obshto.modules.reports.console.blueprint import (
    HANDLE,
    INSPECT,
    Answer,
    back_from,
    back_to,
    console,
    to_change,
)
from obshto.modules.reports.forms.acts import (
    AssignForm,
    BodyAnswerForm,
    OutsideForm,
    ReportHandOverForm,
    ReportOutcomeForm,
    ReportWordsForm,
    SortForm,
)
from obshto.modules.reports.forms.submission import ReportEntryForm
from obshto.modules.reports.forms.words import put_refusal, words
from obshto.modules.reports.models import Report
from obshto.modules.reports.services import (
    access_log,
    duplicates,
    outside,
    queries,
    report_actions,
    signal_decisions,
)
from obshto.modules.reports.services.codes import code_of
from obshto.modules.reports.services.inspection import is_violation, is_visible_to
from obshto.modules.reports.services.letters import waits_for_yes
from obshto.modules.reports.services.outside import AGAIN, neighbours_with_reports
from obshto.modules.reports.services.own_kinds import kinds_here, own_kinds
from obshto.modules.reports.services.photos import photos_of
from obshto.modules.reports.services.rules import days_of_kinds, ready_answers
from obshto.modules.reports.services.states import HANDED, IN_WORK, OPEN, OWN_NOTES, TOLD, WAYS
from obshto.modules.reports.services.submission import REPORT_CHANNELS, send_report
from obshto.modules.reports.services.teams import teams_here, workers
from obshto.platform.cases.codes import grouped
from obshto.platform.clock import day_of
from obshto.platform.errors import DomainError
from obshto.platform.purposes.senders import LookForm
from obshto.platform.village_map import picker_map
from obshto.platform.web.access import requires
from obshto.platform.web.file_responses import private_pdf
from obshto.platform.web.forms import filled, seen_here, show_version, tell
from obshto.platform.web.language import current_language
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow
from obshto.platform.web.uploads import takes_files
from obshto.tenants.api import settlements_here, villages_here


@console.route("/enter", methods=["GET", "POST"])
@requires(HANDLE)
@takes_files
def enter() -> Answer:
    """For somebody at the counter or on the phone."""
    uow, form = current_uow(), ReportEntryForm()
    kinds = kinds_here(own_kinds(uow))
    form.offer({word: kinds[word] for word in days_of_kinds(uow)}, settlements_here(uow))
    if form.validate_on_submit():
        kind, place, channel = form.kind.data, form.settlement_code.data, form.channel.data
        try:
            report = send_report(
                uow,
                form.told(kind, place, channel=channel),
                request_id=form.request_id.data,
                photos=form.streams(),
            )
            return see_other(".slip", report_id=report.id, said="reports.entered")
        except DomainError as refusal:
            put_refusal(form, refusal)
    chart = picker_map(villages_here(uow, current_language()))
    return filled("reports/enter.html", form, chart=chart)


@console.get("/<uuid:report_id>/slip")
@requires(HANDLE)
def slip(report_id: UUID) -> str:
    """Number and code, to be read out or printed for the person; only for who entered it."""
    report = queries.report_entered(current_uow(), report_id)
    code = grouped(code_of(report.request_id))
    shown = {"is_seen": is_visible_to(current_principal(), report), **words()}
    return render_template("reports/slip.html", report=report, code=code, **shown)


@console.get("/<uuid:report_id>")
@requires(HANDLE, INSPECT)
def report(report_id: UUID) -> str:
    return _desk(queries.report_on_desk(current_uow(), report_id), LookForm())


@console.post("/<uuid:report_id>/look")
@requires(HANDLE, INSPECT)
def look(report_id: UUID) -> Answer:
    """Who told it, for a purpose that the person will read."""
    uow, form = current_uow(), LookForm()
    found = queries.report_on_desk(uow, report_id)
    if form.validate_on_submit():
        key, reason = form.request_id.data, form.typed_reason()
        access_log.look_at_sender(uow, found, form.purpose.data, request_id=key, reason=reason)
        return back_to(report_id, "reports.looked")
    return _desk(found, form), 422


@console.post("/<uuid:report_id>/take")
@requires(HANDLE, INSPECT)
def take(report_id: UUID) -> Response:
    report_actions.take_report(current_uow(), to_change(report_id), expected_version=seen_here())
    return back_to(report_id, "reports.taken")


@console.route("/<uuid:report_id>/assign", methods=["GET", "POST"])
@requires(HANDLE, INSPECT)
def assign(report_id: UUID) -> Answer:
    uow, form = current_uow(), AssignForm()
    seen = queries.report_to_handle(uow, report_id, to_change=False)
    people = workers(uow, for_violation=is_violation(seen))  # asks elsewhere: before the lock
    found = to_change(report_id)
    form.offer({str(key): name for key, name in people.items()})
    if form.validate_on_submit():
        to, version = UUID(form.to.data), form.expected_version.data
        try:
            report_actions.assign_report(
                uow, found, to=to, name=people[to], expected_version=version
            )
            return back_to(report_id, "reports.assigned")
        except DomainError as refusal:
            tell(form, refusal, found)
    show_version(form, found)
    return filled("reports/assign.html", form, report=found)


@console.route("/<uuid:report_id>/sort", methods=["GET", "POST"])
@requires(HANDLE, INSPECT)
def sort(report_id: UUID) -> Answer:
    uow, found = current_uow(), to_change(report_id)
    form = SortForm(obj=found)
    form.offer(own_kinds(uow), found)
    if form.validate_on_submit():
        try:
            version = form.expected_version.data
            report_actions.sort_report(uow, found, form.sorting(), expected_version=version)
            return back_from(found, "reports.sorted")
        except DomainError as refusal:
            tell(form, refusal, found)
    show_version(form, found)
    return filled("reports/sort.html", form, report=found)


@console.route("/<uuid:report_id>/ask", methods=["GET", "POST"])
@requires(HANDLE, INSPECT)
def ask(report_id: UUID) -> Answer:
    form, act = ReportWordsForm(label=gettext("Въпросът")), report_actions.ask_reporter
    return _words_page(report_id, form, "reports/ask.html", act, "reports.asked")


@console.route("/<uuid:report_id>/hide", methods=["GET", "POST"])
@requires(HANDLE, INSPECT)
def hide(report_id: UUID) -> Answer:
    form, act = ReportWordsForm(label=gettext("Защо го скривате?")), report_actions.hide_report
    return _words_page(report_id, form, "reports/hide.html", act, "reports.hidden")


@console.route("/<uuid:report_id>/close", methods=["GET", "POST"])
@requires(HANDLE, INSPECT)
@takes_files
def close(report_id: UUID) -> Answer:
    """The outcome; what is mended shows its photograph."""
    uow, found = current_uow(), to_change(report_id)
    form = ReportOutcomeForm(label=gettext("Отговорът"))
    _offer(form)
    if form.validate_on_submit():
        try:
            report_actions.close_report(
                uow,
                found,
                WAYS[form.outcome.data],
                form.said(),
                expected_version=form.expected_version.data,
                photos=form.proof(),
                outside=form.outside(),
            )
            return back_to(report_id, "reports.closed")
        except DomainError as refusal:
            put_refusal(form, refusal, found)
    show_version(form, found)
    return filled("reports/close.html", form, report=found, ready=ready_answers(uow))


@console.route("/<uuid:report_id>/hand-over", methods=["GET", "POST"])
@requires(HANDLE, INSPECT)
def hand_over(report_id: UUID) -> Answer:
    """Another body has to do it; here it is followed."""
    uow, found = current_uow(), to_change(report_id)
    form = ReportHandOverForm(label=gettext("Какво им писахте?"))
    _offer(form)
    if form.validate_on_submit() and (to := form.outside()):
        try:
            version = form.expected_version.data
            outside.hand_over(uow, found, form.said(), to, expected_version=version)
            return back_to(report_id, "reports.handed")
        except DomainError as refusal:
            put_refusal(form, refusal, found)
    show_version(form, found)
    return filled("reports/hand_over.html", form, report=found)


@console.route("/<uuid:report_id>/body-answer", methods=["GET", "POST"])
@requires(HANDLE, INSPECT)
def body_answer(report_id: UUID) -> Answer:
    """What the body said that has it; asked again on a day, or no more."""
    uow, found = current_uow(), to_change(report_id)
    if not found.body:  # nobody has it
        abort(404)
    form = BodyAnswerForm(label=gettext("Какво отговориха?"))
    if form.validate_on_submit():
        try:
            told, version = (form.said(), form.next_on.data), form.expected_version.data
            outside.note_answer(uow, found, *told, expected_version=version)
            return back_to(report_id, "reports.body-answered")
        except DomainError as refusal:
            tell(form, refusal, found)
    show_version(form, found)
    return filled("reports/body_answer.html", form, report=found, **words())


@console.route("/<uuid:report_id>/reclaim", methods=["GET", "POST"])
@requires(HANDLE, INSPECT)
def reclaim(report_id: UUID) -> Answer:
    form, act = ReportWordsForm(label=gettext("Какво отговориха?")), outside.reclaim_report
    return _words_page(report_id, form, "reports/reclaim.html", act, "reports.reclaimed")


@console.get("/<uuid:report_id>/decision.pdf")
@requires(HANDLE, INSPECT)
def decision(report_id: UUID) -> Response:
    """To be printed for the person; it names them, so a purpose was said before."""
    g.is_personal = True
    uow, found = current_uow(), to_change(report_id)
    if not access_log.sees_sender(uow, found):
        abort(403)
    return private_pdf(*signal_decisions.decision_file(uow, found))


@console.post("/<uuid:report_id>/announce")
@requires(HANDLE, INSPECT)
def announce(report_id: UUID) -> Response:
    uow, found = current_uow(), to_change(report_id)
    signal_decisions.announce_decision(uow, found, expected_version=seen_here())
    return back_to(report_id, "reports.announced")


def _offer(form: OutsideForm) -> None:
    uow = current_uow()
    form.offer(neighbours_with_reports(uow, current_language()))
    if not form.is_submitted():
        form.remind_on.data = day_of(uow.now) + AGAIN


def _words_page(
    report_id: UUID, form: ReportWordsForm, template: str, act: Any, said: str
) -> Answer:
    uow, found = current_uow(), to_change(report_id)
    if form.validate_on_submit():
        try:
            act(uow, found, form.said(), expected_version=form.expected_version.data)
            return back_to(report_id, said)
        except DomainError as refusal:
            tell(form, refusal, found)
    show_version(form, found)
    return filled(template, form, report=found, **words())


def _list_of(found: Report) -> str:
    return "mine" if found.assignee_id == current_principal().person_id else "new"


def _desk(found: Report, form: LookForm) -> str:
    uow = current_uow()
    access_log.look_at_told(uow, found)
    today = day_of(uow.now)
    return render_template(
        "reports/desk.html",
        report=found,
        look_form=form,
        restricted=access_log.restricted(uow, found),
        sees_sender=access_log.sees_sender(uow, found),
        waits_for_yes=waits_for_yes(found),
        lines=queries.lines_of(uow, found),
        looks=queries.looks_at(uow, found),
        photos=photos_of(uow, found),
        purposes=access_log.PURPOSES,
        channel=REPORT_CHANNELS[found.channel],
        is_open=found.state in OPEN,
        in_work=found.state in (IN_WORK, HANDED),
        doubles=duplicates.doubles_of(uow, found),
        first=duplicates.first_of(uow, found),
        may_part=duplicates.may_part(uow, found),
        is_mine=found.assignee_id == current_principal().person_id,
        today=today,
        decision=signal_decisions.decision_of(uow, found),
        teams={} if (inspected := is_violation(found)) else teams_here(uow),
        list_url=url_for(".violations" if inspected else ".index", list=_list_of(found)),
        **{**words(), "told": {**TOLD, **OWN_NOTES}},
    )
