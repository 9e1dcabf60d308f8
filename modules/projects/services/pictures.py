"""Pictures of a project by the moment at which they were taken."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from obshto.modules.projects.models import Project
from obshto.modules.projects.services.kind import KIND
from obshto.modules.projects.services.vocabulary import PictureMoment
from obshto.platform.editorial.attachments import File, attachment_of
from obshto.platform.editorial.errors import FileChangedMeanwhile
from obshto.platform.entity import expect_version
from obshto.platform.unit_of_work import UnitOfWork


def set_moment(
    uow: UnitOfWork, attachment_id: UUID, *, moment: str, expected_version: int
) -> Project:
    """Say when a picture was taken. Raises NoSuchFile, FileChangedMeanwhile."""
    file, project = attachment_of(uow, KIND, attachment_id, to_change=True)
    if file.moment == moment:
        return project
    expect_version(file, expected_version, FileChangedMeanwhile)
    file.moment = moment
    uow.session.flush()
    uow.emit(KIND.file_described(subject_id=project.id, title=file.title))
    return project


def compared(files: Sequence[File]) -> tuple[list[File], list[File]]:
    """Pictures from before and from after, each in their order."""

    def of(moment: PictureMoment) -> list[File]:
        return [file for file in files if getattr(file.attachment, "moment", "") == moment]

    return of(PictureMoment.BEFORE), of(PictureMoment.AFTER)
