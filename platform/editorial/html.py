"""The HTML of a text, with the pictures that were attached to it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from obshto.platform.content.markdown import LONGEST, Picture, TooLong, to_html
from obshto.platform.editorial.errors import TextTooLong
from obshto.platform.editorial.kinds import TextKind
from obshto.platform.editorial.models import Attached, Written
from obshto.platform.storage.models import StoredFile
from obshto.platform.storage.pictures import widths_below
from obshto.platform.storage.services import files_of
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
    """The pictures of an original by the address that stands in its text. Two queries."""
    attached = select(kind.attachment).where(
        kind.attachment.text_id == text_id, kind.attachment.is_picture.is_(True)
    )
    rows = uow.session.scalars(attached).all()
    files = files_of(uow, [row.file_id for row in rows])
    return {
        row.path: Picture(
            src=row.path,
            width=files[row.file_id].width or 1,
            height=files[row.file_id].height or 1,
            description=row.title,
            widths=widths_of(row, files[row.file_id]),
        )
        for row in rows
    }


def widths_of(attachment: Attached, whole: StoredFile) -> tuple[tuple[int, str], ...]:
    """The widths of a picture with their addresses, also before a job has drawn them."""
    return tuple((width, f"{attachment.path}?width={width}") for width in widths_below(whole.width))
