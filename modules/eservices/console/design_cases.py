"""Service designer: recorded cases, repeating groups, approvals."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import abort, render_template
from werkzeug.wrappers import Response

from obshto.modules.eservices.console.blueprint import Answer, answered, console
from obshto.modules.eservices.console.design_edits import design_here, edited
from obshto.modules.eservices.errors import DefinitionBroken, NoSuchApplication
from obshto.modules.eservices.forms.designer import ApprovalsForm, RecordForm, RowsDesignForm
from obshto.modules.eservices.forms.question_editor import question_form
from obshto.modules.eservices.models import DesignedService
from obshto.modules.eservices.permissions import ServicesPermission
from obshto.modules.eservices.services import approvals
from obshto.modules.eservices.services.definitions import Definition
from obshto.modules.eservices.services.design import designs, groups, recorded, trial
from obshto.modules.eservices.services.design.compiler import Design
from obshto.modules.eservices.services.design.kinds import (
    COLUMN_KINDS,
    column_kind_of,
    fits_a_table,
)
from obshto.modules.eservices.services.design.outcomes import SECTIONS
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.forms import seen_here
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow


@console.route("/own/<uuid:row_id>/groups/<name>", methods=["GET", "POST"])
@requires(ServicesPermission.DESIGN)
def design_group(row_id: UUID, name: str) -> Answer:
    """What is asked of each row; how many rows, drawn as a table or one below the other."""
    row, design = design_here(row_id)
    group = groups.group_at(design, name) or abort(404)
    form = RowsDesignForm(data={k: group.get(k) for k in ("least", "most", "as_table")})

    shown: dict[str, Any] = {"group": group, "name": name, "fits": fits_a_table(group)}
    return edited(
        form,
        row,
        lambda design: groups.set_rows(design["fields"][name], **form.rows()),
        "design_group.html",
        kind_title=lambda column: COLUMN_KINDS.get(column_kind_of(column), ""),
        **shown,
    )


@console.route("/own/<uuid:row_id>/groups/<name>/columns/<column>", methods=["GET", "POST"])
@requires(ServicesPermission.DESIGN)
def design_column(row_id: UUID, name: str, column: str) -> Answer:
    """One thing that is asked of each row, or a new one."""
    row, design = design_here(row_id)
    group = groups.group_at(design, name) or abort(404)
    field = group["columns"].get(column)
    if field is None and column != "new":
        abort(404)
    form = question_form(field, [], version=row.version, kinds=COLUMN_KINDS)

    old = column if field else None
    return edited(
        form,
        row,
        lambda design: groups.put_column(design["fields"][name], form.asked(), old),
        "design_question.html",
        after=lambda _: see_other(".design_group", row_id=row_id, name=name),
        **{"place": "group", "group": group, "name": name},
    )


@console.route("/own/<uuid:row_id>/approvals", methods=["GET", "POST"])
@requires(ServicesPermission.DESIGN)
def design_approvals(row_id: UUID) -> Answer:
    row, design = design_here(row_id)
    roles = approvals.roles_offered(current_uow())
    form = ApprovalsForm().offer(roles, design.get("approvals", []))

    def change(design: Design) -> None:
        design["approvals"] = form.chosen()

    return edited(form, row, change, "design_form.html", section="approvals")


@console.route("/own/<uuid:row_id>/try/record", methods=["GET", "POST"])
@requires(ServicesPermission.DESIGN)
def record_trial(row_id: UUID) -> Answer:
    """Keep the trial as a case that is run again."""
    uow, form = current_uow(), RecordForm()
    row = designs.design_row(uow, row_id, to_change=form.is_submitted())
    try:
        draft = trial.trial_draft(uow, row)
    except NoSuchApplication:
        abort(404)
    if form.validate_on_submit():
        try:
            name, request_id = form.name.data.strip(), form.request_id.data
            recorded.record_case(uow, row, draft, name, request_id=request_id)
            return see_other(".recorded_cases", row_id=row_id, said="eservices.case-recorded")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    return answered(form, render_template("eservices/design_record.html", form=form, row=row))


@console.get("/own/<uuid:row_id>/cases")
@requires(ServicesPermission.DESIGN)
def recorded_cases(row_id: UUID) -> str:
    """All cases of a service, run anew."""
    uow = current_uow()
    row = designs.design_row(uow, row_id)
    definition = _as_it_stands(row)
    runs = recorded.replays(uow, row, definition) if definition else None
    return render_template("eservices/design_cases.html", row=row, runs=runs)


@console.get("/own/<uuid:row_id>/cases/<uuid:case_id>")
@requires(ServicesPermission.DESIGN)
def recorded_case(row_id: UUID, case_id: UUID) -> str:
    """What a case gave when it was recorded beside what it gives now."""
    uow = current_uow()
    row = designs.design_row(uow, row_id)
    case, definition = recorded.case_in(uow, row, case_id), _as_it_stands(row)
    run = recorded.replay(uow, definition, case) if definition else None
    return render_template(
        "eservices/design_case.html", row=row, case=case, run=run, sections=SECTIONS
    )


@console.post("/own/<uuid:row_id>/cases/<uuid:case_id>/accept")
@requires(ServicesPermission.DESIGN)
def accept_case(row_id: UUID, case_id: UUID) -> Response:
    uow = current_uow()
    row = designs.design_row(uow, row_id)
    case = recorded.case_in(uow, row, case_id, to_change=True)
    definition = _as_it_stands(row) or abort(404)
    recorded.accept_outcome(uow, definition, case, expected_version=seen_here())
    return see_other(".recorded_cases", row_id=row_id, said="eservices.case-accepted")


@console.post("/own/<uuid:row_id>/cases/<uuid:case_id>/remove")
@requires(ServicesPermission.DESIGN)
def remove_case(row_id: UUID, case_id: UUID) -> Response:
    uow = current_uow()
    row = designs.design_row(uow, row_id)
    case = recorded.case_in(uow, row, case_id, to_change=True)
    recorded.remove_case(uow, case, expected_version=seen_here())
    return see_other(".recorded_cases", row_id=row_id, said="eservices.case-removed")


def _as_it_stands(row: DesignedService) -> Definition | None:
    """What would be published now; None while the design has faults."""
    try:
        return designs.definition_now(row)
    except DefinitionBroken:
        return None
