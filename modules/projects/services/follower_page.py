"""A project as followers know it."""

from __future__ import annotations

from obshto.modules.projects.models import Project
from obshto.platform.followers.services import Followed


def followed(project: Project) -> Followed:
    """Whose it is, what it is called, where it is read."""
    return Followed(part="projects", object_id=project.id, title=project.title, path=project.path)
