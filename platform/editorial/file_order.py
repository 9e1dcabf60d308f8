"""The order of a text's files: the first picture stands above the news, in lists and in feeds."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select, update

from obshto.platform.editorial.errors import FileChangedMeanwhile
from obshto.platform.editorial.kinds import A, T, TextKind, V
from obshto.platform.editorial.models import Attached
from obshto.platform.unit_of_work import UnitOfWork


def in_order(model: type[Attached]) -> tuple[ColumnElement[object], ...]:
    """As an editor put them; else as they came."""
    return (model.position, model.added_at, model.id)  # type: ignore[return-value]  # columns


def move_file(
    uow: UnitOfWork, kind: TextKind[T, V, A], file: A, text: T, *, to: int, expected_version: int
) -> None:
    """Let it stand at `to`, counted from 0, and the others make room; where it stands there
    nothing changes. Raises FileChangedMeanwhile.
    """
    model = kind.attachment
    rows = select(model).where(model.text_id == text.id).order_by(*in_order(model))
    every = list(uow.session.scalars(rows))
    if every.index(file) == to:
        return
    if file.version != expected_version or to not in range(len(every)):
        raise FileChangedMeanwhile
    every.remove(file)
    every.insert(to, file)
    for position, one in enumerate(every):
        if one is file:
            one.position = position
        elif one.position != position:  # whoever describes that one meanwhile is not refused
            moved = update(model).where(model.id == one.id).values(position=position)
            uow.session.execute(moved)
    uow.emit(kind.file_moved(subject_id=text.id, title=file.title))
