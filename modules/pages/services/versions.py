"""Earlier texts of a page: what was changed, and back to one of them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, select

from obshto.modules.pages.errors import ChangedMeanwhile, NoSuchPage
from obshto.modules.pages.events import PageReverted
from obshto.modules.pages.models import Page, Version
from obshto.modules.pages.services.reading import page_of
from obshto.modules.pages.services.writing import keep_version, put, reads, text_of
from obshto.platform.content.changes import Change, changes
from obshto.platform.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """An earlier text beside the one of today, word by word."""

    version: Version
    page: Page
    title: list[Change]
    summary: list[Change]
    text: list[Change]


def versions_of(page: Page) -> Select[Version]:
    """How the page stood before, last first."""
    of_page = select(Version).where(Version.page_id == page.id)
    return of_page.order_by(Version.replaced_at.desc(), Version.id.desc())


def version_of(work: Work, version_id: UUID, *, to_change: bool = False) -> tuple[Version, Page]:
    """A version of an original that is there, with the page. Raises NoSuchPage."""
    version = work.session.get(Version, version_id)
    if version is None:
        raise NoSuchPage
    return version, page_of(work, version.page_id, to_change=to_change)


def compared(work: Work, version_id: UUID) -> Compared:
    """Raises NoSuchPage."""
    version, page = version_of(work, version_id)
    return Compared(
        version=version,
        page=page,
        title=changes(version.title, page.title),
        summary=changes(version.summary, page.summary),
        text=changes(version.markdown, page.markdown),
    )


def revert_page(work: Work, page: Page, version: Version, *, seen: int) -> None:
    """The earlier text stands again; what stood there is kept as a version in its turn.

    Raises ChangedMeanwhile.
    """
    text = text_of(version)
    if reads(page, text) and page.section == version.section:
        return
    if page.version != seen:
        raise ChangedMeanwhile(who=page.changed_by)
    keep_version(work, page)
    page.section = version.section
    put(work, page, text)
    work.record(PageReverted(subject_id=page.id, title=page.title))
