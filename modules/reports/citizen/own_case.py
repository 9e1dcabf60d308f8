"""The sender's own pages: by account, by number and code, by a letter."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from flask import abort, g
from flask_babel import gettext
from werkzeug.wrappers import Response

from obshto.modules.reports.citizen.blueprint import citizen
from obshto.modules.reports.forms.acts import ReportWordsForm
from obshto.modules.reports.forms.disputes import DisputeForm
from obshto.modules.reports.forms.own_case import FollowForm
from obshto.modules.reports.forms.words import put_refusal, words
from obshto.modules.reports.models import Report
from obshto.modules.reports.services import (
    disputes,
    duplicates,
    queries,
    report_actions,
    signal_decisions,
)
from obshto.modules.reports.services.codes import code_of, index_of
from obshto.modules.reports.services.letters import (
    confirm_letters,
    opened_letter,
    phone_to_confirm,
    stop_letters,
    waits_for_yes,
)
from obshto.modules.reports.services.outside import allow_passing
from obshto.modules.reports.services.photos import file_among, photos_of
from obshto.modules.reports.services.states import (
    ASKED,
    DONE,
    FIXED,
    OPEN,
    OWN_NOTES,
    TOLD,
)
from obshto.modules.reports.services.submission import REPORT_CHANNELS
from obshto.platform.cases.codes import digits, grouped
from obshto.platform.clock import day_of
from obshto.platform.errors import DomainError
from obshto.platform.purposes.senders import PURPOSES
from obshto.platform.storage.downloads import send_file
from obshto.platform.web.access import open_to_all, signed_in
from obshto.platform.web.file_responses import private_pdf
from obshto.platform.web.forms import seen_here, show_version, tell
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.private_page import private_page
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow
from obshto.platform.web.uploads import takes_files
from obshto.tenants.api import (
    find_municipality,
)


@citizen.get("/mine")
@signed_in
def mine() -> Response:
    uow, me = current_uow(), current_principal().person_id or abort(403)
    page = paginate(uow.session, queries.reports_of(me), page_number())
    return private_page("reports/mine.html", page=page, **words())


@citizen.route("/follow", methods=["GET", "POST"])
@open_to_all
def follow() -> Response:
    uow, form = current_uow(), FollowForm()
    if form.validate_on_submit() and form.passes():
        try:
            code = digits(form.code.data)
            queries.report_by_number(uow, form.number.data, code)
            return see_other(".case", ref=code)
        except DomainError as refusal:
            form.code.errors = [str(refusal)]
    return private_page("reports/follow.html", form=form)


@citizen.route("/case/<ref>", methods=["GET", "POST"])
@open_to_all
def case(ref: str) -> Response:
    """The sender's own page; what staff asked is answered here."""
    uow, form = current_uow(), ReportWordsForm(label=gettext("Вашият отговор"))
    report = queries.report_at(uow, ref, to_change=form.is_submitted())
    if form.validate_on_submit():
        try:
            version = form.expected_version.data
            report_actions.answer_question(uow, report, form.said(), expected_version=version)
            return see_other(".case", ref=ref, said="reports.answered")
        except DomainError as refusal:
            tell(form, refusal, report)
    show_version(form, report)
    return private_page("reports/case.html", form=form, **_own(ref, report))


@citizen.get("/by-email/<token>")
@open_to_all
def by_email(token: str) -> Response:
    """Nothing happens by opening it: programs that look for viruses open links, too."""
    link = opened_letter(current_uow(), token)
    return private_page("reports/by_email.html", link=link, token=token)


@citizen.post("/by-email/<token>/<any(confirm, stop):answer>")
@open_to_all
def by_email_answer(token: str, answer: str) -> Response:
    uow = current_uow()
    link = opened_letter(uow, token, to_change=True)
    if answer == "stop":
        stop_letters(uow, link)
        return see_other(".by_email", token=token, said="reports.letters-stopped")
    confirm_letters(link, now=uow.now)
    return see_other(".by_email", token=token, said="reports.letters-confirmed")


@citizen.get("/case/<ref>/photos/<uuid:photo_id>")
@open_to_all
def own_photo(ref: str, photo_id: UUID) -> Response:
    g.is_personal = True
    uow = current_uow()
    report = queries.report_at(uow, ref)
    return send_file(uow, file_among(uow, photos_of(uow, report), photo_id))


@citizen.get("/case/<ref>/decision.pdf")
@open_to_all
def own_decision(ref: str) -> Response:
    g.is_personal = True
    uow = current_uow()
    return private_pdf(*signal_decisions.decision_file(uow, queries.report_at(uow, ref)))


@citizen.post("/case/<ref>/confirm")
@open_to_all
def confirm(ref: str) -> Response:
    uow = current_uow()
    report = queries.report_at(uow, ref, to_change=True)
    report_actions.confirm_fix(uow, report, expected_version=seen_here())
    return see_other(".case", ref=ref, said="reports.confirmed")


@citizen.post("/case/<ref>/passing/<any(yes, no):answer>")
@open_to_all
def passing(ref: str, answer: str) -> Response:
    """Whether a neighbour municipality may have it, if it turns out to be theirs."""
    uow = current_uow()
    report = queries.report_at(uow, ref, to_change=True)
    allow_passing(uow, report, is_allowed=answer == "yes", expected_version=seen_here())
    return see_other(".case", ref=ref, said="reports.passing")


@citizen.route("/case/<ref>/dispute", methods=["GET", "POST"])
@open_to_all
@takes_files
def dispute(ref: str) -> Response:
    uow, form = current_uow(), DisputeForm()
    report = queries.report_at(uow, ref, to_change=form.is_submitted())
    if form.validate_on_submit():
        try:
            version = form.expected_version.data
            told = form.said(), form.streams()
            disputes.dispute_report(uow, report, *told, expected_version=version)
            return see_other(".case", ref=ref, said="reports.disputed")
        except DomainError as refusal:
            put_refusal(form, refusal, report)
    show_version(form, report)
    return private_page("reports/dispute.html", form=form, ref=ref, report=report)


def _own(ref: str, report: Report) -> dict[str, Any]:
    uow = current_uow()
    code = code_of(report.request_id)
    first = duplicates.first_of(uow, report)
    is_first_public = first is not None and queries.is_public(first)
    return {
        "first": first,
        "first_lines": queries.lines_of(uow, first) if first and is_first_public else (),
        "is_first_public": is_first_public,
        "ref": ref,
        "report": report,
        "code": grouped(code) if report.code_index == index_of(code) else "",
        "channel": REPORT_CHANNELS[report.channel],
        "decision": signal_decisions.decision_of(uow, report),
        "is_asked": report.state == ASKED,
        "may_decide_passing": report.state in OPEN and not report.neighbour,
        "there": find_municipality(report.neighbour) if report.neighbour else None,
        "neighbour_code": grouped(report.neighbour_code or ""),
        "waits_for_yes": waits_for_yes(report),
        "phone_waits": bool(phone_to_confirm(uow, report)),
        "once": uuid4(),
        "is_fixed": report.state == FIXED,
        "may_dispute": report.state in DONE and report.disputed_at is None,
        "is_late": bool(report.due_on and report.due_on < day_of(uow.now)),
        "lines": [line for line in queries.lines_of(uow, report) if not line.is_internal],
        "looks": queries.looks_at(uow, report),
        "purposes": PURPOSES,
        "photos": photos_of(uow, report),
        **words(),
        "told": {**TOLD, **OWN_NOTES},
    }
