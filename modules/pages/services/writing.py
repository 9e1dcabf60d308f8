"""Write pages and change them; every text that stood before is kept.

Each act says how the page shall be, and which version its author saw. Where the page is so
already, nothing is done: that was the same form, sent twice. Else it must be as it was seen.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from obshto.modules.pages.errors import ChangedWhileWriting
from obshto.modules.pages.events import PageChanged, PageEdited, PageTranslated, PageWritten
from obshto.modules.pages.models import Kind, Page, Section, Version
from obshto.modules.pages.services.kind import PAGES
from obshto.modules.pages.services.reading import translations
from obshto.platform.db.base import new_id
from obshto.platform.texts.rendering import render
from obshto.platform.texts.versions import keep_version, sign
from obshto.platform.web.language import SOURCE
from obshto.platform.work import Work

UNWRITTEN = 0  # what a form saw of a translation that was not there


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


def write_page(work: Work, text: Text, *, kind: Kind, section: Section, request_id: UUID) -> Page:
    """A new draft. The same `request_id` again answers the first one. Raises TextTooLong."""
    try:
        with work.session.begin_nested():
            page = _new(work, text, kind=kind, section=section, request_id=request_id)
    except IntegrityError:  # a second click, perhaps in the same instant
        return work.session.scalars(select(Page).where(Page.request_id == request_id)).one()
    work.record(PageWritten(subject_id=page.id, title=page.title))
    return page


def edit_page(work: Work, page: Page, text: Text, *, section: Section, seen: int) -> None:
    """Save the text; the old one becomes a version. Raises ChangedWhileWriting, TextTooLong."""
    if reads(page, text) and page.section == section:
        return
    if page.version != seen:
        raise ChangedWhileWriting(who=page.changed_by)
    keep_version(work, PAGES, page)
    page.section = section.value
    put(work, page, text)
    fact = PageChanged if page.is_published else PageEdited
    work.record(fact(subject_id=page.id, title=page.title))


def translate_page(work: Work, page: Page, text: Text, *, language: str, seen: int) -> Page:
    """The page in another language; `seen` is the version of the translation, else UNWRITTEN.

    Raises ChangedWhileWriting, TextTooLong.
    """
    translated = translations(work, [page], language).get(page.id)
    if translated and reads(translated, text):
        return translated
    if (translated.version if translated else UNWRITTEN) != seen:
        raise ChangedWhileWriting(who=(translated or page).changed_by)
    if translated:
        keep_version(work, PAGES, translated)
        put(work, translated, text)
    else:
        translated = _new(
            work,
            text,
            kind=page.kind,
            section=page.shelf,
            request_id=new_id(),
            language=language,
            translation_of=page.id,
        )
    work.record(PageTranslated(subject_id=page.id, title=page.title))
    return translated


def put(work: Work, page: Page, text: Text) -> None:
    """The page reads so from now on. Raises TextTooLong."""
    render(work, PAGES, page, text.markdown)
    page.title, page.summary, page.details = text.title, text.summary, dict(text.details)
    sign(work, page)


def _new(
    work: Work,
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
        written_at=work.now,
        author_id=work.principal.person_id,
    )
    put(work, page, text)
    work.session.add(page)
    work.session.flush()
    return page
