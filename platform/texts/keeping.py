"""How long texts are kept, and what they know of who wrote them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, or_, select, update

from obshto.platform.returnable import RETURNABLE
from obshto.platform.storage.services import forget_files
from obshto.platform.texts.kinds import TextKind
from obshto.platform.work import Work

VERSIONS_KEPT = timedelta(days=3 * 365)
Kind = TextKind[Any, Any, Any]


def outlived(work: Work, kind: Kind) -> list[UUID]:
    """What was deleted longer ago than it can come back, with its translations."""
    text = kind.text
    gone = kind.originals().where(text.deleted_at < work.now - RETURNABLE)
    originals = gone.with_only_columns(text.id)
    rows = select(text.id).where(or_(text.id.in_(originals), text.translation_of.in_(originals)))
    return list(work.session.scalars(rows))


def erase_texts(work: Work, kind: Kind, ids: Collection[UUID]) -> None:
    """These are gone for good with versions and files; versions of all others after three years."""
    text, version, attachment = kind.text, kind.version, kind.attachment
    files = select(attachment.file_id).where(attachment.text_id.in_(ids))
    file_ids = list(work.session.scalars(files))
    for table in (version, attachment):
        work.session.execute(delete(table).where(table.text_id.in_(ids)))
    work.session.execute(delete(text).where(text.id.in_(ids), text.translation_of.is_not(None)))
    work.session.execute(delete(text).where(text.id.in_(ids)))
    work.session.execute(delete(version).where(version.replaced_at < work.now - VERSIONS_KEPT))
    forget_files(work, file_ids)


def texts_of_person(work: Work, kind: Kind, person_id: UUID) -> list[dict[str, Any]]:
    """What the person began or changed last, deleted ones too."""
    text = kind.text
    theirs = or_(text.author_id == person_id, text.changed_by_id == person_id)
    own = select(text).where(theirs).order_by(text.written_at)
    return [
        {"title": row.title, "written_at": row.written_at.isoformat()}
        for row in work.session.scalars(own)
    ]


def forget_names(work: Work, kind: Kind, person_id: UUID) -> None:
    """The text stays the municipality's; nobody is named beside it or its versions any more."""
    text, version = kind.text, kind.version
    begun = update(text).where(text.author_id == person_id)
    work.session.execute(begun.values(author_id=None))
    changed = update(text).where(text.changed_by_id == person_id)
    work.session.execute(changed.values(changed_by_id=None, changed_by=""))
    saved = update(version).where(version.saved_by_id == person_id)
    work.session.execute(saved.values(saved_by_id=None, saved_by=""))
