"""Earlier texts: what was changed, and back to one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from obshto.platform.content.changes import Change, changes
from obshto.platform.texts.kinds import A, T, TextKind, V
from obshto.platform.texts.models import Earlier, Written
from obshto.platform.texts.rendering import render
from obshto.platform.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """An earlier text beside the one of today, word by word."""

    version: Earlier
    now: Written
    title: list[Change]
    summary: list[Change]
    text: list[Change]


def sign(work: Work, text: Written) -> None:
    """Whoever acts changed it now."""
    text.changed_at, text.changed_by = work.now, work.principal.name
    text.changed_by_id = work.principal.person_id


def keep_version(work: Work, kind: TextKind[T, V, A], text: T) -> None:
    """Set down how the text stands, before it is changed."""
    stood = {
        "text_id": text.id,
        "saved_at": text.changed_at,
        "saved_by": text.changed_by,
        "saved_by_id": text.changed_by_id,
        "replaced_at": work.now,
    }
    words = {word: getattr(text, word) for word in text.words}
    work.session.add(kind.version(**stood, **words))


def versions_of(kind: TextKind[T, V, A], text: T) -> Select[V]:
    """How the text stood before, last first."""
    of_text = select(kind.version).where(kind.version.text_id == text.id)
    return of_text.order_by(kind.version.replaced_at.desc(), kind.version.id.desc())


def version_of(
    work: Work, kind: TextKind[T, V, A], version_id: UUID, *, to_change: bool = False
) -> tuple[V, T]:
    """A version of a text that is there, with the text. Raises `kind.missing`."""
    version = work.session.get(kind.version, version_id)
    if version is None:
        raise kind.missing
    return version, kind.written(work, version.text_id, to_change=to_change)


def compared(work: Work, kind: TextKind[Any, Any, Any], version_id: UUID) -> Compared:
    """Raises `kind.missing`."""
    version, now = version_of(work, kind, version_id)
    return Compared(
        version=version,
        now=now,
        title=changes(version.title, now.title),
        summary=changes(version.summary, now.summary),
        text=changes(version.markdown, now.markdown),
    )


def revert_text(work: Work, kind: TextKind[T, V, A], text: T, version: V, *, seen: int) -> None:
    """The earlier text stands again; what stood there is kept as a version in its turn.

    Raises `kind.changed`.
    """
    if all(getattr(text, word) == getattr(version, word) for word in text.words):
        return
    if text.version != seen:
        raise kind.changed(who=text.changed_by)
    keep_version(work, kind, text)
    for word in text.words:
        setattr(text, word, getattr(version, word))
    sign(work, text)
    render(work, kind, text)
    work.record(kind.reverted(subject_id=text.translation_of or text.id, title=text.title))
