"""Editorial kind of projects."""

from flask_babel import lazy_gettext as _

from obshto.modules.projects.errors import NoSuchProject, StaleVersion
from obshto.modules.projects.events import (
    FileAdded,
    FileDescribed,
    FileMoved,
    FileRemoved,
    ProjectReverted,
)
from obshto.modules.projects.models import Attachment, Project, Version
from obshto.modules.projects.permissions import ProjectsPermission
from obshto.platform.editorial.kinds import TextKind

KIND = TextKind(
    part="projects",
    key="project_id",
    called=_("Проект"),
    text=Project,
    version=Version,
    attachment=Attachment,
    write=ProjectsPermission.WRITE,
    publish=ProjectsPermission.PUBLISH,
    missing=NoSuchProject,
    changed=StaleVersion,
    reverted=ProjectReverted,
    file_added=FileAdded,
    file_described=FileDescribed,
    file_moved=FileMoved,
    file_removed=FileRemoved,
)
