"""Staff pages of doubles: into which report this one goes, and out again."""

from __future__ import annotations

from uuid import UUID

from werkzeug.wrappers import Response

from obshto.modules.reports.console.blueprint import (
    HANDLE,
    INSPECT,
    Answer,
    back_to,
    console,
    usable,
)
from obshto.modules.reports.errors import NoSuchFirst
from obshto.modules.reports.forms.acts import MergeForm
from obshto.modules.reports.forms.words import words
from obshto.modules.reports.services import duplicates, queries
from obshto.platform.clock import day_of
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, seen_here, show_version, tell
from obshto.platform.web.request_uow import current_uow


@console.route("/<uuid:report_id>/merge", methods=["GET", "POST"])
@requires(HANDLE, INSPECT)
def merge(report_id: UUID) -> Answer:
    """What it tells was told before: both go on as one."""
    uow, form = current_uow(), MergeForm()
    usable(queries.report_to_handle(uow, report_id, to_change=False))
    if form.validate_on_submit():
        try:
            number, version = form.number.data, form.expected_version.data
            duplicates.merge_report(uow, report_id, number, expected_version=version)
            return back_to(report_id, "reports.merged")
        except DomainError as refusal:
            found = queries.report_to_handle(uow, report_id, to_change=False)
            tell(form, refusal, found, at={NoSuchFirst: "number"})
    found = queries.report_to_handle(uow, report_id, to_change=False)
    show_version(form, found)
    others = duplicates.candidates(uow, found)
    today = day_of(uow.now)
    shown = {"report": found, "others": others, "today": today, "teams": {}, **words()}
    return filled("reports/merge.html", form, **shown)


@console.post("/<uuid:report_id>/part")
@requires(HANDLE, INSPECT)
def part(report_id: UUID) -> Response:
    uow = current_uow()
    found = usable(queries.report_to_handle(uow, report_id, to_change=False))
    duplicates.part_report(uow, found, expected_version=seen_here())
    return back_to(report_id, "reports.parted")
