"""Show guides and hide them; delete them, bring them back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete

from obshto.modules.guides.errors import GuideWithoutSteps, StaleGuide
from obshto.modules.guides.events import (
    GuideDeleted,
    GuideHidden,
    GuidePublished,
    GuideRestored,
)
from obshto.modules.guides.models import CitizenGuide, GuideReading
from obshto.modules.guides.services.kind import KIND
from obshto.modules.guides.services.steps import steps_of
from obshto.platform.editorial.retention import erase_texts, outlived
from obshto.platform.editorial.revisions import sign
from obshto.platform.soft_delete import turn
from obshto.platform.unit_of_work import UnitOfWork


def publish_guide(uow: UnitOfWork, guide: CitizenGuide, *, expected_version: int) -> None:
    """Everybody sees it from now on. Raises GuideWithoutSteps, StaleGuide."""
    if not steps_of(guide.html).steps:
        raise GuideWithoutSteps
    if _turn(uow, guide, "published_at", uow.now, expected_version):
        uow.emit(GuidePublished(subject_id=guide.id, title=guide.title))


def hide_guide(uow: UnitOfWork, guide: CitizenGuide, *, expected_version: int) -> None:
    """Back to the drafts. Raises StaleGuide."""
    if _turn(uow, guide, "published_at", None, expected_version):
        uow.emit(GuideHidden(subject_id=guide.id, title=guide.title))


def delete_guide(uow: UnitOfWork, guide: CitizenGuide, *, expected_version: int) -> None:
    """Gone for citizens; can come back for 30 days as what it was. Raises StaleGuide."""
    if _turn(uow, guide, "deleted_at", uow.now, expected_version):
        uow.emit(GuideDeleted(subject_id=guide.id, title=guide.title))


def restore_guide(uow: UnitOfWork, guide: CitizenGuide, *, expected_version: int) -> None:
    """Undo a deletion. Raises StaleGuide."""
    if _turn(uow, guide, "deleted_at", None, expected_version):
        uow.emit(GuideRestored(subject_id=guide.id, title=guide.title))


def erase_deleted(uow: UnitOfWork) -> None:
    """Job: what was deleted 30 days ago is gone for good, versions after three years."""
    ids: list[UUID] = list(outlived(uow, KIND))
    uow.session.execute(delete(GuideReading).where(GuideReading.guide_id.in_(ids)))
    erase_texts(uow, KIND, ids)


def _turn(
    uow: UnitOfWork, guide: CitizenGuide, mark: str, to: datetime | None, expected_version: int
) -> bool:
    refusal = StaleGuide(who=guide.changed_by)
    if not turn(uow, guide, mark, to, expected_version=expected_version, refusal=refusal):
        return False
    sign(uow, guide)
    return True
