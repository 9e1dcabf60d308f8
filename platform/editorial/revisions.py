"""Earlier texts: what was changed, and back to one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from obshto.platform.content.changes import Change, changes
from obshto.platform.editorial.html import render
from obshto.platform.editorial.kinds import A, T, TextKind, V
from obshto.platform.editorial.models import Earlier, Written
from obshto.platform.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """An earlier text beside the one of today, word by word."""

    version: Earlier
    now: Written
    title: list[Change]
    summary: list[Change]
    text: list[Change]


def sign(uow: UnitOfWork, text: Written) -> None:
    """Whoever acts changed it now."""
    text.changed_at, text.changed_by = uow.now, uow.principal.name
    text.changed_by_id = uow.principal.person_id


def keep_version(uow: UnitOfWork, kind: TextKind[T, V, A], text: T) -> None:
    """Set down how the text stands, before it is changed."""
    stood = {
        "text_id": text.id,
        "saved_at": text.changed_at,
        "saved_by": text.changed_by,
        "saved_by_id": text.changed_by_id,
        "replaced_at": uow.now,
    }
    words = {word: getattr(text, word) for word in text.words}
    uow.session.add(kind.version(**stood, **words))


def versions_of(kind: TextKind[T, V, A], text: T) -> Select[V]:
    """How the text stood before, last first."""
    of_text = select(kind.version).where(kind.version.text_id == text.id)
    return of_text.order_by(kind.version.replaced_at.desc(), kind.version.id.desc())


def version_of(
    uow: UnitOfWork, kind: TextKind[T, V, A], version_id: UUID, *, to_change: bool = False
) -> tuple[V, T]:
    """A version of a text that is there, with the text. Raises `kind.missing`."""
    version = uow.session.get(kind.version, version_id)
    if version is None:
        raise kind.missing
    return version, kind.written(uow, version.text_id, to_change=to_change)


def compared(uow: UnitOfWork, kind: TextKind[Any, Any, Any], version_id: UUID) -> Compared:
    """Raises `kind.missing`."""
    version, now = version_of(uow, kind, version_id)
    return Compared(
        version=version,
        now=now,
        title=changes(version.title, now.title),
        summary=changes(version.summary, now.summary),
        text=changes(version.markdown, now.markdown),
    )


def revert_text(
    uow: UnitOfWork, kind: TextKind[T, V, A], text: T, version: V, *, expected_version: int
) -> None:
    """The earlier text stands again; what stood there is kept as a version in its turn.

    Raises `kind.changed`.
    """
    if all(getattr(text, word) == getattr(version, word) for word in text.words):
        return
    if text.version != expected_version:
        raise kind.changed(who=text.changed_by)
    keep_version(uow, kind, text)
    for word in text.words:
        setattr(text, word, getattr(version, word))
    sign(uow, text)
    render(uow, kind, text)
    uow.emit(kind.reverted(subject_id=text.translation_of or text.id, title=text.title))
