"""Contract of a project out of an OCDS file: looked at first, then one of them is taken."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request
from flask_babel import gettext

from obshto.modules.projects.console.tables import Answer, answer_to
from obshto.modules.projects.forms.staff_work import ContractFileForm
from obshto.modules.projects.models import Project
from obshto.modules.projects.permissions import ProjectsPermission
from obshto.modules.projects.services import contracts as ocds
from obshto.modules.projects.services import queries
from obshto.modules.projects.services.edits import contract_of
from obshto.platform.clock import day_of
from obshto.platform.errors import DomainError
from obshto.platform.storage.ocds_contracts import OcdsContract, contracts_of
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow
from obshto.platform.web.uploads import takes_files

contracts = Blueprint("contracts", __name__)


@contracts.route("/<uuid:project_id>/contract", methods=["GET", "POST"])
@requires(ProjectsPermission.FUND)
@takes_files
def bring(project_id: UUID) -> Answer:
    uow = current_uow()
    project = queries.project_of(uow, project_id, to_change=request.method == "POST")
    form = ContractFileForm(data={"expected_version": project.version})
    answer = answer_to(
        form,
        preview=lambda: _preview(form, project, contracts_of(form.file.data.stream)),
        take=lambda: _take(form, project, ocds.unpacked_contracts(form.rows.data or "")),
    )
    if answer is not None:
        return answer
    now = contract_of(project)
    return filled("projects/contract.html", form, project=project, now=now)


def _preview(form: ContractFileForm, project: Project, told: list[OcdsContract]) -> Answer:
    rows = ocds.judged_contracts(told, today=day_of(current_uow().now))
    form.offer(rows)
    form.rows.data = ocds.packed_contracts(told)
    shown = {"rows": rows, "labels": ocds.LABELS, "whole": sum(bool(row.terms) for row in rows)}
    page = render_template(
        "projects/contract_preview.html",
        form=form,
        project=project,
        now=contract_of(project),
        **shown,
    )
    return page if shown["whole"] and not form.errors and not form.form_errors else (page, 422)


def _take(form: ContractFileForm, project: Project, told: list[OcdsContract]) -> Answer:
    rows = ocds.judged_contracts(told, today=day_of(current_uow().now))
    chosen = next((row for row in rows if str(row.row) == form.chosen.data), None)
    if chosen is None:
        form.chosen.errors = [gettext("Изберете договор")]
        return _preview(form, project, told)
    try:
        version = form.expected_version.data
        ocds.take_contract(current_uow(), project, chosen.terms, expected_version=version)
    except DomainError as refusal:
        form.form_errors.append(str(refusal))
        form.expected_version.data = project.version
        return _preview(form, project, told)
    return see_other("projects_console.edit", project_id=project.id, said="projects.contracted")
