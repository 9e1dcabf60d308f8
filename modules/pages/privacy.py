"""What pages know of a person: which ones they wrote as staff. Readers' answers name nobody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select, update

from obshto.modules.pages.models import Page, Version
from obshto.platform.work import Work


def export(work: Work, person_id: UUID) -> Mapping[str, list[dict[str, Any]]]:
    """The pages that the person began or changed last, deleted ones too."""
    theirs = or_(Page.author_id == person_id, Page.changed_by_id == person_id)
    own = select(Page).where(theirs).order_by(Page.written_at)
    rows = [
        {"title": page.title, "written_at": page.written_at.isoformat()}
        for page in work.session.scalars(own)
    ]
    return {"pages": rows}


def erase(work: Work, person_id: UUID) -> None:
    """The text stays the municipality's; nobody is named beside it or its versions any more."""
    begun = update(Page).where(Page.author_id == person_id)
    work.session.execute(begun.values(author_id=None))
    changed = update(Page).where(Page.changed_by_id == person_id)
    work.session.execute(changed.values(changed_by_id=None, changed_by=""))
    saved = update(Version).where(Version.saved_by_id == person_id)
    work.session.execute(saved.values(saved_by_id=None, saved_by=""))
