"""Intake of projects: what people asked for becomes a draft, which nobody outside sees yet."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from flask_babel import LazyString

from obshto.modules.projects.permissions import ProjectsPermission
from obshto.modules.projects.services.edits import ProjectDetails, ProjectText, write_project
from obshto.modules.projects.services.vocabulary import SUBJECTS
from obshto.platform.modularity.intakes import HandedOn, TakenUp
from obshto.platform.unit_of_work import UnitOfWork


class ProjectDesk:
    """A draft with its purpose and place; its dates and sums are still to be written."""

    permission = ProjectsPermission.WRITE

    def kinds(self, uow: UnitOfWork) -> Mapping[str, LazyString]:
        return SUBJECTS

    def take_up(self, uow: UnitOfWork, handed: HandedOn, *, request_id: UUID) -> TakenUp:
        text = ProjectText(title=handed.title, summary=handed.text, markdown=handed.origin)
        details = ProjectDetails(subject=handed.kind, ekatte=handed.settlement)
        row = write_project(uow, text, details, request_id=request_id)
        return TakenUp("", row.path, f"/console/projects/{row.id}", ("projects", row.id))
