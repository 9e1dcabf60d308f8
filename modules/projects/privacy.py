"""Export and erasure: projects written as staff, questions asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from obshto.modules.projects.services.kind import KIND
from obshto.modules.projects.services.questions import forget_sender, questions_of_person
from obshto.platform.editorial.retention import forget_names, texts_of_person
from obshto.platform.unit_of_work import UnitOfWork


def export(uow: UnitOfWork, person_id: UUID) -> Mapping[str, list[dict[str, Any]]]:
    """Projects that the person began or changed last; questions asked while signed in."""
    return {
        "projects": texts_of_person(uow, KIND, person_id),
        "project_questions": questions_of_person(uow, person_id),
    }


def erase(uow: UnitOfWork, person_id: UUID) -> None:
    """Projects and public answers stay; nobody is named beside them."""
    forget_names(uow, KIND, person_id)
    forget_sender(uow, person_id)
