"""Notes of a teacher about a group: encrypted, read by nobody else."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from obshto.modules.courses.errors import StaleGroup
from obshto.modules.courses.models import Group, TeacherNote
from obshto.platform.unit_of_work import UnitOfWork

UNWRITTEN = 0  # what a form saw of a note that was not there


def own_note(uow: UnitOfWork, group: Group) -> TeacherNote | None:
    """That of who asks. One query."""
    mine = TeacherNote.author_id == uow.principal.person_id
    return uow.session.scalar(select(TeacherNote).where(TeacherNote.group_id == group.id, mine))


def write_note(
    uow: UnitOfWork, group: Group, author_id: UUID, words: str, *, expected_version: int
) -> None:
    """Keep it; empty words leave none. The group is locked. Raises StaleGroup."""
    row = own_note(uow, group)
    if (row.words if row else "") == words:
        return
    if (row.version if row else UNWRITTEN) != expected_version:
        raise StaleGroup
    if row and not words:
        uow.session.delete(row)
    elif row:
        row.words, row.changed_at = words, uow.now
    else:
        note = TeacherNote(group_id=group.id, author_id=author_id, words=words, changed_at=uow.now)
        uow.session.add(note)
