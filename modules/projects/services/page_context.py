"""Context of a project's page, for citizens and for the preview of staff alike."""

from __future__ import annotations

from typing import Any

from obshto.modules.projects.models import Project
from obshto.modules.projects.services import queries
from obshto.modules.projects.services.edits import contract_of
from obshto.modules.projects.services.kind import KIND
from obshto.modules.projects.services.money import (
    difference_of,
    funded_by,
    funding_of,
    total_of,
)
from obshto.modules.projects.services.pictures import compared
from obshto.modules.projects.services.questions import answers_on
from obshto.modules.projects.services.stages import silent_since
from obshto.modules.projects.services.vocabulary import COLOURS, SOURCES, STATES, SUBJECTS
from obshto.platform.clock import day_of
from obshto.platform.editorial.attachments import files_on, leads_of
from obshto.platform.modularity.consultation_results import ConsultationResult, ConsultationResults
from obshto.platform.modularity.dataset_pages import dataset_path
from obshto.platform.modularity.ports import port_here
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import current_language
from obshto.tenants.api import settlements_here


def words_of() -> dict[str, Any]:
    """Words by which templates name subjects, states and sources."""
    return {"subjects": SUBJECTS, "state_names": STATES, "colours": COLOURS, "sources": SOURCES}


def context_of(uow: UnitOfWork, project: Project) -> dict[str, Any]:
    """A fixed number of statements."""
    files = files_on(uow, KIND, project)
    stages = queries.stages_of(uow, [project.id])[project.id]
    translated = queries.translations(uow, [project], current_language())
    before, after = compared(files)
    return words_of() | {
        "kind": KIND,
        "project": project,
        "shown": translated.get(project.id, project),
        "state": queries.states_of(uow, [project])[project.id],
        "lead": leads_of(uow, KIND, [project.id]).get(project.id),
        "files": files,
        "pictures": {file.attachment.id: file for file in files if file.attachment.is_picture},
        "before": before,
        "after": after,
        "stages": stages,
        "silent": silent_since(project, stages, uow),
        "news": queries.news_of(uow, project),
        "total": total_of(project),
        "contract": contract_of(project),
        "funded": funded_by(uow, project),
        "difference": difference_of(funding_of(uow, project)),
        "answers": answers_on(uow, project),
        "consultation": consultation_behind(uow, project),
        "names": settlements_here(uow),
        "payments_path": payments_path(),
        "today": day_of(uow.now),
    }


def payments_path() -> str | None:
    """Where all payments are told one by one as open data, where they are."""
    return dataset_path("projects", "project-payments")


def consultation_behind(uow: UnitOfWork, project: Project) -> ConsultationResult | None:
    """The consultation in which it was discussed, where that can be seen now."""
    port = port_here(ConsultationResults) if project.consultation_id else None
    if port is None or project.consultation_id is None:
        return None
    return port.result_of(uow, project.consultation_id)
