"""The HTML of a page, with the pictures that were attached to it."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import or_, select

from obshto.modules.pages.errors import TextTooLong
from obshto.modules.pages.models import Attachment, Page
from obshto.platform.content.markdown import LONGEST, Picture, TooLong, to_html
from obshto.platform.storage.services import copies_of, files_of
from obshto.platform.work import Work


def render(work: Work, page: Page) -> None:
    """Make `html` anew from `markdown`. Raises TextTooLong."""
    pictures = pictures_of(work, page.translation_of or page.id) if "![" in page.markdown else {}
    try:
        page.html = to_html(page.markdown, language=page.language, find_picture=pictures.get)
    except TooLong:
        raise TextTooLong(limit=LONGEST) from None


def render_in_all_languages(work: Work, page_id: UUID) -> None:
    """After a picture of the page came, went or got other words."""
    rows = select(Page).where(or_(Page.id == page_id, Page.translation_of == page_id))
    for page in work.session.scalars(rows).all():
        render(work, page)


def pictures_of(work: Work, page_id: UUID) -> dict[str, Picture]:
    """The pictures of an original by the address that stands in its text. Three queries."""
    attached = select(Attachment).where(
        Attachment.page_id == page_id, Attachment.is_picture.is_(True)
    )
    rows = work.session.scalars(attached).all()
    ids = [row.file_id for row in rows]
    files, copies = files_of(work, ids), copies_of(work, ids)
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
