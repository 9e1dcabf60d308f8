"""One report as everybody reads it: its photographs, letters about it, a dispute."""

from __future__ import annotations

from uuid import UUID

from flask import abort, render_template
from werkzeug.wrappers import Response

from obshto.modules.reports.citizen.blueprint import citizen
from obshto.modules.reports.forms.disputes import NotFixedForm
from obshto.modules.reports.forms.submission import DEVICE
from obshto.modules.reports.forms.words import put_refusal, words
from obshto.modules.reports.models import Report
from obshto.modules.reports.services import (
    disputes,
    duplicates,
    queries,
)
from obshto.modules.reports.services.photos import file_among, public_photos
from obshto.modules.reports.services.states import (
    TOLD,
)
from obshto.platform.errors import DomainError
from obshto.platform.followers.pages import follow_page
from obshto.platform.storage.downloads import send_file
from obshto.platform.support.services import Supporter
from obshto.platform.thread.lines import line_of
from obshto.platform.web.access import open_to_all
from obshto.platform.web.device import device_token, remember_device
from obshto.platform.web.language import current_language
from obshto.platform.web.private_page import private_page
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow
from obshto.platform.web.uploads import takes_files
from obshto.tenants.api import (
    account_supporter,
)


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
        may_challenge=disputes.may_challenge(report, uow.now),
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
    """Anybody who passes by shows how it is now, whatever the outcome was: it is open again."""
    uow, form = current_uow(), NotFixedForm()
    report = queries.public_report(uow, report_id, to_change=form.is_submitted())
    if not disputes.may_challenge(report, uow.now) and not form.is_submitted():
        abort(404)
    if form.validate_on_submit() and (current_principal().is_known or form.passes()):
        told = form.said(), form.streams()
        try:
            once, by = form.request_id.data, _disputant(form)
            disputes.challenge_report(uow, report, *told, by=by, request_id=once)
            return _disputed(report, by)
        except DomainError as refusal:
            put_refusal(form, refusal, report)
    return private_page("reports/not_fixed.html", form=form, report=report, **words())


def _disputant(form: NotFixedForm) -> Supporter:
    """By whom one is counted once: an account by itself, whoever sat here; else the browser."""
    if me := current_principal().person_id:
        return account_supporter(current_uow(), me, language=current_language())
    return Supporter(device=device_token(DEVICE) or str(form.request_id.data))


def _disputed(report: Report, by: Supporter) -> Response:
    answer = see_other(".show", report_id=report.id, said="reports.disputed")
    if by.device:
        remember_device(answer, DEVICE, by.device)
    return answer
