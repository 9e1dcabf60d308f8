"""The HTML of a text, with the pictures that were attached to it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from obshto.platform.content.markdown import LONGEST, Picture, TooLong, to_html
from obshto.platform.editorial.errors import TextTooLong
from obshto.platform.editorial.kinds import TextKind
from obshto.platform.editorial.models import Written
from obshto.platform.storage.services import copies_of, files_of
from obshto.platform.unit_of_work import UnitOfWork

Kind = TextKind[Any, Any, Any]


def render(uow: UnitOfWork, kind: Kind, text: Written, markdown: str | None = None) -> None:
    """Make `html` anew, of other `markdown` where that is given. Raises TextTooLong."""
    original = text.translation_of or text.id
    words = text.markdown if markdown is None else markdown
    pictures = pictures_of(uow, kind, original) if "![" in words else {}
    try:
        html = to_html(words, language=text.language, find_picture=pictures.get)
    except TooLong:
        raise TextTooLong(limit=LONGEST) from None
    text.markdown, text.html = words, html


def render_in_all_languages(uow: UnitOfWork, kind: Kind, text_id: UUID) -> None:
    """After a picture of the text came, went or got other words."""
    model = kind.text
    rows = select(model).where(or_(model.id == text_id, model.translation_of == text_id))
    for text in uow.session.scalars(rows).all():
        render(uow, kind, text)


def pictures_of(uow: UnitOfWork, kind: Kind, text_id: UUID) -> dict[str, Picture]:
    """The pictures of an original by the address that stands in its text. Three queries."""
    attached = select(kind.attachment).where(
        kind.attachment.text_id == text_id, kind.attachment.is_picture.is_(True)
    )
    rows = uow.session.scalars(attached).all()
    ids = [row.file_id for row in rows]
    files, copies = files_of(uow, ids), copies_of(uow, ids)
    return {
        row.path: Picture(
            src=row.path,
            width=files[row.file_id].width or 1,
            height=files[row.file_id].height or 1,
            description=row.title,
            widths=tuple(
                (copy.width or 1, f"{row.path}?width={copy.width}") for copy in copies[row.file_id]
            ),
        )
        for row in rows
    }
