"""Write pages and change them; every text that stood before is kept.

Each act says how the page shall be, and which version its author saw. Where the page is so
already, nothing is done: that was the same form, sent twice. Else it must be as it was seen.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from obshto.modules.pages.errors import ChangedWhileWriting
from obshto.modules.pages.events import PageChanged, PageEdited, PageTranslated, PageWritten
from obshto.modules.pages.models import Kind, Page, Section, Version
from obshto.modules.pages.services.kind import PAGES
from obshto.platform.db.base import new_id
from obshto.platform.editorial.revisions import keep_version
from obshto.platform.editorial.translation import put_words, translate_text
from obshto.platform.entity import expect_version
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """What an editor writes. `details` are by the names of the page's kind, empty ones left out."""

    title: str
    summary: str
    markdown: str
    details: dict[str, str] = field(default_factory=dict)


def reads(page: Page, text: Text) -> bool:
    """Whether the page stands so already, word for word."""
    return text_of(page) == text


def text_of(page: Page | Version) -> Text:
    """The words of a page, or of how it stood before."""
    return Text(
        title=page.title, summary=page.summary, markdown=page.markdown, details=page.details
    )


def write_page(
    uow: UnitOfWork, text: Text, *, kind: Kind, section: Section, request_id: UUID
) -> Page:
    """A new draft. The same `request_id` again answers the first one. Raises TextTooLong."""
    try:
        with uow.session.begin_nested():
            page = _new(uow, text, kind=kind, section=section, request_id=request_id)
    except IntegrityError:  # a second click, perhaps in the same instant
        return uow.session.scalars(select(Page).where(Page.request_id == request_id)).one()
    uow.emit(PageWritten(subject_id=page.id, title=page.title))
    return page


def edit_page(
    uow: UnitOfWork, page: Page, text: Text, *, section: Section, expected_version: int
) -> None:
    """Save the text; the old one becomes a version. Raises ChangedWhileWriting, TextTooLong."""
    if reads(page, text) and page.section == section:
        return
    expect_version(page, expected_version, ChangedWhileWriting, who=page.changed_by)
    keep_version(uow, PAGES, page)
    page.section = section.value
    put(uow, page, text)
    fact = PageChanged if page.is_published else PageEdited
    uow.emit(fact(subject_id=page.id, title=page.title))


def translate_page(
    uow: UnitOfWork, page: Page, text: Text, *, language: str, expected_version: int
) -> Page:
    """The page in another language; `expected_version` is the translation's, else UNWRITTEN.

    Raises ChangedWhileWriting, TextTooLong.
    """

    def new() -> Page:
        return _new(
            uow,
            text,
            kind=page.kind,
            section=page.shelf,
            request_id=new_id(),
            language=language,
            translation_of=page.id,
        )

    translated, is_changed = translate_text(
        uow,
        PAGES,
        page,
        asdict(text),
        language=language,
        expected_version=expected_version,
        new=new,
        late=ChangedWhileWriting,
    )
    if is_changed:
        uow.emit(PageTranslated(subject_id=page.id, title=page.title))
    return translated


def put(uow: UnitOfWork, page: Page, text: Text) -> None:
    """The page reads so from now on. Raises TextTooLong."""
    put_words(uow, PAGES, page, asdict(text))


def _new(
    uow: UnitOfWork,
    text: Text,
    *,
    kind: Kind,
    section: Section,
    request_id: UUID,
    language: str = SOURCE,
    translation_of: UUID | None = None,
) -> Page:
    page = Page(
        id=new_id(),
        request_id=request_id,
        language=language,
        translation_of=translation_of,
        kind_name=kind.value,
        section=section.value,
        written_at=uow.now,
        author_id=uow.principal.person_id,
    )
    put(uow, page, text)
    uow.session.add(page)
    uow.session.flush()
    return page
