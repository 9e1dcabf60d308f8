"""Public pages of reports: the list, telling one, following one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, g, jsonify, render_template, request, url_for
from flask_babel import gettext
from sqlalchemy import Select
from werkzeug.wrappers import Response

from obshto.modules.reports.errors import TooManyPhotos
from obshto.modules.reports.forms import (
    FollowForm,
    NotFixedForm,
    TellForm,
    WordsForm,
    council_head,
    council_rows,
    put_refusal,
    words,
)
from obshto.modules.reports.models import Report
from obshto.modules.reports.services import (
    duplicates,
    escalation,
    queries,
    report_actions,
    signal_decisions,
)
from obshto.modules.reports.services.codes import code_of, index_of
from obshto.modules.reports.services.kinds import KINDS
from obshto.modules.reports.services.letters import (
    confirm_letters,
    opened_letter,
    stop_letters,
    waits_for_yes,
)
from obshto.modules.reports.services.photos import file_among, photos_of, public_photos
from obshto.modules.reports.services.rules import days_of_kinds, kinds_with_account
from obshto.modules.reports.services.states import (
    ASKED,
    DONE,
    FIXED,
    OWN_NOTES,
    STATES,
    TOLD,
)
from obshto.modules.reports.services.statistics import times_by
from obshto.modules.reports.services.submission import send_report
from obshto.platform.cases.channels import CHANNELS
from obshto.platform.cases.codes import digits, grouped
from obshto.platform.clock import day_of
from obshto.platform.errors import DomainError
from obshto.platform.followers.pages import follow_page
from obshto.platform.purposes.senders import PURPOSES
from obshto.platform.storage.downloads import send_file
from obshto.platform.storage.errors import FileRefused
from obshto.platform.thread.lines import line_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.village_map import drawing_of_counts, picker_map
from obshto.platform.web.access import open_to_all, signed_in
from obshto.platform.web.file_responses import csv_file, private_pdf
from obshto.platform.web.forms import seen_here, show_version, tell
from obshto.platform.web.language import current_language
from obshto.platform.web.offline_queue import is_queued, refused_form, sent
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.private_page import private_page
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow
from obshto.platform.web.uploads import takes_files
from obshto.tenants.api import (
    Names,
    Neighbour,
    neighbour_of,
    settlement_at,
    settlements_here,
    villages_here,
)

citizen = Blueprint("reports_citizen", __name__)


@citizen.get("/")
@open_to_all
def index() -> str:
    uow, names = current_uow(), settlements_here(current_uow())
    chosen = _chosen(names)
    page = paginate(uow.session, _wanted(uow, chosen), page_number())
    return render_template("reports/index.html", page=page, **chosen, **words())


@citizen.get("/map")
@open_to_all
def chart() -> str:
    """How many each village has, with their list; where exactly is nobody else's matter."""
    uow, chosen = current_uow(), _chosen(settlements_here(current_uow()))
    rows = _wanted(uow, chosen).options(*queries.UNSHOWN)
    page = paginate(uow.session, rows, page_number())
    everywhere = _wanted(uow, chosen | {"settlement": ""})
    counts = queries.villages_of(uow, everywhere)
    drawing = drawing_of_counts(counts, villages_here(uow, current_language()))
    narrow: dict[str, Any] = {name: value for name, value in chosen.items() if value}
    codes = [mark.ekatte for mark in drawing.marks] if drawing else []
    links = {code: url_for(".chart", **narrow | {"settlement": code}) for code in codes}
    shown = {"page": page, "drawing": drawing, "links": links}
    return render_template("reports/map.html", **shown, **chosen, **words())


@citizen.get("/council")
@open_to_all
def council() -> str:
    """What the council reads of what is overdue, without names, to be printed."""
    uow = current_uow()
    page = paginate(uow.session, escalation.council_list(), page_number())
    shown = {"page": page, "unseen": escalation.number_unseen(uow), "today": day_of(uow.now)}
    return render_template("reports/council.html", **shown, **words())


@citizen.get("/council.csv")
@open_to_all
def council_table() -> Response:
    """The same as a table."""
    uow = current_uow()
    reports = uow.session.scalars(escalation.council_list()).all()
    rows = council_rows(reports, today=day_of(uow.now))
    return csv_file("reports-council.csv", council_head(), rows)


@citizen.get("/times")
@open_to_all
def times() -> str:
    """How long until it was proven, by kind and by village."""
    uow, shown = current_uow(), words()
    kinds = [(KINDS[word].title, n, days) for word, n, days in times_by(uow, Report.kind)]
    villages = [
        (shown["place_of"](code) or "–", n, days)
        for code, n, days in times_by(uow, Report.settlement)
    ]
    groups = ((gettext("Вид"), kinds), (gettext("Населено място"), villages))
    return render_template("reports/times.html", groups=groups)


@citizen.get("/<uuid:report_id>")
@open_to_all
def show(report_id: UUID) -> str | Response:
    """A double leads to its first."""
    uow = current_uow()
    report = queries.public_report(uow, report_id)
    first = duplicates.first_of(uow, report)
    if first and queries.is_public(first):
        return see_other(".show", report_id=first.id)
    return render_template(
        "reports/show.html",
        report=report,
        lines=[line for line in queries.lines_of(uow, report) if line.name in TOLD],
        photos=public_photos(uow, report),
        may_challenge=report_actions.may_challenge(report, uow.now),
        thread=line_of(uow, "reports", report.id),
        **words(),
    )


@citizen.get("/<uuid:report_id>/photos/<uuid:photo_id>")
@open_to_all
def public_photo(report_id: UUID, photo_id: UUID) -> Response:
    uow = current_uow()
    report = queries.public_report(uow, report_id)
    return send_file(uow, file_among(uow, public_photos(uow, report), photo_id))


@citizen.route("/<uuid:report_id>/letters", methods=["GET", "POST"])
@open_to_all
def letters(report_id: UUID) -> Response:
    """Letters about what happens to somebody else's report."""
    thing = queries.followed(queries.public_report(current_uow(), report_id))
    return follow_page(thing, has_sms=True)


@citizen.route("/<uuid:report_id>/not-fixed", methods=["GET", "POST"])
@open_to_all
@takes_files
def not_fixed(report_id: UUID) -> Response:
    """Anybody who passes by shows how it is now: the report is open again."""
    uow, form = current_uow(), NotFixedForm()
    report = queries.public_report(uow, report_id, to_change=form.is_submitted())
    if not report_actions.may_challenge(report, uow.now) and not form.is_submitted():
        abort(404)
    if form.validate_on_submit() and (current_principal().is_known or form.passes()):
        told = form.said(), form.streams()
        try:
            once = form.request_id.data
            report_actions.challenge_report(uow, report, *told, request_id=once)
            return see_other(".show", report_id=report_id, said="reports.disputed")
        except DomainError as refusal:
            tell(form, refusal, report, at={FileRefused: "photos", TooManyPhotos: "photos"})
    return private_page("reports/not_fixed.html", form=form, report=report, **words())


def _told(ref: str) -> Response:
    """On to the sender's own page; a phone that kept the form meanwhile gets only its address."""
    if is_queued():
        return sent(url_for(".case", ref=ref))
    return see_other(".case", ref=ref, said="reports.sent")


@citizen.get("/new")
@open_to_all
def choose() -> str:
    """What and where; the answers go on in the address, so that this works without JavaScript."""
    uow = current_uow()
    return render_template("reports/choose.html", **_taken(uow), **words())


@citizen.route("/new/tell", methods=["GET", "POST"])
@open_to_all
@takes_files
def write() -> Response:
    """The form, below what others told of the same already."""
    uow, form = current_uow(), TellForm(data={"point": request.args.get("point", "")[:60]})
    kind, settlement = request.args.get("kind", ""), request.args.get("settlement", "")
    names, shown = settlements_here(uow), words() | _taken(uow)
    shown |= {"kind": kind, "settlement": settlement}
    if kind not in shown["days"] or (names and settlement not in names):
        status = 422 if request.args else 200
        return private_page("reports/choose.html", status=status, is_missing=status == 422, **shown)
    form.settlement = settlement
    if form.validate_on_submit() and (current_principal().is_known or form.passes()):
        told, photos = form.told(kind, settlement), form.streams()
        try:
            report = send_report(uow, told, request_id=form.request_id.data, photos=photos)
            return _told(_ref(report))
        except DomainError as refusal:
            put_refusal(form, refusal)
    shown["neighbour"] = _neighbour(uow, form, kind) if form.point.errors else None
    is_refused = form.is_submitted() and is_queued()
    return refused_form(form) if is_refused else _form(form, shown)


@citizen.get("/new/near")
@open_to_all
def near() -> Response:
    """What others told within 100 m of `point`, while one fills in the form; of none, none."""
    g.is_personal = True
    point = request.args.get("point")
    if not point:
        return jsonify([])
    uow, form = current_uow(), TellForm(formdata=None, data={"point": point})
    if form.point.point is None:
        abort(404)
    wanted = queries.told_near(form.point.point, kind=request.args.get("kind", ""))
    place_of = words()["place_of"]
    return jsonify([_line(row, place_of) for row in uow.session.scalars(wanted)])


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
    uow, form = current_uow(), WordsForm(label=gettext("Вашият отговор"))
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


@citizen.route("/case/<ref>/dispute", methods=["GET", "POST"])
@open_to_all
def dispute(ref: str) -> Response:
    uow, form = current_uow(), WordsForm(label=gettext("Какво не е оправено?"))
    report = queries.report_at(uow, ref, to_change=form.is_submitted())
    if form.validate_on_submit():
        try:
            version = form.expected_version.data
            report_actions.dispute_report(uow, report, form.said(), expected_version=version)
            return see_other(".case", ref=ref, said="reports.disputed")
        except DomainError as refusal:
            tell(form, refusal, report)
    show_version(form, report)
    return private_page("reports/dispute.html", form=form, ref=ref, report=report)


def _chosen(names: Names) -> dict[str, str]:
    """The filter of the list, without what nobody offers."""
    asked = {name: request.args.get(name, "") for name in ("kind", "settlement", "state", "number")}
    return {
        "kind": asked["kind"] if asked["kind"] in KINDS else "",
        "settlement": asked["settlement"] if asked["settlement"] in names else "",
        "state": asked["state"] if asked["state"] in ("open", "late", "done") else "",
        "number": asked["number"].strip()[:20],
    }


def _wanted(uow: UnitOfWork, chosen: dict[str, str]) -> Select[Report]:
    """The list of such a filter."""
    is_late = chosen["state"] == "late"
    return queries.public(
        kind=chosen["kind"],
        settlement=chosen["settlement"],
        state="open" if is_late else chosen["state"],
        number=chosen["number"],
        is_late=is_late,
    )


def _taken(uow: UnitOfWork) -> dict[str, Any]:
    """The kinds taken here with their days, and those that only an account may tell."""
    return {"days": days_of_kinds(uow), "with_account": kinds_with_account(uow)}


def _neighbour(uow: UnitOfWork, form: TellForm, kind: str) -> Neighbour | None:
    """Whose the land is on which a point lies that is not here, and where one tells it there."""
    code = settlement_at(form.point.point) if form.point.point else None
    path = f"/reports/new/tell?kind={kind}&settlement={code}"
    return neighbour_of(uow, code, part="reports", path=path) if code else None


def _form(form: TellForm, shown: dict[str, Any]) -> Response:
    """Below what others told already: near the point, where there is one, then in the village."""
    uow, kind = current_uow(), shown["kind"]
    point = form.point.point
    near = uow.session.scalars(queries.told_near(point, kind=kind)).all() if point else []
    wanted = queries.told_already(kind=kind, settlement=shown["settlement"])
    shown["same"] = [row for row in uow.session.scalars(wanted) if row not in near]
    shown["chart"] = picker_map(villages_here(uow, current_language()))
    me = current_principal().person_id
    return private_page("reports/tell.html", form=form, near=near, me=me, **shown)


def _line(report: Report, place_of: Any) -> dict[str, str]:
    """A public report as a script writes it into a list."""
    title = [str(KINDS[report.kind].title), place_of(report.settlement)]
    return {
        "path": url_for(".show", report_id=report.id),
        "title": ", ".join(filter(None, title)),
        "state": str(STATES[report.state]),
        "number": report.number,
        "words": report.public_words,
    }


def _ref(report: Report) -> str:
    """Its place in the account, or its code."""
    return str(report.id) if report.person_id else code_of(report.request_id)


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
        "channel": CHANNELS[report.channel],
        "decision": signal_decisions.decision_of(uow, report),
        "is_asked": report.state == ASKED,
        "waits_for_yes": waits_for_yes(report),
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
