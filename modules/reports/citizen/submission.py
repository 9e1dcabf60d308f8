"""Submission of a report: what and where, what others told, the form."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from flask import render_template, request, url_for
from werkzeug.wrappers import Response

from obshto.modules.reports.citizen.blueprint import citizen
from obshto.modules.reports.citizen.nearby import told_across_from
from obshto.modules.reports.forms.submission import DEVICE, SavedTellForm, TellForm
from obshto.modules.reports.forms.words import put_refusal, words
from obshto.modules.reports.models import Report
from obshto.modules.reports.services import (
    queries,
)
from obshto.modules.reports.services.codes import code_of
from obshto.modules.reports.services.own_kinds import common_of
from obshto.modules.reports.services.rules import days_and_accounts
from obshto.modules.reports.services.submission import ReportWords, send_report
from obshto.platform.clock import day_of
from obshto.platform.errors import DomainError
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.village_map import picker_map
from obshto.platform.web.access import open_to_all
from obshto.platform.web.device import device_token, remember_device
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
    villages_here,
)


@citizen.get("/new")
@open_to_all
def choose() -> str:
    """What and where; the answers go on in the address, so that this works without JavaScript."""
    uow = current_uow()
    return render_template("reports/choose.html", **_shown(uow))


@citizen.route("/new/tell", methods=["GET", "POST"])
@open_to_all
@takes_files
def write() -> Response:
    """The form, below what others told of the same already."""
    uow, form = current_uow(), TellForm(data={"point": request.args.get("point", "")[:60]})
    kind, settlement = request.args.get("kind", ""), request.args.get("settlement", "")
    shown = _shown(uow) | {"kind": kind, "settlement": settlement}
    names = shown["names"]
    if kind not in shown["days"] or (names and settlement not in names):
        status = 422 if request.args else 200
        return private_page("reports/choose.html", status=status, is_missing=status == 422, **shown)
    form.settlement = settlement
    if form.validate_on_submit() and (current_principal().is_known or form.passes()):
        try:
            return _told(_ref(_sent(form, form.told(kind, settlement))))
        except DomainError as refusal:
            put_refusal(form, refusal)
    common, _ = common_of(uow, kind)
    shown["neighbour"] = _neighbour(uow, form, common) if form.point.errors else None
    is_refused = form.is_submitted() and is_queued()
    return refused_form(form) if is_refused else _form(form, shown)


@citizen.route("/new/saved", methods=["GET", "POST"])
@open_to_all
@takes_files
def saved() -> Response | str:
    """The whole form on one page, of nobody: phones keep it and fill it in without a network."""
    form, shown = SavedTellForm(), _shown(current_uow())
    asked = [word for word in shown["days"] if word not in shown["with_account"]]
    form.offer({word: shown["kinds"][word] for word in asked}, shown["names"])
    if form.validate_on_submit() and (current_principal().is_known or form.passes()):
        told = form.told(form.kind.data, form.settlement_code.data)
        try:
            return _told(_ref(_sent(form, told)))
        except DomainError as refusal:
            put_refusal(form, refusal)
    if form.is_submitted() and is_queued():
        return refused_form(form)
    shown |= {"has_more": len(asked) < len(shown["days"]), "form": form}
    return _copy(shown)


def _sent(form: TellForm, told: ReportWords) -> Report:
    """Raises what `send_report` raises."""
    once, photos = form.request_id.data, form.streams()
    return send_report(current_uow(), told, request_id=once, photos=photos)


def _told(ref: str) -> Response:
    """On to the sender's own page; a phone that kept the form meanwhile gets only its address."""
    if is_queued():
        return sent(url_for(".case", ref=ref), said="reports.sent")
    answer = see_other(".case", ref=ref, said="reports.sent")
    if not current_principal().is_known and not device_token(DEVICE):
        remember_device(answer, DEVICE, uuid4().hex)
    return answer


def _shown(uow: UnitOfWork) -> dict[str, Any]:
    """The words, the kinds taken here with their days, those that only an account may tell."""
    shown = words()
    days, with_account = days_and_accounts(uow, shown["own_kinds"])
    return shown | {"days": days, "with_account": with_account}


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
    shown["across"] = told_across_from(form, kind, shown["settlement"])
    shown["chart"] = picker_map(villages_here(uow, current_language()))
    me = current_principal().person_id
    return private_page("reports/tell.html", form=form, near=near, me=me, **shown)


def _copy(shown: dict[str, Any]) -> Response | str:
    """As anybody may keep it; once it was sent it is one person's."""
    uow, form = current_uow(), shown["form"]
    shown |= {"chart": picker_map(villages_here(uow, current_language())), "today": day_of(uow.now)}
    if form.is_submitted():
        return private_page("reports/saved.html", **shown)
    return render_template("reports/saved.html", **shown)


def _ref(report: Report) -> str:
    """Its place in the account, or its code."""
    return str(report.id) if report.person_id else code_of(report.request_id)
