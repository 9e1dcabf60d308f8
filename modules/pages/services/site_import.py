"""Pages of an old site become pages here, on the shelf that was chosen for them."""

from __future__ import annotations

from obshto.modules.pages.models import SECTIONS, Kind, Section
from obshto.modules.pages.services.edits import Text, write_page
from obshto.modules.pages.services.publication import publish_page
from obshto.platform.modularity.old_site import OldSite, OldText
from obshto.platform.unit_of_work import UnitOfWork


def take_page(uow: UnitOfWork, text: OldText, shelf: str) -> str:
    """The path of the page; the same text again finds the first one. Raises TextTooLong."""
    page = write_page(
        uow,
        Text(title=text.title, summary=text.summary, markdown=text.markdown),
        kind=Kind.PLAIN,
        section=SECTIONS.get(shelf, Section.ABOUT),
        request_id=text.request_id,
    )
    is_new = page.version == 1 and not page.deleted_at
    if is_new and text.published_at and not page.is_published:
        publish_page(uow, page, expected_version=page.version, at=text.published_at)
    return page.path


OLD_SITE = OldSite(
    takes="page",
    take=take_page,
    shelves={section.value: section.label for section in Section},
)
