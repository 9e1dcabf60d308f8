"""Quarterly question whether projects are still true, to who watches them."""

from __future__ import annotations

from sqlalchemy import or_

from obshto.modules.projects.events import ProjectsStale
from obshto.modules.projects.models import Project
from obshto.modules.projects.services.queries import stale
from obshto.modules.projects.services.states import QUARTER
from obshto.platform.unit_of_work import UnitOfWork


def ask_whether_true(uow: UnitOfWork) -> None:
    """Job: say how many are silent; each is counted once a quarter, its list shows all of them."""
    unasked = or_(Project.reminded_at.is_(None), Project.reminded_at < uow.now - QUARTER)
    projects = uow.session.scalars(stale(uow).where(unasked).with_for_update()).all()
    for project in projects:
        project.reminded_at = uow.now
    if projects:
        uow.emit(ProjectsStale(projects=len(projects)))
