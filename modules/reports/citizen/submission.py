"""Submission of a report: what and where, what others told, the form."""

from __future__ import annotations

from typing import Any

from flask import abort, g, jsonify, render_template, request, url_for
from werkzeug.wrappers import Response

from obshto.modules.reports.citizen.blueprint import citizen
from obshto.modules.reports.forms.submission import TellForm
from obshto.modules.reports.forms.words import put_refusal, words
from obshto.modules.reports.models import Report
from obshto.modules.reports.services import (
    queries,
)
from obshto.modules.reports.services.codes import code_of
from obshto.modules.reports.services.kinds import kind_of
from obshto.modules.reports.services.own_kinds import common_of
from obshto.modules.reports.services.rules import days_of_kinds, kinds_with_account
from obshto.modules.reports.services.states import (
    STATES,
)
from obshto.modules.reports.services.submission import send_report
from obshto.platform.errors import DomainError
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.village_map import picker_map
from obshto.platform.web.access import open_to_all
from obshto.platform.web.language import current_language
from obshto.platform.web.offline_queue import is_queued, refused_form, sent
from obshto.platform.web.private_page import private_page
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow
from obshto.platform.web.uploads import takes_files
from obshto.tenants.api import (
    Neighbour,
    neighbour_of,
    settlement_at,
    settlements_here,
    villages_here,
)


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
    common, _ = common_of(uow, kind)
    shown["neighbour"] = _neighbour(uow, form, common) if form.point.errors else None
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


def _told(ref: str) -> Response:
    """On to the sender's own page; a phone that kept the form meanwhile gets only its address."""
    if is_queued():
        return sent(url_for(".case", ref=ref), said="reports.sent")
    return see_other(".case", ref=ref, said="reports.sent")


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
    title = [str(kind_of(report).title), place_of(report.settlement)]
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
