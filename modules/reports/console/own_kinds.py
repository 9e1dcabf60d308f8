"""Staff pages of kinds: the common ones with their terms, the municipality's own beside them."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, request
from werkzeug.wrappers import Response

from obshto.modules.reports.console.blueprint import Answer, console
from obshto.modules.reports.errors import InspectorsAlone, KindNameTaken
from obshto.modules.reports.forms.own_kinds import KindChangeForm, NewKindForm, shown_kind
from obshto.modules.reports.forms.words import words
from obshto.modules.reports.permissions import ReportsPermission
from obshto.modules.reports.services import own_kinds as service
from obshto.modules.reports.services.rules import days_of_kinds
from obshto.modules.reports.services.teams import teams_here
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, seen_here, show_version, tell
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow

MANAGE = ReportsPermission.KINDS
_AT: dict[type[DomainError], str] = {KindNameTaken: "name_bg", InspectorsAlone: "team"}


@console.get("/kinds")
@requires(MANAGE)
def kinds() -> str:
    uow = current_uow()
    days, teams = days_of_kinds(uow), teams_here(uow)
    return render_template("reports/kinds.html", days=days, teams=teams, **words())


@console.route("/kinds/new", methods=["GET", "POST"])
@requires(MANAGE)
def new_kind() -> Answer:
    uow, form = current_uow(), NewKindForm()
    form.offer(teams_here(uow))
    if form.validate_on_submit():
        try:
            service.make_kind(uow, form.entry(form.kind.data), request_id=form.request_id.data)
            return see_other(".kinds", said="reports.kind-made")
        except DomainError as refusal:
            tell(form, refusal, at=_AT)
    return filled("reports/kind_edit.html", form, kind=None)


@console.route("/kinds/<uuid:kind_id>", methods=["GET", "POST"])
@requires(MANAGE)
def change_kind(kind_id: UUID) -> Answer:
    uow = current_uow()
    row = service.own_kind_of(uow, kind_id, to_change=request.method == "POST")
    form = KindChangeForm(data=shown_kind(row))
    form.offer(teams_here(uow))
    if form.validate_on_submit():
        try:
            version = form.expected_version.data
            service.change_kind(uow, row, form.entry(row.kind), expected_version=version)
            return see_other(".kinds", said="reports.kind-changed")
        except DomainError as refusal:
            tell(form, refusal, row, at=_AT)
    show_version(form, row)
    return filled("reports/kind_edit.html", form, kind=row, **words())


@console.post("/kinds/<uuid:kind_id>/retire")
@requires(MANAGE)
def retire_kind(kind_id: UUID) -> Response:
    """Nothing new is taken of it."""
    return _retired(kind_id, is_retired=True)


@console.post("/kinds/<uuid:kind_id>/take")
@requires(MANAGE)
def take_kind(kind_id: UUID) -> Response:
    """It is taken again."""
    return _retired(kind_id, is_retired=False)


@console.post("/kinds/<uuid:kind_id>/remove")
@requires(MANAGE)
def remove_kind(kind_id: UUID) -> Response:
    row = service.own_kind_of(current_uow(), kind_id, to_change=True)
    service.remove_kind(current_uow(), row, expected_version=seen_here())
    return see_other(".kinds", said="reports.kind-removed")


def _retired(kind_id: UUID, *, is_retired: bool) -> Response:
    row, seen = service.own_kind_of(current_uow(), kind_id, to_change=True), seen_here()
    service.retire_kind(current_uow(), row, is_retired=is_retired, expected_version=seen)
    return see_other(".kinds", said="reports.kind-retired" if is_retired else "reports.kind-taken")
