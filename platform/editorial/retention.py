"""How long texts are kept, and what they know of who wrote them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, or_, select, update

from obshto.platform.editorial.kinds import TextKind
from obshto.platform.soft_delete import RESTORABLE_FOR
from obshto.platform.storage.services import forget_files
from obshto.platform.unit_of_work import UnitOfWork

VERSIONS_KEPT = timedelta(days=3 * 365)
Kind = TextKind[Any, Any, Any]


def outlived(uow: UnitOfWork, kind: Kind) -> list[UUID]:
    """What was deleted longer ago than it can come back, with its translations."""
    text = kind.text
    gone = kind.originals().where(text.deleted_at < uow.now - RESTORABLE_FOR)
    originals = gone.with_only_columns(text.id)
    rows = select(text.id).where(or_(text.id.in_(originals), text.translation_of.in_(originals)))
    return list(uow.session.scalars(rows))


def erase_texts(uow: UnitOfWork, kind: Kind, ids: Collection[UUID]) -> None:
    """These are gone for good with versions and files; versions of all others after three years."""
    text, version, attachment = kind.text, kind.version, kind.attachment
    files = select(attachment.file_id).where(attachment.text_id.in_(ids))
    file_ids = list(uow.session.scalars(files))
    for table in (version, attachment):
        uow.session.execute(delete(table).where(table.text_id.in_(ids)))
    uow.session.execute(delete(text).where(text.id.in_(ids), text.translation_of.is_not(None)))
    uow.session.execute(delete(text).where(text.id.in_(ids)))
    uow.session.execute(delete(version).where(version.replaced_at < uow.now - VERSIONS_KEPT))
    forget_files(uow, file_ids)


def texts_of_person(uow: UnitOfWork, kind: Kind, person_id: UUID) -> list[dict[str, Any]]:
    """What the person began or changed last, deleted ones too."""
    text = kind.text
    theirs = or_(text.author_id == person_id, text.changed_by_id == person_id)
    own = select(text).where(theirs).order_by(text.written_at)
    return [
        {"title": row.title, "written_at": row.written_at.isoformat()}
        for row in uow.session.scalars(own)
    ]


def forget_names(uow: UnitOfWork, kind: Kind, person_id: UUID) -> None:
    """The text stays the municipality's; nobody is named beside it or its versions any more."""
    text, version = kind.text, kind.version
    begun = update(text).where(text.author_id == person_id)
    uow.session.execute(begun.values(author_id=None))
    changed = update(text).where(text.changed_by_id == person_id)
    uow.session.execute(changed.values(changed_by_id=None, changed_by=""))
    saved = update(version).where(version.saved_by_id == person_id)
    uow.session.execute(saved.values(saved_by_id=None, saved_by=""))
